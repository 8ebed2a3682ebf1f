import type { JsonObject } from '../../contract/json.ts';
import { complaintTopics, type ComplaintTopic } from '../phrases/complaints.ts';
import { ago, inDays, members, say, sites, textOf, type Answer, type AnswerContext } from './context.ts';

export function topicOf({ vars, topics, dice }: AnswerContext): ComplaintTopic {
  return topics.get(textOf(vars, 'content') ?? '') ?? dice.pick(complaintTopics);
}

const register: Answer = (c) => {
  const { dice, vars } = c;
  const open = Array.isArray(vars['openComplaints']) ? vars['openComplaints'] : [];
  const decision = open.length > 0 && dice.chance(0.3) ? 'merge' : dice.weighted({ accept: 89, reject: 6, transfer: 5 });
  const registerNote = dice.write('[已致电客户核对情况并告知受理流程与时限|首问人员已记录诉求，告知预计答复时间|已向客户致歉，说明后续由专人跟进]。');
  if (decision === 'merge') return { acceptDecision: decision, mergeInto: String((open[0] as JsonObject)['value'] ?? open[0]), registerNote };
  if (decision === 'reject') return { acceptDecision: decision, rejectReason: dice.write('[所反映事项属于其他机构的产品，已告知受理渠道|该事项已由司法机关立案，建议按法定途径解决|同一事项此前已出具终裁意见，没有新的事实]。'), registerNote };
  if (decision === 'transfer') return { acceptDecision: decision, registerNote };
  const flags = (['fund_safety', 'data_leak', 'media', 'regulator', 'group'] as const).filter((_, index) => dice.chance([0.03, 0.012, 0.015, 0.012, 0.01][index]!));
  return { acceptDecision: decision, category: topicOf(c).category, complexity: dice.chance(0.18) ? 'complex' : 'simple', affectedCustomers: flags.includes('group') ? dice.between(6, 40) : dice.chance(0.06) ? dice.between(2, 4) : 1, needIdentity: dice.chance(0.25), flags: [...flags], registerNote };
};

const investigate: Answer = (c) => {
  const { dice, vars } = c;
  const topic = topicOf(c);
  const asks = vars['extensionUsed'] !== true && dice.chance(0.06);
  const finding = dice.weighted({ true: 52, partly: 29, false: 19 });
  const evidence = dice.some([{ type: 'recording', ref: `L${dice.between(1000, 9999)}`, note: '服务录音录像' }, { type: 'txn', ref: `J${dice.between(10_000, 99_999)}`, note: '交易流水' }, { type: 'log', ref: `R${dice.between(1000, 9999)}`, note: '系统操作日志' }, { type: 'comm', ref: `T${dice.between(1000, 9999)}`, note: '与客户的往来记录' }], dice.between(1, 3));
  return {
    finding,
    facts: finding === 'false' ? dice.write('经核对[交易流水|录音录像|系统日志]，[业务按规定办理，未发现差错|工作人员已按要求说明，客户对规则理解有偏差]，客户反映的主要情况不属实。') : say(c, topic.facts, amountOf(vars)),
    evidence,
    causes: finding === 'false' ? ['customer'] : topic.causes,
    ...(finding === 'false' ? {} : { causeDetail: dice.write(topic.cause) }),
    responsible: finding === 'true' && topic.causes.includes('staff') && dice.chance(0.4) ? [{ staffNo: dice.pick(members(c, 'cs_frontdesk')), role: 'direct' }] : [],
    onsiteNeeded: vars['onsiteDone'] !== true && !asks && dice.chance(0.1),
    dataLeakSuspected: dice.chance(0.01),
    requestExtension: asks,
    ...(asks ? { extensionDays: dice.between(3, 12), extensionReason: dice.write('[涉及合作机构，需等待对方提供材料|需要调阅较早的交易档案|当事员工休假，待返岗核实]，[现有时限内无法完成|申请延长]。') } : {}),
  };
};

const amountOf = (vars: JsonObject): Record<string, number> => (typeof vars['amountInvolved'] === 'number' && vars['amountInvolved'] > 0 ? { amount: vars['amountInvolved'] } : {});

const onsite: Answer = (c) => ({ visitAt: ago(c, c.dice.between(60, 200)), site: `示例 · ${c.dice.pick(sites).name}`, participants: [c.user.id, ...c.dice.some(members(c, 'cs_supervisor'), 1)], observations: c.dice.write('[查看叫号与录像系统，复原当时经过|与在场员工逐一核对，说法一致|复测业务流程，问题可以重现]，[客户陪同查看并签字|已拍照留存]。'), onsiteDone: true });

const extension: Answer = ({ dice, vars }) => {
  const asked = typeof vars['extensionDays'] === 'number' ? vars['extensionDays'] : 5;
  if (dice.chance(0.2)) return { extensionApproved: false, comment: dice.write('[请在原时限内完成，由主管协调资源|理由不充分，不同意延期]。') };
  return { extensionApproved: true, approvedDays: Math.max(1, dice.between(Math.ceil(asked / 2), asked)), comment: dice.write('[同意延期，务必提前告知客户|情况属实，同意，请每周报告进展]。') };
};

