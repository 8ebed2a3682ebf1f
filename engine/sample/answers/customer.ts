import type { JsonObject } from '../../contract/json.ts';
import { consultationTopics, topicOf, type ConsultationTopic } from '../phrases/consultations.ts';
import { lowScore, praises, suggestionPlans, suggestionReplies, surveyComments } from '../phrases/service.ts';
import { inDays, members, say, textOf, type Answer, type AnswerContext } from './context.ts';
import { aspectsAround } from './complaint.ts';

/** A mark for a service: mostly good. */
export const markOf = ({ dice }: Pick<AnswerContext, 'dice'>): number => Number(dice.weighted({ 5: 50, 4: 31, 3: 11, 2: 5, 1: 3 }));

/** A survey's answer, as the customer gives it or is asked by phone. */
export function surveyAnswer(c: Pick<AnswerContext, 'dice'>): Record<string, number | string | boolean> {
  const overall = markOf(c);
  const words = overall >= 4 ? surveyComments.good : overall === 3 ? surveyComments.fair : surveyComments.poor;
  return { overall, ...aspectsAround(c, overall), convenience: Math.max(1, Math.min(5, overall + c.dice.pick([-1, 0, 0, 1]))), nps: Math.max(0, Math.min(10, overall * 2 - c.dice.between(0, 2))), ...(c.dice.chance(0.55) ? { comment: c.dice.write(words) } : {}), willContact: c.dice.chance(0.3) };
}

const code: Answer = ({ postbox, vars, dice }) => ({ code: dice.chance(0.04) ? String(dice.between(100_000, 999_999)) : (postbox.codeFor(`customer:${textOf(vars, 'customerNo') ?? ''}`, textOf(vars, 'phone')) ?? '000000') });

const documents: Answer = async (c) => {
  const { vars, customers, dice } = c;
  const customer = customers.get(textOf(vars, 'customerNo') ?? '');
  return {
    idType: customer?.idType ?? 'passport',
    idNo: customer?.idNo ?? 'E00000000',
    name: customer?.name ?? textOf(vars, 'customerName') ?? '示例客户',
    validUntil: inDays(c, dice.between(300, 4000)),
    scan: await c.attach('证件影像（示例）.pdf'),
    match: dice.chance(0.985) ? 'same' : 'differ',
    collected: ['name', 'id', ...(dice.chance(0.5) ? ['phone'] : [])],
    suspicious: false,
  };
};

const face: Answer = (c) => {
  const method = c.dice.weighted({ face: 70, manual: 20, video: 10 });
  const passed = c.dice.chance(0.98);
  return { method, liveness: passed ? 'pass' : 'fail', ...(method === 'face' ? {} : { witness: c.dice.pick(members(c, 'counter_staff').filter((id) => id !== c.user.id)) }), result: passed ? 'pass' : 'fail', note: passed ? '' : '客户改日携原件再办' };
};

const triage: Answer = ({ vars, dice }) => ({
  kind: textOf(vars, 'kind') ?? 'suggestion',
  urgency: vars['urgency'] === 'major' ? 'major' : 'normal',
  owner: dice.weighted({ cs_supervisor: 60, service_supervision: 25, process_owner: 15 }),
  summary: shortly(textOf(vars, 'content') ?? '客户意见'),
});

/** The first sentence without its stop; of a long one what comes before its first comma. */
function shortly(text: string): string {
  const [sentence = text] = text.split(/[。！？]/);
  return sentence.length <= 30 ? sentence : sentence.split('，')[0]!.slice(0, 30);
}

const suggestion: Answer = (c) => {
  const adopt = c.dice.chance(0.45);
  return { adopt, ...(adopt ? { plan: c.dice.write(suggestionPlans), due: inDays(c, c.dice.between(30, 90)) } : {}), reply: c.dice.write(adopt ? suggestionReplies.yes : suggestionReplies.no) };
};

const praise: Answer = (c) => ({ staff: c.dice.some(members(c, 'cs_frontdesk').concat(members(c, 'account_manager')), c.dice.between(1, 2)), praiseText: say(c, textOf(c.vars, 'content') ?? praises).slice(0, 200), ...(c.dice.chance(0.3) ? { badge: c.dice.pick(['service_star', 'thanks', 'model']) } : {}) });

/** What a consultation is about; something of its category when the question is in words of one's own. */
const consultedOn = ({ vars, dice }: AnswerContext): ConsultationTopic => topicOf(textOf(vars, 'question') ?? '') ?? consultationTopics.find(({ category }) => category === vars['category']) ?? dice.pick(consultationTopics);

const answerOf: Answer = (c) => {
  const { dice, vars } = c;
  const known = consultedOn(c);
  const handled = dice.weighted({ yes: 86, transfer: 12, complaint: 2 });
  const found = (Array.isArray(vars['articleOptions']) ? vars['articleOptions'] : []) as JsonObject[];
  const used = found.filter(({ value }) => value === known.article).map(({ value }) => String(value));
  return { answer: dice.write(handled === 'transfer' ? '[已请专业部门核实|该问题须由专业部门查询后台记录]，[一个工作日内回复您|核实后尽快与您联系]。' : known.answer), plainCheck: true, handled, ...(handled === 'transfer' ? { dept: known.dept } : { usedArticles: used }), sample: handled === 'yes' && dice.chance(0.5) };
};

const departmentAnswer: Answer = (c) => ({ answer: consultedOn(c).deptAnswer, refs: c.dice.some(['policy', 'product', 'price_list'], 1), confident: c.dice.weighted({ yes: 92, no: 8 }) });

const reply: Answer = (c) => ({ replyChannel: c.dice.weighted({ phone: 60, sms: 25, email: 15 }), replyText: (textOf(c.vars, 'deptAnswer') ?? '已核实，请按规定办理。').slice(0, 500), riskDisclosed: c.dice.chance(0.4) });

const visit: Answer = (c) => {
  if (c.dice.chance(0.45)) return { reached: false, note: c.dice.write('[两次拨打无人接听|客户表示不便接听]') };
  const { overall, attitude, expertise, speed, convenience, result } = surveyAnswer(c);
  return { reached: true, overall: overall!, attitude: attitude!, expertise: expertise!, speed: speed!, convenience: convenience!, result: result!, note: '电话回访' };
};

export const customerAnswers: Readonly<Record<string, Answer>> = {
  'F-I01': code,
  'F-I02': documents,
  'F-I03': face,
  'F-O02': triage,
  'F-O03': suggestion,
  'F-O04': praise,
  'F-K02': answerOf,
  'F-K03': departmentAnswer,
  'F-K04': reply,
  'F-Y02': visit,
  'F-Y03': ({ dice }) => ({ cause: dice.weighted({ result: 35, speed: 30, attitude: 18, price: 10, other: 7 }), remedy: dice.write(lowScore), openComplaint: dice.chance(0.08), solved: dice.chance(0.8) }),
};
