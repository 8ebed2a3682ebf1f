/** Words of risk incidents, security events, violations, rectification and training. */
export const risks = [
  { title: '{site}[核心系统中断|柜面系统无法登录|自助设备集中离线]', type: 'operational', source: 'system_failure', scope: 'branch', stage: 'tech', dept: 'it', text: '{time}起{site}[柜面与自助设备均不能办理业务|业务系统登录超时，约{minutes}分钟无法办理]，[客户排队等候|现场已启用手工登记]，[技术支持组正在排查|网点已张贴告示]。', cause: '[主机磁盘故障，备机未按预期接管，切换脚本失效|网络设备固件缺陷导致链路反复中断]，日常演练没有覆盖该场景。', items: ['双机切换演练', '补充柜面应急手册'], customers: [40, 600] },
  { title: '[手机银行登录缓慢|转账交易批量超时|短信验证码延迟送达]', type: 'operational', source: 'interruption', scope: 'region', stage: 'tech', dept: 'it', text: '{time}监测到[登录成功率下降到百分之八十以下|转账超时率达到百分之十二|验证码平均延迟超过三分钟]，[客服热线来电量上升|社交平台已有客户反映]，[疑为通道容量不足|正在与服务商核实]。', cause: '[促销活动流量超出容量评估，限流策略未启用|服务商线路割接未提前通知]，容量预警阈值设置过高。', items: ['调整容量预警阈值', '与服务商约定割接通知'], customers: [200, 6000] },
  { title: '[柜面长短款|凭证漏签|重要单证登记差错]', type: 'operational', source: 'misoperation', scope: 'single', stage: 'interaction', dept: 'business', text: '{site}日终核对发现[长款{amount}元|一份开户协议缺少客户签字|两张重要单证登记号码颠倒]，[初步判断为操作失误|当班人员已接受询问]，[未发现客户资金损失|已封存相关凭证]。', cause: '[当班柜员未执行双人复核，授权人员代为点击确认|交接班时凭证未逐份清点]，现场监督流于形式。', items: ['落实双人复核', '交接班凭证逐份清点'], customers: [1, 5] },
  { title: '[大额理财集中赎回|重点客户存款持续流出|某产品净值大幅回撤]', type: 'market', source: 'churn', scope: 'region', stage: 'product', dept: 'business', text: '本周[某净值型产品回撤百分之三，赎回申请较上周增加两倍|十余户重点客户陆续转出存款]，[客户咨询量明显上升|部分客户情绪激动]，[需关注流动性与声誉影响|建议统一对外口径]。', cause: '[底层债券集中调整，持有人结构单一|竞争机构推出高息产品，客户维护不足]，预警与沟通预案启动偏晚。', items: ['完善赎回压力监测', '重点客户分层维护方案'], customers: [20, 400] },
  { title: '[宣传材料用语不当|代销产品销售适当性存疑|收费公示与系统不一致]', type: 'compliance', source: 'policy_change', scope: 'branch', stage: 'product', dept: 'compliance', text: '检查发现{site}[宣传折页使用“零风险”字样|三笔代销业务风险等级与客户测评不匹配|一项服务收费标准未按新规调整]，[已要求下架相关材料|正在逐户核实]，[可能引发客户投诉|涉及信息披露]。', cause: '[新规落地未同步更新模板，材料未经合规审查即投放|系统参数维护与制度发布脱节]，责任分工不清。', items: ['宣传材料先审后用', '制度与系统参数同步机制'], customers: [3, 120] },
  { title: '[同一事项投诉集中出现|客户聚集反映诉求|网络负面信息扩散]', type: 'operational', source: 'complaint', scope: 'branch', stage: 'aftersale', dept: 'service', text: '近三日[{site}收到同一理财产品投诉{few}件|十余名客户到{site}反映到期兑付问题|短视频平台出现涉及我行的负面内容]，[情绪较为激动|转发量持续上升]，[已安排专人接待|拟统一回应口径]。', cause: '[产品到期安排告知不充分，客户信息获取不对称|首个投诉未及时升级，错过最佳沟通窗口]，网点缺少群体性事项处置经验。', items: ['到期产品提前告知', '群体性诉求升级规则'], customers: [8, 90] },
  { title: '[授信客户经营异常|担保物被查封|批量逾期上升]', type: 'credit', source: 'interruption', scope: 'single', stage: 'aftersale', dept: 'risk', text: '贷后检查发现[某企业客户停产，关联方涉诉|一笔贷款抵押物被法院查封|消费贷逾期户较上月增加{few}户]，[存量余额{amount}元|已暂停新增用款]，[需评估偿付能力|拟约谈借款人]。', cause: '[贷后走访流于形式，未掌握关联担保情况|客群准入政策放宽后未同步加强监测]，预警信号没有及时上报。', items: ['贷后走访质量抽查', '关联担保穿透核查'], customers: [1, 30] },
] as const;