const plan: Answer = (c) => {
  const { dice, vars } = c;
  const topic = topicOf(c);
  const done = { completeBy: inDays(c, dice.between(3, 14)) };
  if (vars['finding'] === 'false') return { measures: ['explain'], explanation: dice.write('[经核实，业务办理符合规定，我们已将规则和依据逐项向您说明。|您反映的情况我们已认真核查，未发现办理差错，相关依据随函附上。]如仍有疑问，欢迎随时联系我们。'), expectedEffect: '客户了解规则依据', ...done };
  const measures = [...new Set([...topic.measures, ...(dice.chance(0.15) ? ['compensation'] : []), ...(dice.chance(0.025) ? ['accountability'] : [])])];
  const kind = topic.amount !== undefined && dice.chance(0.5) ? 'cash' : dice.weighted({ fee_waiver: 45, points: 25, apology: 20, discount: 10 });
  const amount = kind === 'cash' ? Math.min(9000, typeof vars['amountInvolved'] === 'number' ? Math.max(20, Math.round(vars['amountInvolved'] * 0.2)) : 200) : dice.between(2, 30) * 10;
  return {
    measures,
    explanation: dice.write(topic.explanation),
    ...(measures.includes('compensation') ? { compensationKind: kind, ...(kind === 'apology' ? {} : { compensationAmount: dice.chance(0.03) ? dice.between(11, 25) * 1000 : amount }) } : {}),
    expectedEffect: dice.write(topic.effect),
    ...done,
  };
};

const review: Answer = ({ dice }) => (dice.chance(0.1) ? { reviewResult: 'return', reviewComment: dice.write('[补偿依据说明不足，请补充后再报|答复函措辞需更平实，请修改|整改措施没有责任人和时限]。') } : { reviewResult: 'approve', reviewComment: dice.write('[方案可行，同意|事实清楚，措施得当，同意执行|同意，注意与客户充分沟通]。') });

/** How satisfied somebody is with how a complaint was handled. */
export function satisfactionWith({ dice, vars }: Pick<AnswerContext, 'dice' | 'vars'>): number {
  const late = typeof vars['reopenCount'] === 'number' && vars['reopenCount'] > 0;
  return Number(vars['finding'] === 'false' ? dice.weighted({ 5: 12, 4: 26, 3: 34, 2: 18, 1: 10 }) : dice.weighted(late ? { 5: 25, 4: 40, 3: 25, 2: 6, 1: 4 } : { 5: 38, 4: 36, 3: 15, 2: 7, 1: 4 }));
}

/** Marks around an overall mark. */
export function aspectsAround({ dice }: Pick<AnswerContext, 'dice'>, overall: number): Record<'attitude' | 'expertise' | 'speed' | 'result', number> {
  const near = (): number => Math.min(5, Math.max(1, overall + dice.pick([-1, 0, 0, 0, 1])));
  return { attitude: near(), expertise: near(), speed: near(), result: overall };
}

const returnVisit: Answer = (c) => {
  if (c.dice.chance(0.22)) return { reached: false };
  const satisfaction = satisfactionWith(c);
  return { reached: true, satisfaction, aspects: aspectsAround(c, satisfaction), comment: c.dice.write(satisfaction >= 4 ? '[客户表示满意|客户感谢及时处理|没有其他意见]' : satisfaction === 3 ? '[客户认为处理时间偏长|客户表示可以接受]' : '[客户认为问题没有真正解决|客户对补偿金额不满意]') };
};

const ruling: Answer = (c) => {
  const result = c.dice.weighted({ uphold: 45, revise: 30, compensate: 25 });
  return { ruling: result, rulingText: c.dice.write('委员会审阅了全部调查材料，[认为原处理方案事实清楚、依据充分，予以维持|认为答复内容应补充说明，按修改后的方案执行|认为客户损失与我行服务不当有关，给予适当补偿]。'), ...(result === 'compensate' ? { amount: c.dice.between(3, 40) * 100 } : {}), furtherRights: '如仍有异议，可通过行业调解组织申请调解，或依法通过诉讼等途径解决。' };
};

const close: Answer = (c) => {
  const { dice } = c;
  if (dice.chance(0.88)) return { fourChecks: ['cause', 'person', 'measure', 'result'], closeNote: dice.write('[原因查清，责任明确，措施落实，客户已答复，同意结案|四项核查通过，资料齐全，结案|整改到位，准予结案]。') };
  const items = topicOf(c).items.map((item) => ({ item, owner: dice.pick(members(c, 'cs_supervisor')), due: inDays(c, dice.between(10, 25)) }));
  return { fourChecks: dice.some(['cause', 'person', 'measure', 'result'], 3), rectItems: items.slice(0, dice.between(1, 2)), closeNote: dice.write('[措施尚未全部落实，转整改跟踪|需完成整改后再结案]。') };
};

const withdraw: Answer = ({ dice }) => (dice.chance(0.85) ? { withdrawConfirmed: true, voluntary: true, note: dice.write('[客户确认误会已解除，自愿撤回|问题已当场解决，客户自愿撤诉]。') } : { withdrawConfirmed: false, note: '客户表示为误操作，继续处理。' });

export const complaintAnswers: Readonly<Record<string, Answer>> = { 'F-C02': register, 'F-C03': investigate, 'F-C04': onsite, 'F-C05': extension, 'F-C06': plan, 'F-C07': review, 'F-C08': returnVisit, 'F-C09': ruling, 'F-C10': close, 'F-C11': withdraw };
