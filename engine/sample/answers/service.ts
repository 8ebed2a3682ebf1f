import type { JsonObject } from '../../contract/json.ts';
import { changeMeasures, changeOpinions, changeReasons, clearedNotes, fixNotes, impacts, issueHandled, issues, notAccepted, phoneNotes, renewReasons, reviewOpinions, served } from '../phrases/service.ts';
import { ago, inDays, inWorkTime, minuteIso, say, textOf, type Answer, type AnswerContext } from './context.ts';

const HOUR = 60;

/** All that a request of a business needs to bring. */
export const materialsOf: Readonly<Record<string, string[]>> = {
  credit: ['id', 'license', 'income', 'credit_report'],
  wealth: ['id', 'license', 'risk_assessment'],
  fund_securities: ['id', 'license', 'risk_assessment'],
  insurance: ['id', 'license', 'health', 'risk_assessment'],
  cross_border: ['id', 'license', 'trade_proof'],
  card: ['id', 'license', 'income'],
};

/** When a time was to begin; the slot the engine has reserved. */
function slotStart(c: AnswerContext): number {
  const slot = c.vars['slot'];
  const start = slot !== null && typeof slot === 'object' && !Array.isArray(slot) ? Date.parse(String(slot['start'])) : Number.NaN;
  return Number.isNaN(start) ? c.now : start;
}

const manual: Answer = (c) => {
  const options = (Array.isArray(c.vars['resourceOptions']) ? c.vars['resourceOptions'] : []) as JsonObject[];
  const note = c.dice.write('[期望时段已约满，与客户商定备选|客户希望尽早办理|已电话说明排期情况]。');
  const result = c.dice.weighted({ alternative: 60, waitlist: 15, decline: 25 });
  if (result === 'alternative') return { manualResult: result, ...(options.length > 0 ? { altResource: c.dice.pick(options)['value'] ?? null } : {}), altStart: inWorkTime(c, c.dice.between(10, 30) * HOUR), note };
  if (result === 'waitlist') return { manualResult: result, waitUntil: inWorkTime(c, 24 * HOUR), note };
  return { manualResult: result, note };
};

const confirmCall: Answer = (c) => {
  const result = c.dice.weighted({ confirmed: 62, change: 8, cancel: 10, unreachable: 20 });
  const base = { callResult: result, attempts: result === 'unreachable' ? 3 : c.dice.between(1, 2) };
  if (result !== 'change') return base;
  return { ...base, newFrom: inWorkTime(c, 12 * HOUR), newTo: inWorkTime(c, 18 * HOUR), note: '客户希望改期' };
};

const perform: Answer = (c) => {
  const result = c.dice.weighted({ done: 92, partial: 5, not_done: 3 });
  const business = textOf(c.vars, 'business') ?? 'account';
  return {
    startedAt: minuteIso(c.task.createdAt, c.zone),
    finishedAt: minuteIso(Math.max(c.now, c.task.createdAt + 60_000), c.zone),
    serviceContent: say(c, served[business] ?? served['account']!),
    result,
    ...(result === 'done' ? {} : { reasonNotDone: c.dice.write('[客户材料未带齐，改日补办|系统维护，部分业务无法完成|客户需与家人商量后决定]') }),
    disclosures: ['risk', 'fee', 'channel', 'rights'],
    needApplication: result === 'done' && ['wealth', 'credit', 'card', 'insurance'].includes(business) && c.dice.chance(0.12),
  };
};

const accept: Answer = ({ dice }) => (dice.chance(0.94) ? { acceptDecision: 'accept', checkResult: ['identity', 'source', 'materials'] } : { acceptDecision: 'reject', checkResult: ['identity'], rejectReason: dice.write(notAccepted) });

const suitability: Answer = async (c) => (c.dice.chance(0.6) ? { riskConfirmed: true, proof: await c.attach('风险确认书（示例）.pdf') } : { riskConfirmed: false });

const review: Answer = (c) => {
  const { dice, task } = c;
  const result = dice.weighted(task.elementId === 'ut_first' ? { pass: 84, return: 10, reject: 6 } : { pass: 90, return: 5, reject: 5 });
  return { reviewResult: result, points: dice.some(['compliance', 'credit', 'repay', 'guarantee', 'suitability'], dice.between(2, 4)), opinion: dice.write(reviewOpinions[result]), ...(result === 'reject' ? { rejectReason: dice.write(reviewOpinions.reject) } : {}) };
};

