import { Router } from 'express';
import type { Commitment, ServiceCommitments } from '../../contract/administration.ts';
import type { BilingualText } from '../../contract/api.ts';
import type { JsonObject } from '../../contract/json.ts';
import { readTargets } from '../ledgers/targets.ts';
import type { ApiOptions } from '../api-options.ts';
import { text } from './words.ts';

/** A promise and where its time limit stands: a stage of an SLA decision, or a target of `kpi_targets`. */
interface Promised {
  id: string;
  text: BilingualText;
  by: { decision: string; process: string; stage: string; variables?: JsonObject } | { target: string };
}

const complaint = (stage: string, variables: JsonObject = {}): Promised['by'] => ({ decision: 'complaint_sla', process: 'complaint_handling', stage, variables: { complexity: 'simple', priority: 'normal', ...variables } });
const service = (process: string, stage: string): Promised['by'] => ({ decision: 'service_sla', process, stage });
const support = (process: string, stage: string, variables: JsonObject = {}): Promised['by'] => ({ decision: 'support_sla', process, stage, variables });

/** What the institution promises its customers (S0 2.4.1), in the order shown. The numbers are those of the decisions in force. */
const groups: readonly { id: string; name: BilingualText; promises: readonly Promised[] }[] = [
  {
    id: 'complaint', name: text('投诉处理', 'Complaints'),
    promises: [
      { id: 'register', text: text('收到投诉后登记并与您联系', 'We register your complaint and get in touch'), by: complaint('register') },
      { id: 'substantive', text: text('紧急投诉给出实质性答复', 'Urgent complaints get a substantive answer'), by: complaint('substantive', { priority: 'urgent' }) },
      { id: 'investigate', text: text('完成调查核实', 'We finish looking into it'), by: complaint('investigate') },
      { id: 'investigate_complex', text: text('复杂投诉完成调查核实', 'Complex complaints: we finish looking into it'), by: complaint('investigate', { complexity: 'complex' }) },
      { id: 'overall', text: text('投诉最迟办结', 'Your complaint is closed at the latest'), by: complaint('overall') },
    ],
  },
  {
    id: 'appointment', name: text('预约与办理', 'Appointments'),
    promises: [
      { id: 'confirm', text: text('收到预约后与您确认', 'We confirm your appointment'), by: service('service_appointment', 'confirm_call') },
      { id: 'counter', text: text('柜面业务办理', 'Service at the counter'), by: { target: 'counter_minutes' } },
      { id: 'phone', text: text('电话业务办理', 'Service by phone'), by: { target: 'phone_minutes' } },
    ],
  },
  {
    id: 'application', name: text('业务申请', 'Applications'),
    promises: [
      { id: 'accept', text: text('材料齐全后受理', 'We accept a complete application'), by: service('service_application', 'accept') },
      { id: 'supplement', text: text('需补充材料时为您保留申请', 'We keep your application open for missing documents'), by: service('service_application', 'supplement') },
      { id: 'review1', text: text('初审', 'First review'), by: service('service_application', 'review1') },
      { id: 'review2', text: text('复审（如需要）', 'Second review, if needed'), by: service('service_application', 'review2') },
      { id: 'review3', text: text('终审（如需要）', 'Final review, if needed'), by: service('service_application', 'review3') },
      { id: 'execute', text: text('审批通过后办理完成（产品另有约定的从其约定）', 'Carried out after approval, unless the product says otherwise'), by: service('service_application', 'execute') },
    ],
  },
  {
    id: 'change', name: text('延期、后续与终止', 'Changes, follow-up and ending'),
    promises: [
      { id: 'decision', text: text('延期或取消申请给出决定', 'A decision on moving or cancelling'), by: service('service_change', 'decision') },
      { id: 'choice', text: text('新的时间为您保留', 'We hold a new date for your answer'), by: service('service_change', 'choice') },
      { id: 'issue', text: text('解决服务结束时您提出的问题', 'We solve what you raise at the end of a service'), by: service('service_followup', 'issue') },
      { id: 'close', text: text('结清后关闭账户', 'We close your accounts once all is settled'), by: service('service_termination', 'close') },
    ],
  },
  {
    id: 'feedback', name: text('咨询与反馈', 'Questions and feedback'),
    promises: [
      { id: 'answer', text: text('答复咨询', 'An answer to your question'), by: support('service_consultation', 'answer') },
      { id: 'solved', text: text('解决咨询的问题', 'Your question is solved'), by: support('service_consultation', 'solved') },
      { id: 'first', text: text('首次答复反馈', 'A first reply to your feedback'), by: support('customer_feedback', 'first') },
      { id: 'first_major', text: text('重大事项首次答复', 'A first reply to major matters'), by: support('customer_feedback', 'first', { selector1: 'major' }) },
    ],
  },
];

const units: readonly string[] = ['min', 'h', 'd', 'wd'];
const kept = new WeakMap<ApiOptions['db'], { revision: string; answer: ServiceCommitments }>();

/** /commitments below /api/public: the time limits in force. What an owner publishes is what it says from then on. */
export function commitmentRoutes(options: ApiOptions): Router {
  const router = Router();
  router.get('/commitments', async (_request, response) => {
    response.json(await readCommitments(options));
  });
  return router;
}

/** The commitments as the published decisions and the processes' `slaProfile` give them; asked anew only after one of them has changed. */
export async function readCommitments(options: Pick<ApiOptions, 'db' | 'engine'>): Promise<ServiceCommitments> {
  const { db, engine } = options;
  const named = ['complaint_sla', 'service_sla', 'support_sla', 'kpi_targets'];
  const decisions: { decision_id: string; key: string }[] = await db('read_model.decision').distinctOn('decision_id').select('decision_id', 'key').whereIn('decision_id', named).where({ deleted: false }).orderBy([{ column: 'decision_id' }, { column: 'version', order: 'desc' }]);
  const settings: { process_id: string; value: unknown }[] = await db('app.process_setting').select('process_id', 'value').where({ name: 'slaProfile' }).orderBy('process_id');
  const revision = JSON.stringify([decisions, settings]);
  const before = kept.get(db);
  if (before?.revision === revision) return before.answer;
  const known = new Set(decisions.map((one) => one.decision_id));
  const profiles = new Map(settings.map((one) => [one.process_id, one.value]));
  const { targets } = await readTargets(options);

  const limitOf = async ({ by }: Promised): Promise<{ amount: number; unit: Commitment['unit'] } | null> => {
    if ('target' in by) {
      const target = targets.get(by.target);
      return target === undefined ? null : { amount: target.target, unit: 'min' };
    }
    if (!known.has(by.decision)) return null;
    const profile = profiles.get(by.process);
    const found = (await engine.evaluateDecision(by.decision, { ...by.variables, stage: by.stage, profile: typeof profile === 'string' ? profile : 'default' })) as Record<string, unknown> | null;
    const { amount, unit } = found ?? {};
    return typeof amount === 'number' && amount > 0 && typeof unit === 'string' && units.includes(unit) ? { amount, unit: unit as Commitment['unit'] } : null;
  };

  const answer: ServiceCommitments = { groups: [] };
  for (const { id, name, promises } of groups) {
    const items: Commitment[] = [];
    for (const promise of promises) {
      const limit = await limitOf(promise);
      if (limit !== null) items.push({ id: promise.id, text: promise.text, ...limit });
    }
    if (items.length > 0) answer.groups.push({ id, name, items });
  }
  kept.set(db, { revision, answer });
  return answer;
}