/** What departments see at themselves when they assess their risks. */
export const departmentRisks = [
  { text: '高峰时段柜面等候时间过长', riskType: 'operational', source: 'complaint', control: '错峰预约，高峰增开弹性窗口' },
  { text: '客户信息录入差错', riskType: 'operational', source: 'misoperation', control: '关键字段双人复核，按月抽查' },
  { text: '月末批处理期间系统响应缓慢', riskType: 'operational', source: 'system_failure', control: '调整批处理时间，扩充资源' },
  { text: '外包坐席流动较大，业务不熟练', riskType: 'operational', source: 'misoperation', control: '上岗前培训考核，设置带教期' },
  { text: '代销产品要素说明不够清楚', riskType: 'compliance', source: 'complaint', control: '统一话术，双录逐笔质检' },
  { text: '监管新规与现行操作手册衔接不及时', riskType: 'compliance', source: 'policy_change', control: '新规解读后十个工作日内修订手册' },
  { text: '理财净值波动引发集中赎回', riskType: 'market', source: 'churn', control: '每日监测赎回量，提前备付' },
  { text: '重点客户流向同业高息产品', riskType: 'market', source: 'churn', control: '分层走访，按月跟踪流失' },
  { text: '消费贷款早期逾期上升', riskType: 'credit', source: 'interruption', control: '收紧准入评分，提前催收提醒' },
  { text: '短信通道延迟影响验证码送达', riskType: 'operational', source: 'interruption', control: '双通道互备，延迟自动切换' },
  { text: '离职人员权限回收不及时', riskType: 'compliance', source: 'misoperation', control: '人事与权限系统联动，当日停用' },
] as const;

export const contained = '[切换到备用系统|关闭故障节点并限流|现场增派人员疏导客户|启用手工登记应急单|暂停相关产品销售]';
export const notices = '尊敬的客户，[因系统故障，部分业务暂时不能办理|您所在网点的服务临时调整]，我们正在抓紧处理，[您可先到就近网点或使用手机银行办理|给您带来不便，敬请谅解]，恢复后将第一时间告知。';
export const regulatorReport = '现将{title}有关情况报告如下：事件发生后我行立即启动应急预案，[相关业务已恢复|正在逐项恢复]，[未造成客户资金损失|影响客户已逐户沟通]，后续处置情况续报。';
export const recoverNotes = '[业务功能逐项验证正常|数据核对一致，无差错|恢复后观察一小时运行平稳]。';
export const commands = '[继续按预案处置，每小时报告一次|协调服务商到场，同步准备对外口径]。';
export const closures = '[已逐户致电说明|受影响客户均已安抚|公告恢复时间并致歉]，[未收到新增投诉|后续由网点回访]。';
export const evaluations = '[切换用时明显缩短，指标回落到正常水平|抽查未再发现同类问题|客户咨询量恢复正常]。';
export const reviewFindings = '[备机切换缺少定期演练|信息上报比要求晚了二十分钟|一线人员对预案不熟悉]，[职责分工需进一步明确|对外口径应提前备好]。';
export const securityEvents = [
  { type: 'abnormal', system: 'crm', text: '监测到[某账号非工作时间批量查询客户信息|同一账号在两地短时间内登录|异常导出报表行为]，[已冻结账号核实|正在联系本人]。', classes: ['customer_info', 'op_record'] },
  { type: 'network_attack', system: 'web', text: '[发现针对登录接口的撞库尝试|收到大量钓鱼邮件|外部扫描流量激增]，[已封禁来源地址|防护策略已升级]。', classes: ['op_record'] },
  { type: 'vulnerability', system: 'mobile', text: '[第三方组件披露高危漏洞|渗透测试发现越权访问风险|旧版接口未校验会话]，[暂未发现被利用的迹象|已下线受影响接口]。', classes: ['internal'] },
  { type: 'data_leak', system: 'callcenter', text: '[外包人员将含客户电话的表格发到个人邮箱|共享目录权限设置过宽|录音文件被误发至外部]，[已要求删除并取证|涉及客户逐户评估]。', classes: ['customer_info'] },
  { type: 'fraud', system: 'core', text: '[发现一批身份信息疑似冒用的开户申请|快捷支付出现小额试探交易|进件材料存在批量伪造特征]，[已拦截并上报|相关账户已管控]。', classes: ['txn_data', 'customer_info'] },
] as const;
export const securityActions = '[停用涉事账号|封禁来源地址并加固策略|下线接口并修复后复测|通知外包公司删除并出具证明|对可疑账户止付]';

