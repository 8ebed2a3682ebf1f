import type { JsonObject, JsonValue } from '../../contract/json.ts';
import * as words from '../phrases/control.ts';
import { ago, inDays, inWorkTime, members, minuteIso, say, textOf, type Answer, type AnswerContext } from './context.ts';

type Risk = (typeof words.risks)[number];

/** What an incident is about: by its source and type, as reported. */
const riskOf = ({ vars, dice }: AnswerContext): Risk => words.risks.find((one) => one.source === vars['riskSource'] && one.type === vars['riskType']) ?? dice.pick(words.risks);

/** A risk a department sees at itself. */
const riskItem = (c: AnswerContext): JsonObject => {
  const { text, riskType, source, control } = c.dice.pick(words.departmentRisks);
  return { item: text, riskType, source, likelihood: c.dice.between(1, 4), impact: c.dice.between(1, 4), control, owner: c.dice.pick(members(c, 'cs_supervisor').concat(members(c, 'risk_mgmt'), members(c, 'tech_support'), members(c, 'compliance'))) };
};

const identify: Answer = (c) => {
  const { dice, vars } = c;
  const risk = riskOf(c);
  if (dice.chance(0.08)) return { falseAlarm: true };
  return { falseAlarm: false, likelihood: dice.between(1, 4), impact: dice.pick([1, 1, 2, 2, 2, 3, 3, 4]), riskType: vars['riskType'] ?? risk.type, riskSource: vars['riskSource'] ?? risk.source, stage: risk.stage, ownerDept: risk.dept, needSuspend: risk.scope === 'branch' && risk.source === 'system_failure' && dice.chance(0.25), dataInvolved: dice.chance(0.06), methods: dice.some(['matrix', 'score', 'interview', 'delphi'], dice.between(1, 2)) };
};

const confirmLevel: Answer = ({ vars, dice }) => {
  const computed = textOf(vars, 'computedLevel') ?? textOf(vars, 'riskLevel') ?? 'general';
  return dice.chance(0.9) ? { riskLevel: computed, reason: '' } : { riskLevel: computed === 'major' ? 'significant' : 'general', reason: dice.write('[影响范围已受控，下调一级|复核影响客户数后调整]。') };
};

const rectItems = (c: AnswerContext, items: readonly string[]): JsonObject[] => items.slice(0, c.dice.between(1, 2)).map((item) => ({ item, owner: c.dice.pick(members(c, 'cs_supervisor').concat(members(c, 'tech_support'))), due: inDays(c, c.dice.between(10, 28)), standard: c.dice.write('[抽查三十笔无差错|演练用时不超过五分钟|全员学习并考核合格]') }));

const routine: Answer = (c) => ({ actionTaken: say(c, `${words.contained}，${words.recoverNotes}`), recovered: c.dice.chance(0.95), rectItems: c.dice.chance(0.4) ? rectItems(c, riskOf(c).items).map(({ item, owner, due }) => ({ item: item!, owner: owner!, due: due! })) : [] });

const contain: Answer = (c) => {
  const resources = (Array.isArray(c.vars['resources']) ? c.vars['resources'] : []) as JsonObject[];
  const team = members(c, 'emergency_team');
  return { commander: c.dice.pick(team), steps: [50, 25].slice(0, c.dice.between(1, 2)).map((minutes) => ({ time: ago(c, minutes), action: c.dice.write(words.contained), by: c.user.name })), resourcesUsed: c.dice.some(resources, 1).map((one): JsonValue => one['resourceId'] ?? null), status: c.dice.weighted({ controlled: 80, partly: 20 }) };
};

const notice: Answer = (c) => ({ channels: c.dice.some(['sms', 'app', 'phone'], c.dice.between(1, 2)), text: c.dice.write(words.notices), affectedGroup: c.dice.weighted({ affected: 50, branch: 40, all: 10 }), publishAt: minuteIso(c.now + 300_000, c.zone), hotline: '95500' });

const regulator: Answer = async (c) => ({ regulator: '示例监管机构', reportText: say(c, words.regulatorReport, { title: textOf(c.vars, 'title') ?? '本次事件' }), sentAt: ago(c, 1), receiptNo: `HZ${c.dice.between(10_000, 99_999)}`, file: await c.attach('监管报告（示例）.pdf') });

