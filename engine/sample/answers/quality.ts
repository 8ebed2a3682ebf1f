import type { JsonObject } from '../../contract/json.ts';
import * as words from '../phrases/control.ts';
import { frontline, inDays, inWorkTime, members, minuteIso, textOf, type Answer, type AnswerContext } from './context.ts';

const DAY_MS = 86_400_000;

const rowsOf = (c: AnswerContext, name: string): JsonObject[] => (Array.isArray(c.vars[name]) ? (c.vars[name] as JsonObject[]) : []);

const trainingPlan: Answer = (c) => {
  const { dice, vars } = c;
  const asked = Array.isArray(vars['trainees']) ? vars['trainees'].map(String).filter((id) => c.users().some((user) => user.id === id)) : [];
  const topic = textOf(vars, 'topic') ?? dice.pick(Object.keys(words.trainingTopics));
  const sessionAt = inWorkTime(c, dice.between(16, 50) * 60);
  return { topic, method: dice.weighted({ class: 40, online: 35, mixed: 25 }), trainees: asked.length > 0 ? asked : dice.some(frontline(c), Math.min(4, frontline(c).length)), hours: dice.pick([2, 4, 8]), examType: dice.pick(['theory', 'both']), passLine: 60, certKind: textOf(vars, 'certKind') ?? 'service', teacher: `示例 · ${dice.pick(['内训师', '合规讲师', '外聘讲师'])}`, sessionAt };
};

const exam: Answer = ({ dice, vars }) => {
  const passed = dice.chance(0.97);
  const score = (): number => (passed ? dice.between(70, 99) : dice.between(35, 55));
  return { theoryScore: score(), ...(vars['examType'] === 'both' || vars['examType'] === 'practice' ? { practiceScore: score() } : {}), caseScore: dice.between(80, 96), passed };
};

const inspectionPlan: Answer = (c) => {
  const type = textOf(c.vars, 'type') ?? 'random';
  const inspectors = type === 'security_scan' ? members(c, 'security_dept') : [...new Set([...members(c, 'service_supervision'), ...members(c, 'compliance')])];
  return {
    type, dept: textOf(c.vars, 'dept') ?? 'service', scope: type === 'channel' ? ['channel'] : type === 'security_scan' ? ['system'] : ['process', 'complaint', 'timeliness'], basis: textOf(c.vars, 'basis') ?? '年度检查计划',
    periodFrom: minuteIso(c.now - 30 * DAY_MS, c.zone), periodTo: inWorkTime(c, c.dice.between(24, 48) * 60), inspectors: c.dice.some(inspectors, Math.min(2, inspectors.length)), sampleSize: c.dice.between(4, 8),
  };
};

const check: Answer = (c) => {
  if (c.dice.chance(0.88)) return { result: 'pass', score: c.dice.between(85, 100) };
  return { result: 'fail', score: c.dice.between(40, 65), problem: c.dice.write('[登记信息不完整|未按时限回复|告知书缺少客户签字|交接记录缺失]，[已现场指出|请责任部门限期整改]。') };
};

const summary: Answer = (c) => ({
  issues: rowsOf(c, 'issues').map((issue) => ({ issue: issue['issue'] ?? '登记信息不完整', scope: issue['scope'] ?? 'process', kind: 'breach', dept: issue['dept'] ?? 'service', owner: c.dice.pick(members(c, 'cs_supervisor')), ...(issue['staffNo'] == null ? {} : { staffNo: issue['staffNo'] }), due: inDays(c, c.dice.between(15, 30)), harm: false })),
  serious: false,
  praise: c.dice.chance(0.4) ? [{ note: c.dice.write('[台账完整，可供借鉴|客户引导耐心细致]') }] : [],
});

const review: Answer = ({ vars, dice }) => {
  const computed = typeof vars['computedScore'] === 'number' ? vars['computedScore'] : 0;
  const disputed = (vars['confirmation'] as JsonObject | null)?.['agree'] === 'dispute';
  return disputed && computed < 97 ? { adjust: dice.between(1, 3), reason: '经核实，系统故障当日的超时不计入。', violations: [] } : { adjust: 0, violations: [] };
};

/** Training, inspection and assessment. */
export const qualityAnswers: Readonly<Record<string, Answer>> = {
  'F-M01': trainingPlan,
  'F-M02': ({ vars, dice }) => (dice.chance(0.94) ? { present: 'yes', hours: typeof vars['hours'] === 'number' ? Math.min(8, vars['hours']) : 4, signed: true } : { present: 'leave', note: '外出办理业务' }),
  'F-M03': exam,
  'F-M04': (c) => ({ makeupAt: inWorkTime(c, c.dice.between(8, 24) * 60), trainees: Array.isArray(c.vars['trainees']) ? c.vars['trainees'] : [] }),
  'F-L02': ({ dice }) => (dice.chance(0.85) ? { agree: 'agree' } : { agree: 'dispute', remark: '系统故障当日的超时不应计入本部门。' }),
  'F-L03': review,
  'F-L04': ({ dice }) => ({ approved: dice.chance(0.95), comment: dice.write('[同意，按规定兑现|结果客观，同意]') }),
  'F-G01': inspectionPlan,
  'F-G02': ({ dice }) => (dice.chance(0.9) ? { approved: true, comment: '同意，按计划开展' } : { approved: false, comment: '请补充检查范围' }),
  'F-G03': check,
  'F-G04': summary,
  'F-G05': (c) => ({ text: c.dice.write('问题：[登记不完整|答复超时|告知不到位]；原因：[交接不清|人手紧张|培训不足]；建议：[明确交接责任|错峰排班|补充培训]；责任：[柜面主管|客服主管]。'), reviewDate: inDays(c, c.dice.between(25, 35)) }),
  'F-G06': (c) => {
    const options = rowsOf(c, 'rectOptions').map((one) => String(one['value']));
    return options.length === 0 || c.dice.chance(0.85) ? { closed: true, note: '整改到位，予以关闭。' } : { closed: false, remaining: options.slice(0, 1), note: '抽查仍有例外，继续整改。' };
  },
};
