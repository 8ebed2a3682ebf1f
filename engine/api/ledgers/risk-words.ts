import { words } from './word-list.ts';

export const departments = words(`
  service=客户服务部=Customer service
  business=业务部=Business
  it=信息科技部=Information technology
  risk=风险管理部=Risk management
  compliance=合规部=Compliance
  security=服务安全管理部=Service security
  rights=客户权益保护部=Customer rights protection
  supervision=服务监督部=Service supervision
  hr=人力资源部=Human resources
  process=流程管理部=Process management
  management=高级管理层=Senior management`);

export const riskLevels = words(`
  major=重大=Major
  significant=较大=Significant
  general=一般=General
  minor=轻微=Minor`);

export const riskTypes = words(`
  operational=操作风险=Operational
  market=市场风险=Market
  compliance=合规风险=Compliance
  credit=信用风险=Credit`);

export const riskSources = words(`
  complaint=客户投诉=Complaint
  misoperation=操作失误=Operating error
  system_failure=系统故障=System failure
  policy_change=政策变化=Policy change
  churn=客户流失=Customer loss
  interruption=业务中断=Interruption`);

export const riskStages = words(`
  interaction=客户交互=Customer interaction
  product=产品提供=Product
  tech=技术支持=Technical support
  aftersale=售后服务=After-sales`);

export const impactScopes = words(`
  single=单客户=One customer
  branch=网点=Branch
  region=区域=Region
  all=全机构=Whole institution`);

export const causeKinds = words(`
  staff=员工=Staff
  process=流程=Process
  system=系统=System
  partner=第三方=Third party
  policy=政策=Policy`);

export const caseStates = words(`
  open=在办=Open
  closed=已办结=Closed`);

export const violationSources = words(`
  complaint=投诉=Complaint
  supervision=监督检查=Inspection
  assessment=质量考核=Assessment
  risk=风险事件=Risk incident
  security=安全事件=Security event
  hotline=举报热线=Hotline
  media=媒体=Media
  survey=满意度调查=Survey
  audit=审计=Audit
  drill=应急演练=Drill
  risk_assessment=风险评估=Risk assessment
  violation=违规案件=Violation`);

export const violationTypes = words(`
  attitude=服务态度问题=Attitude
  process=服务流程问题=Process
  wrong_info=信息提供错误=Wrong information
  no_disclosure=未履行告知义务=Failure to disclose
  no_kyc=未按规定客户身份识别=Identity not checked
  no_response=未按规定客户服务与投诉处理=Service or complaint not handled
  gift=收受礼品=Gifts taken
  privacy=泄露隐私=Privacy breach
  improper_trade=不当交易/利益输送=Improper trading
  misleading=误导宣传=Misleading promotion
  unauthorised=擅自操作客户账户=Unauthorized account operation
  record_tamper=篡改/擅自复制信息=Records tampered or copied`);

export const severities = words(`
  general=一般=General
  severe=较重=Severe
  serious=严重=Serious`);

export const conclusions = words(`
  substantiated=属实=Substantiated
  partly=部分属实=Partly substantiated
  unsubstantiated=不属实=Not substantiated
  judicial=涉嫌犯罪=Suspected crime`);

export const harms = words(`
  none=无=None
  mild=轻微=Mild
  severe=严重=Severe`);

export const appealResults = words(`
  uphold=维持=Upheld
  revise=变更=Revised
  revoke=撤销=Revoked`);

export const sanctionTypes = words(`
  talk=提醒谈话=Reminder talk
  criticism=通报批评=Public criticism
  perf_deduct=扣减绩效=Performance deduction
  no_award=限制评优=No awards
  fine=经济处罚=Fine
  post_adjust=岗位调整=Post adjustment
  demote=降职=Demotion
  dismiss=辞退=Dismissal
  retrain=离岗再培训=Retraining
  suspend=停岗=Suspension
  restrict=限制权限=Restricted rights
  monitor=录音监督=Monitoring`);

export const sanctionStates = words(`
  in_force=生效中=In force
  ended=已到期=Ended
  lifted=已解除=Lifted`);

export const securityTypes = words(`
  vulnerability=系统漏洞=Vulnerability
  data_leak=数据泄露=Data leak
  network_attack=网络攻击=Network attack
  fraud=金融欺诈=Fraud
  abnormal=异常行为=Abnormal behavior`);

export const dataClasses = words(`
  customer_info=客户信息=Customer information
  txn_data=交易数据=Transactions
  op_record=业务操作记录=Operation records
  internal=内部资料=Internal material`);

export const securityCauses = words(`
  vuln=漏洞=Vulnerability
  misuse=滥用=Misuse
  attack=攻击=Attack
  config=配置=Configuration
  third_party=第三方=Third party
  staff=员工=Staff
  process=流程=Process
  system=系统=System
  partner=第三方=Third party`);