const recover: Answer = (c) => {
  const recovered = c.dice.chance(0.88);
  return { recovered, ...(recovered ? { recoveredAt: ago(c, c.dice.between(1, 15)) } : {}), checks: recovered ? ['data', 'service', 'safety'] : ['data'], note: recovered ? c.dice.write(words.recoverNotes) : '部分交易仍超时，继续处置。' };
};

const aftermath: Answer = (c) => {
  const affected = [...c.customers.values()];
  return c.dice.chance(0.3) ? { compensate: true, persons: c.dice.some(affected, c.dice.between(1, 3)).map((one) => ({ customerNo: one.no, kind: c.dice.pick(['fee_waiver', 'points', 'cash']), amount: c.dice.between(1, 20) * 10 })), closureNote: c.dice.write(words.closures) } : { compensate: false, closureNote: c.dice.write(words.closures) };
};

const traceCause: Answer = (c) => {
  const risk = riskOf(c);
  return { rootCause: say(c, risk.cause), causeKind: risk.stage === 'tech' ? 'system' : risk.dept === 'compliance' ? 'policy' : c.dice.pick(['staff', 'process']), lossActual: c.dice.chance(0.25) ? c.dice.between(1, 60) * 1000 : 0, responsible: [], evidence: [{ type: 'log', ref: `R${c.dice.between(1000, 9999)}`, note: '系统与操作日志' }], violationSuspected: risk.source === 'misoperation' && c.dice.chance(0.3), rectItems: rectItems(c, risk.items) };
};

const staff = (c: AnswerContext): string[] => members(c, 'cs_frontdesk').concat(members(c, 'account_manager'), members(c, 'counter_staff'));

const acceptViolation: Answer = (c) => {
  const { dice, vars } = c;
  if (dice.chance(0.1)) return { acceptDecision: 'reject', rejectReason: dice.write('[线索过于笼统，无法核查|所述人员非本机构员工|同一事项已有处理结论]。') };
  const subjectNo = staffNoOf(c) ?? dice.pick(staff(c));
  const able = c.users().filter((user) => user.id !== subjectNo && user.id !== vars['initiator'] && ['compliance', 'risk_mgmt', 'service_supervision', 'security_dept', 'complaint_investigator'].some((group) => user.groups.includes(group)));
  const grave = textOf(vars, 'violationType') === 'privacy' || dice.chance(0.2);
  return { acceptDecision: 'accept', subjectNo, violationType: vars['violationType'] ?? 'process', severityPrelim: grave ? dice.weighted({ severe: 75, serious: 25 }) : 'general', investigators: dice.some(able, 2).map((user) => user.id), needInterim: grave && dice.chance(0.35), complexity: dice.chance(0.2) ? 'complex' : 'normal', excludeUsers: [] };
};

const staffNoOf = ({ vars, users }: AnswerContext): string | null => users().find((user) => user.name === vars['subjectName'])?.id ?? null;

const interim: Answer = (c) => ({ measure: c.dice.weighted({ monitor: 50, restrict: 35, suspend: 15 }), from: minuteIso(c.now, c.zone), to: inWorkTime(c, 60 * 8 * 15), reason: c.dice.write('[防止证据灭失|避免影响扩大，配合调查]'), approved: true });

const violationOf = ({ vars, dice }: AnswerContext): (typeof words.violations)[number] => words.violations.find((one) => one.type === vars['violationType']) ?? dice.pick(words.violations);

const investigateViolation: Answer = (c) => ({ method: c.dice.some(['talk', 'docs', 'recording', 'system', 'witness'], c.dice.between(2, 3)), evidence: [{ type: 'recording', ref: `L${c.dice.between(1000, 9999)}`, note: '录音录像' }], facts: c.dice.write(c.dice.chance(0.82) ? words.violationFacts : words.notProven), standards: [{ ruleName: violationOf(c).clause.replace(/》.*/, '》'), clause: violationOf(c).clause.replace(/.*》/, ''), text: '' }], loss: c.dice.chance(0.15) ? c.dice.between(1, 40) * 500 : 0, customersHarmed: c.dice.between(0, 4) });