const fix: Answer = async (c) => ({ fixNote: c.dice.write(fixNotes), materials: c.dice.chance(0.5) ? await c.attach('补充材料（示例）.pdf') : [] });

const execute: Answer = (c) => {
  const done = c.dice.chance(0.96);
  return { startedAt: minuteIso(Math.max(c.task.createdAt, c.now - c.dice.between(20, 90) * 60_000), c.zone), finishedAt: minuteIso(c.now, c.zone), result: done ? 'done' : 'failed', ...(done ? { contractNo: `示例-${c.dice.between(100_000, 999_999)}`, fee: c.dice.chance(0.3) ? c.dice.between(1, 20) * 10 : 0 } : {}), note: done ? '' : c.dice.write('[客户放弃办理|系统额度不足未能放款]') };
};

const confirmEnd: Answer = (c) => {
  const open = c.dice.chance(0.12);
  return { confirmedItems: c.dice.chance(0.9) ? ['content', 'dates', 'support'] : ['content', 'dates'], openIssues: open, ...(open ? { issueText: c.dice.write(issues) } : {}), supportUntil: inDays(c, c.dice.between(20, 90)), renewalDue: c.dice.chance(0.12) };
};

const handleIssue: Answer = (c) => {
  const resolved = c.dice.chance(0.86);
  return { handling: c.dice.write(issueHandled), resolved, ...(resolved ? {} : { newDue: inWorkTime(c, c.dice.between(8, 24) * HOUR) }) };
};

const renew: Answer = (c) => {
  const wish = c.dice.weighted({ yes: 55, later: 25, no: 20 });
  return { renew: wish, ...(wish === 'yes' ? { term: c.dice.pick([6, 12, 24]) } : {}), ...(wish === 'no' ? { reason: c.dice.write(renewReasons) } : {}), ...(c.dice.chance(0.06) ? { tierChange: c.dice.pick(['advanced', 'vip']) } : {}) };
};

const changeReason: Answer = (c) => {
  const kind = c.dice.pick(['system', 'staff', 'policy'] as const);
  const delay = c.dice.chance(0.8);
  return { changeType: delay ? 'delay' : 'cancel', reasonKind: kind, reasonText: c.dice.write(changeReasons[kind]), ...(delay ? { newDate: inWorkTime({ ...c, now: Math.max(c.now, slotStart(c)) }, c.dice.between(6, 20) * HOUR) } : {}), impact: c.dice.write(impacts), affectedCount: c.dice.between(1, 30), measures: c.dice.write(changeMeasures) };
};

const changeApproval: Answer = ({ dice }) => ({ approved: dice.chance(0.88), offer: dice.weighted({ keep: 70, raise: 15, adjust: 15 }), comment: dice.write(changeOpinions) });

const changeCall: Answer = (c) => {
  const result = c.dice.weighted({ accept: 62, cancel: 18, unreachable: 20 });
  return { contactResult: result, ...(result === 'accept' && c.dice.chance(0.4) ? { newDate: inWorkTime(c, c.dice.between(12, 30) * HOUR) } : {}), note: c.dice.write(phoneNotes) };
};

export const serviceAnswers: Readonly<Record<string, Answer>> = {
  'F-A02': manual,
  'F-A03': confirmCall,
  'F-A04': (c) => ({ arrivedAt: ago(c, c.dice.between(0, 4)), queueNo: `${c.dice.pick(['A', 'B', 'V'])}${String(c.dice.between(1, 99)).padStart(3, '0')}`, idChecked: true }),
  'F-A05': perform,
  'F-P02': accept,
  'F-P03': suitability,
  'F-P04': review,
  'F-P05': fix,
  'F-P06': execute,
  'F-U01': confirmEnd,
  'F-U02': handleIssue,
  'F-U03': renew,
  'F-X01': changeReason,
  'F-X02': changeApproval,
  'F-X03': changeCall,
  'F-Z02': ({ dice }) => ({ handling: dice.write(clearedNotes), cleared: true }),
  'F-Z03': ({ dice }) => ({ accountsClosed: dice.some(['settlement', 'savings', 'card', 'wealth'], dice.between(1, 3)), channelsClosed: ['app', 'mobile_bank', 'sms'], cleanup: ['records', 'tags', 'marketing'] }),
  'F-Z04': () => ({ verified: true, note: '账户、渠道与标签均已清理' }),
};