export const violations = [
  { type: 'attitude', text: '[客户多次反映|神秘人检查发现]当事人{day}在{site}接待客户时[使用不当言语|推诿拒办]，[经提醒仍未改正|现场引起其他客户围观]，影响较差。', clause: '《服务规范》第三条' },
  { type: 'wrong_info', text: '当事人向客户[错误告知贷款利率|承诺不存在的减免政策|误导产品到期日]，[造成客户误解并投诉|客户据此作出决定后产生损失]，经初步核对情况属实。', clause: '《信息告知管理办法》第八条' },
  { type: 'no_disclosure', text: '回查双录发现，当事人销售[保险|基金|净值型理财]时[未逐项提示风险|未说明费用与犹豫期]，[共涉及{few}笔|录音时长明显不足]。', clause: '《产品销售管理办法》第十二条' },
  { type: 'no_kyc', text: '抽查开户资料发现，当事人[未核实受益所有人|未留存证件影像|未联系法人本人]，[{few}户资料不完整|存在代办未授权的情况]。', clause: '《客户身份识别操作规程》第五条' },
  { type: 'no_response', text: '当事人承办的[客户投诉|服务工单]超过时限{few}天未联系客户，[也未登记原因|系统显示已办结但客户未收到答复]，客户再次来电投诉。', clause: '《投诉处理办法》第九条' },
  { type: 'process', text: '检查发现当事人[未执行双人复核|越级授权|先办理后补签]，[涉及业务{few}笔|虽未造成损失但存在隐患]，违反操作流程。', clause: '《柜面操作规程》第二十条' },
  { type: 'misleading', text: '当事人在微信朋友圈[自行编发产品宣传|转发“稳赚不赔”等内容]，[未经审批|被客户截图举报]，存在误导宣传。', clause: '《营销宣传管理办法》第六条' },
  { type: 'privacy', text: '当事人[将客户资料拍照发至工作群|在公共场所谈论客户账户情况|未锁屏离开工位]，[涉及客户{few}户|被检查人员当场发现]，存在泄露客户信息的风险。', clause: '《客户信息保护办法》第四条' },
] as const;
export const violationFacts = '[录音录像显示当事人言行与线索一致|调阅系统日志与纸质资料相互印证|与当事人及两名在场人员谈话，说法一致]，[情况属实|主要事实清楚]，[客户已得到安抚|未造成资金损失]。';
export const notProven = '[录像显示当事人按规程办理，线索所述时段不在岗|核对资料完整，未发现违规]，举报内容[缺乏证据支持|与事实不符]。';
export const statements = '[当日客流过大，情绪没有控制好，愿意向客户道歉|对流程理解有偏差，今后严格执行|认可调查结果，已主动整改|主要是系统提示不清，希望酌情考虑]。';
export const determinations = '[事实清楚，依据充分|违规事实成立，当事人负直接责任|情节轻微，已主动弥补]。';
export const appealGrounds = '[当日因系统故障操作受限，处理决定没有考虑这一情况|认定的次数与事实不符，请重新核对记录|本人已主动道歉并取得客户谅解，请求从轻处理]。';
export const retention = '[已通知本人并归档|与绩效系统核对一致，文书入档]。';

export const rectPlans = '[组织专题学习，修订操作细则并逐人签收|先梳理流程断点，再上线系统控制|安排专人跟踪，每周通报进度]，[完成后自查一遍|由监督部门抽查]。';
export const rectDone = '[制度已修订发布，全员签收|系统控制已上线并试运行一周|完成培训与考核，通过率百分之百|抽查三十笔未再发现同类问题]。';
export const rectVerified = '[资料齐全，现场抽查与报告一致|指标改善明显，验证通过|措施已落实，建议持续观察]。';
export const rectFailed = '[抽查仍有两笔未按新规执行|佐证材料不足，请补充|效果不明显，需继续整改]。';
export const trainingTopics = { product: '理财产品风险揭示', service: '服务礼仪与沟通', law: '消费者权益保护', operation: '柜面操作规程', complaint: '投诉处理实务', security: '客户信息保护', ethics: '职业操守', emergency: '应急处置' } as const;
export const trainingReasons: Readonly<Record<keyof typeof trainingTopics, string>> = {
  product: '[新产品上线，一线尚不熟悉要素与风险等级|双录抽检发现风险揭示用语不规范]，需集中培训。',
  service: '[近月服务态度类投诉增多|满意度调查“态度”一项得分偏低]，需加强沟通技巧。',
  law: '[消费者权益保护新规施行|监管检查提出改进意见]，需组织学习。',
  operation: '[柜面差错较上月增加|新系统上线，操作步骤有变化]，需组织实操培训。',
  complaint: '[首次响应超时较多|投诉登记要素填写不全]，需统一处理标准。',
  security: '[检查发现工位资料未锁存|出现客户信息误发事件]，需开展保密教育。',
  ethics: '[新员工入职|年度职业操守教育计划]，需完成学习并考核。',
  emergency: '[演练中一线对预案不熟悉|应急预案修订后尚未宣讲]，需组织培训。',
};
export const improvementCauses = '[流程断点缺少系统控制|客户告知环节没有统一模板|跨部门交接责任不清|历史遗留规则未及时清理]，[需从制度和系统两方面改进|建议先试点后推广]。';
export const drillGoals = '[检验应急预案的可操作性|缩短信息上报时间|检验备机切换能力]，[明确各岗位职责|形成改进清单]。';
export const urges = '[请立即办理，当日反馈进展|已超时，请优先处理|请说明原因并给出完成时间]。';