const conclude: Answer = (c) => {
  const conclusion = c.dice.weighted({ substantiated: 68, partly: 16, unsubstantiated: 15, judicial: 1 });
  const proven = conclusion === 'substantiated' || conclusion === 'partly';
  return { conclusion, causes: proven ? c.dice.some(['staff', 'process'], c.dice.between(1, 2)) : ['staff'], systemic: proven && c.dice.chance(0.12), harm: proven ? c.dice.weighted({ none: 35, mild: 55, severe: 10 }) : 'none', ...(proven ? { rectItems: [{ item: c.dice.write('[组织制度学习并抽查|完善岗位监督检查|修订操作细则]'), owner: c.dice.pick(members(c, 'cs_supervisor')), due: inDays(c, c.dice.between(15, 40)) }] } : {}) };
};

const determine: Answer = (c) => {
  const severity = c.vars['severityPrelim'] ?? 'general';
  const person = textOf(c.vars, 'subjectNo') ?? c.dice.pick(staff(c));
  const lead = c.dice.chance(0.15) ? [{ staffNo: c.dice.pick(members(c, 'cs_supervisor')), role: 'lead', severity: 'general', repeatCount: 0 }] : [];
  return { violations: [{ type: c.vars['violationType'] ?? 'process', clause: violationOf(c).clause, severity, person }], liablePersons: [{ staffNo: person, role: 'direct', severity, repeatCount: c.dice.chance(0.12) ? 1 : 0 }, ...lead.filter((one) => one.staffNo !== person)], aggravating: [], mitigating: c.dice.chance(0.3) ? ['remedy'] : [], determineNote: c.dice.write(words.determinations) };
};

const decide: Answer = (c) => {
  const recommended = c.vars['recommended'];
  const type = Array.isArray(recommended) && recommended.length > 0 ? String(recommended[0]) : 'talk';
  return { result: 'decide', type, ...(type === 'fine' || type === 'perf_deduct' ? { amount: type === 'fine' ? c.dice.between(5, 30) * 100 : c.dice.between(5, 20) } : {}), ...(type === 'no_award' || type === 'post_adjust' ? { months: c.dice.pick([3, 6, 12]) } : {}), retrain: c.dice.chance(0.25), reason: c.dice.write('[依据违规处理标准，结合情节作出决定|当事人认错态度较好，按标准下限处理|事实清楚，按标准处理]。') };
};

const appeal: Answer = (c) => {
  const result = c.dice.weighted({ uphold: 60, revise: 25, revoke: 15 });
  return { appealResult: result, ...(result === 'revise' ? { newDecisions: [{ person: textOf(c.vars, 'subjectNo') ?? c.dice.pick(staff(c)), type: 'talk', retrain: false }] } : {}), reason: c.dice.write({ uphold: '复核认为原决定事实清楚、依据充分、程序合规，予以维持。', revise: '复核认定当事人有主动补救情节，应当从轻，变更处理方式。', revoke: '新提交的系统记录表明主要事实不能成立，撤销原处理决定。' }[result]) };
};

const doRectify: Answer = (c) => ({ progress: 100, actionTaken: c.dice.write(words.rectDone), finished: true });

const supervise: Answer = (c) => {
  const action = c.dice.weighted({ urge: 72, extend: 18, takeover: 10 });
  return { action, ...(action === 'extend' ? { newDueAt: inWorkTime(c, c.dice.between(8, 24) * 60) } : {}), reason: c.dice.write(words.urges) };
};

