import type { Database } from '../../database/connect.ts';
import { vectorOf } from './search-words.ts';

interface SampleArticle {
  no: string;
  category: string;
  title: string;
  summary: string;
  body: string;
  keywords: string[];
}

const article = (no: string, category: string, title: string, summary: string, body: string, keywords: string[]): SampleArticle => ({ no: `ZS-${no}`, category, title: `示例 · ${title}`, summary, body, keywords });

/** Invented articles, so that a first search finds something; an institution writes its own. */
export const sampleArticles: readonly SampleArticle[] = [
  article('0001', 'account', '个人账户开立需要哪些材料', '本人携带有效身份证件到网点办理，代办须出示双方证件和授权。', '个人开立账户应由本人持有效身份证件到网点办理，柜面核对人证一致并完成身份识别。未满十六周岁的由监护人代办，须出示监护关系证明。外籍客户持护照办理。', ['开户', '身份证', '代办', '账户']),
  article('0002', 'account', '账户被冻结怎么办', '先确认冻结原因；密码输错次数过多的，本人持证件到网点重置即可解除。', '账户因密码多次输错而锁定的，本人持有效证件到任一网点重置密码后解除。因有权机关要求冻结的，本机构不能解除，请联系该机关。因证件过期限制使用的，更新证件信息后恢复。', ['冻结', '锁定', '解冻', '密码', '解除']),
  article('0003', 'account', '证件过期对账户的影响', '证件过期满一定期限后，部分业务将受限；更新证件信息后恢复。', '客户身份证件过期且未在合理期限内更新的，本机构会先通知客户，之后限制非柜面业务。客户可到网点或在手机银行上传新证件更新。', ['证件', '过期', '身份证', '更新', '限制']),
  article('0004', 'product', '理财产品的风险等级如何划分', '分为 R1 至 R5 五级，应与客户风险承受能力相匹配。', '理财产品按风险由低到高分为 R1 保守、R2 稳健、R3 平衡、R4 成长、R5 进取五级。客户购买前须完成风险承受能力测评，产品风险不得高于测评结果。理财非存款，过往业绩不代表未来表现。', ['理财', '风险等级', '测评', '收益', '本金']),
  article('0005', 'product', '理财产品能否提前赎回', '开放式产品在开放期可赎回，封闭式产品到期前不能赎回。', '开放式产品在产品说明书约定的开放期内可申请赎回，资金到账日以说明书为准。封闭式产品在封闭期内不能提前赎回，购买前请确认资金安排。', ['理财', '赎回', '提前', '封闭', '到账']),
  article('0006', 'fee', '跨行转账收费标准', '手机银行与网上银行跨行转账免费，柜面按公示的收费标准收取。', '个人客户通过手机银行、网上银行办理跨行转账不收手续费。柜面办理按网点公示的服务价格收取。费用标准有调整时，本机构会提前公告。', ['跨行', '转账', '手续费', '费用', '收费']),
  article('0007', 'fee', '账户管理费与小额账户费用', '个人账户不收取管理费；对公账户按服务协议收取，可申请减免。', '个人结算账户不收取账户管理费和小额账户管理费。对公账户管理费按服务协议约定收取，符合条件的小微企业可申请减免。', ['管理费', '年费', '费用', '小额', '减免']),
  article('0008', 'risk', '如何防范电信诈骗', '不向他人透露验证码和密码；工作人员不会索要验证码。', '任何以退款、注销、冻结为由索要验证码、密码或要求转账的均为诈骗。发现异常请立即拨打客服热线挂失账户，并向公安机关报案。', ['诈骗', '验证码', '密码', '挂失', '被盗']),
  article('0009', 'risk', '发现账户异常交易如何处理', '立即挂失并联系客服，本机构核实后协助处置。', '发现非本人交易时，请立即在手机银行或通过客服热线办理挂失，保留交易短信等证据，并在二十四小时内到网点书面确认。本机构核实后按规定处理。', ['异常', '交易', '盗刷', '挂失', '非本人']),
  article('0010', 'process', '贷款申请的办理流程和时限', '提交材料后先受理再审核，每一步都会告知进度。', '贷款申请经受理、初审、复审、终审后签约放款。材料齐全的，本机构在二十四小时内告知是否受理；审核期间每有进展均通过预留方式告知，也可在官网查询进度。', ['贷款', '申请', '流程', '审核', '进度', '时限']),
  article('0011', 'process', '如何预约网点服务', '可通过手机银行、公众号或客服热线预约，二十四小时内确认。', '客户可通过手机银行、公众号、网站或客服热线预约网点服务。本机构在二十四小时内与您确认时间；改期或取消请至少在开始前两小时告知。', ['预约', '网点', '改期', '取消', '排队']),
  article('0012', 'complaint', '如何投诉及处理时限', '可通过任一渠道投诉，二十四小时内受理，一般七个工作日内答复。', '客户可通过客服热线、网点、网站、手机银行等任一渠道投诉。本机构二十四小时内登记受理，一般投诉七个工作日内、复杂投诉十五个工作日内答复，并告知不满意时的其他途径。', ['投诉', '受理', '答复', '时限', '渠道']),
];

/** Puts the sample articles beside the sample people, once; what somebody has changed stays. */
export async function installSampleKnowledge(db: Database, now: number): Promise<void> {
  const samples = await db('app.app_user').where({ sample: true }).first('id');
  if (samples === undefined) return;
  await db('app.knowledge_article')
    .insert(sampleArticles.map(({ no, category, title, summary, body, keywords }) => ({ article_no: no, category, title, summary, body, keywords, sample: true, updated_at: new Date(now), words: vectorOf([[`${title} ${keywords.join(' ')}`, 'A'], [summary, 'B'], [body, 'D']]) })))
    .onConflict('article_no')
    .ignore();
}