export const controlAnswers: Readonly<Record<string, Answer>> = {
  'F-R02': identify, 'F-R03': confirmLevel, 'F-R04': routine, 'F-R05': contain, 'F-R06': notice, 'F-R07': regulator, 'F-R08': recover,
  'F-R09': ({ dice }) => ({ decision: dice.weighted({ continue: 70, external: 30 }), order: dice.write(words.commands) }),
  'F-R10': aftermath, 'F-R11': traceCause,
  'F-R12': ({ dice }) => ({ metricBefore: dice.between(20, 60), metricAfter: dice.between(1, 12), effective: dice.chance(0.9), comment: dice.write(words.evaluations) }),
  'F-R13': (c) => ({ attendees: [c.user.id, ...members(c, 'risk_mgmt_head').filter((id) => id !== c.user.id)], findings: c.dice.write(words.reviewFindings), improvements: c.dice.chance(0.5) ? [{ item: '每季开展一次专项演练', owner: c.dice.pick(members(c, 'emergency_team')), due: inDays(c, 60) }] : [], publishInside: c.dice.chance(0.4) }),
  'F-V02': acceptViolation, 'F-V03': interim, 'F-V04': investigateViolation,
  'F-V05': ({ dice }) => ({ agree: dice.weighted({ agree: 55, partly: 35, deny: 10 }), statement: dice.write(words.statements), signed: true }),
  'F-V06': conclude,
  'F-V07': async (c) => ({ authority: '示例公安机关', docs: await c.attach('移送材料（示例）.pdf'), sentAt: minuteIso(c.now, c.zone) }),
  'F-V08': determine, 'F-V09': decide,
  'F-V10': ({ dice }) => ({ vote: dice.chance(0.9) ? 'approve' : 'return', opinion: dice.write('[同意处理意见|事实清楚，同意|请补充损失核实情况]') }),
  'F-V11': appeal,
  'F-V12': (c) => ({ executedAt: minuteIso(c.now, c.zone), docNo: `示例人字〔${new Date(c.now).getUTCFullYear()}〕${c.dice.between(1, 99)}号`, fileNote: c.dice.write(words.retention) }),
  'F-J01': (c) => ({ plan: c.dice.write(words.rectPlans), milestones: [], due: inDays(c, c.dice.between(10, 25)), resources: '' }),
  'F-J02': doRectify,
  'F-J03': ({ dice }) => (dice.chance(0.88) ? { checks: ['target', 'root', 'prevent', 'doc'], effect: dice.weighted({ good: 80, fair: 20 }), accepted: true, effectData: '', note: dice.write(words.rectVerified) } : { checks: ['target'], effect: 'poor', accepted: false, effectData: '', note: dice.write(words.rectFailed) }),
  'F-SLA': supervise,
  'F-H02': ({ dice }) => ({ cause: dice.write(words.improvementCauses), causes: dice.some(['process', 'system', 'disclosure', 'staff'], dice.between(1, 2)), customerVoice: dice.write('[希望一次办好|进度要看得见|规则要讲清楚]'), processStep: dice.write('[受理登记|资料审核|结果告知|跨部门交接]') }),
  'F-Q01': (c) => ({ scope: c.dice.some(['interaction', 'product', 'tech', 'aftersale'], c.dice.between(1, 3)), selfScore: c.dice.between(72, 96), items: Array.from({ length: c.dice.between(1, 3) }, () => riskItem(c)) }),
  'F-Q02': ({ dice }) => ({ newRisks: [], trend: dice.weighted({ flat: 55, down: 25, up: 20 }), conclusion: dice.write('[总体风险可控|风险水平与上季相当|操作风险略有上升]，[重点关注系统容量与高峰排队|须加强客户信息录入复核]。') }),
  'F-Q03': ({ vars, dice }) => ({ thresholds: vars['thresholds'] ?? [], reason: dice.write('[沿用现行阈值|结合季度数据维持不变]') }),
  'F-Q04': ({ dice }) => ({ approved: dice.chance(0.9), comment: dice.write('[同意，按整改要求落实|请各部门按期完成整改]') }),
  'F-H03': (c) => ({ measures: [{ action: c.dice.write('[统一答复口径并培训|增设高峰窗口|简化材料清单|优化系统提示]'), owner: c.dice.pick(members(c, 'cs_supervisor')), due: inDays(c, c.dice.between(15, 40)), cost: c.dice.between(0, 20) * 500 }], changeProcess: false, target: c.dice.between(85, 95) }),
  'F-H04': ({ dice }) => ({ approved: dice.chance(0.92), budget: dice.between(0, 30) * 1000, comment: dice.write('[同意，按计划推进|请按期完成并反馈效果]') }),
  'F-H05': ({ dice }) => ({ progress: 100, ...(dice.chance(0.2) ? { blockers: '系统改造排期较紧' } : {}) }),
  'F-H06': ({ dice, vars }) => {
    const improved = dice.chance(0.8);
    const target = typeof vars['target'] === 'number' ? vars['target'] : 90;
    return { metricAfter: improved ? Math.min(100, target + dice.between(0, 5)) : target - dice.between(3, 15), improved, note: dice.write(improved ? '[按当季数据评估，已达到目标|抽样回访，客户反映明显改善]。' : '[按当季数据评估，尚未达到目标|抽样回访，部分网点执行不到位]。') };
  },
};
