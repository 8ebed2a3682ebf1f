import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { stageNames } from '../../notifications/shipped-templates.ts';
import { loadCalendar } from '../calendar/calendar-store.ts';
import { pascal } from '../calendar/deadline.ts';
import { dueAt, type Unit } from '../calendar/working-calendar.ts';
import { isoWithOffset } from '../calendar/zone-time.ts';
import { once, type Effect } from '../effect.ts';
import { requiredHeader, requiredText, textOf, textsOf } from '../job-input.ts';
import type { Job, JobWorker, WorkerContext } from '../job-worker.ts';
import { readDeadline } from '../ledgers/deadline.ts';
import { nextNumber } from '../ledgers/record.ts';
import { sendNotification } from '../notify/send-notification.ts';

/** The engine's clock and ours may differ by this much without a timer seeming early. */
const TOLERANCE_MS = 2_000;

/**
 * Says whether the stage (header `stage`, at header `element`) is really late, by its current deadline. Late: breach row and
 * messages to the owner (`owner`) and to whom it escalates; returns `breached` true, `breachNo`, `breachEscalateTo` (never null),
 * `breachLevel`, `breachInfo`. Moved: the watch gets the new date. Recorded before: nothing again. Both return `breached` false.
 */
export const slaBreach: JobWorker = {
  type: 'sla.breach',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const stage = requiredHeader(job, 'stage');
      const caseNo = requiredText(job, 'caseNo');
      const now = context.clock.now();
      const deadline = await currentDeadline(trx, job, stage);
      if (deadline.dueAt > now + TOLERANCE_MS) {
        await watch(trx, job, caseNo, stage, deadline.dueAt, 'moved');
        return { variables: { breached: false }, audit: { stage, moved: isoWithOffset(deadline.dueAt, context.zone) } };
      }
      const dueDate = (await lastRepeat(trx, caseNo, stage, deadline.dueAt, now)) ?? deadline.dueAt;
      const before = await trx('app.sla_breach').where({ case_no: caseNo, stage }).count({ count: '*' }).first<{ count: string }>();
      const level = Number(before.count) + 1;
      const escalation = await escalationOf(context, job, level);
      const escalateTo = (level === 1 ? deadline.escalateTo : escalation.escalateTo) ?? 'cs_supervisor';
      const breachNo = await nextNumber(trx, context, 'CS');
      const owner = textsOf(job, 'owner');
      const added = await trx('app.sla_breach')
        .insert({ breach_no: breachNo, case_no: caseNo, process_instance_key: job.processInstanceKey, process_id: job.bpmnProcessId, stage, element_id: job.customHeaders['element'] ?? null, due_at: new Date(dueDate), level, escalate_to: escalateTo, owner, at: new Date(now) })
        .onConflict(['case_no', 'stage', 'due_at'])
        .ignore()
        .returning('breach_no');
      if (added.length === 0) return { variables: { breached: false }, audit: { stage, recordedBefore: true } };
      if (escalation.repeatAfter !== null) await watch(trx, job, caseNo, stage, await repeatAt(trx, context, now, escalation.repeatAfter), 'repeat');
      const due = isoWithOffset(deadline.dueAt, context.zone);
      const names = stageNames[stage];
      await sendNotification(trx, context, job, { template: 'sla_breach', to: [...owner, `group:${escalateTo}`], params: { caseNo, breachNo, dueAt: due, stageName: names?.zh ?? stage, stageNameEn: names?.en ?? stage }, onceKey: `sla_breach:${breachNo}` });
      const breachInfo: JsonObject = { breachNo, stage: names?.zh ?? stage, due, assignee: await displayNames(trx, owner), hoursLate: Math.round((now - deadline.dueAt) / 360_000) / 10 };
      return { variables: { breached: true, breachNo, breachEscalateTo: escalateTo, breachLevel: level, breachInfo }, audit: { stage, breachNo, level, escalateTo } };
    }),
};

async function currentDeadline(trx: Database, job: Job, stage: string): Promise<{ dueAt: number; escalateTo: string | null }> {
  const stored = await readDeadline(trx, job.processInstanceKey, stage);
  if (stored !== null) return stored;
  const due = Date.parse(textOf(job, `due${pascal(stage)}`) ?? '');
  if (Number.isNaN(due)) throw new Error(`stage "${stage}" has no deadline: put a calendar.deadline before ${job.customHeaders['element'] ?? job.elementId}`);
  return { dueAt: due, escalateTo: null };
}

/** A repetition that has come due since the deadline counts as a due date of its own. */
async function lastRepeat(trx: Database, caseNo: string, stage: string, due: number, now: number): Promise<number | null> {
  const row: { due_at: Date } | undefined = await trx('app.sla_watch').select('due_at').where({ case_no: caseNo, stage, reason: 'repeat' }).where('due_at', '>', new Date(due)).where('due_at', '<=', new Date(now)).orderBy('due_at', 'desc').first();
  return row?.due_at.getTime() ?? null;
}

async function escalationOf(context: WorkerContext, job: Job, level: number): Promise<{ escalateTo: string | null; repeatAfter: string | null }> {
  const found = await context.engine.evaluateDecision('sla_escalation', { breachLevel: level, process: job.bpmnProcessId });
  const { escalateTo, repeatAfter } = (found ?? {}) as Record<string, unknown>;
  return { escalateTo: typeof escalateTo === 'string' ? escalateTo : null, repeatAfter: typeof repeatAfter === 'string' ? repeatAfter : null };
}

async function repeatAt(trx: Database, context: WorkerContext, now: number, after: string): Promise<number> {
  const found = /^(\d+) (min|h|d|wd)$/.exec(after);
  if (found === null) throw new Error(`sla_escalation says repeatAfter "${after}": use a number and min, h, d or wd, e.g. "1 wd"`);
  const { calendar } = await loadCalendar(trx, context.zone);
  return Math.floor(dueAt(calendar, now, Number(found[1]), found[2] as Unit) / 1000) * 1000;
}

async function watch(trx: Database, job: Job, caseNo: string, stage: string, due: number, reason: 'moved' | 'repeat'): Promise<void> {
  await trx('app.sla_watch').insert({ case_no: caseNo, stage, process_instance_key: job.processInstanceKey, due_at: new Date(due), reason }).onConflict(['case_no', 'stage', 'due_at']).ignore();
}

async function displayNames(trx: Database, owner: readonly string[]): Promise<string> {
  const ids = owner.map((one) => one.replace(/^(user|group):/, ''));
  const users: { id: string; name: string }[] = await trx('app.app_user').select('id', 'name').whereIn('id', ids);
  const groups: { id: string; name: string }[] = await trx('app.user_group').select('id', 'name').whereIn('id', ids);
  const names = new Map([...users, ...groups].map((one) => [one.id, one.name]));
  return ids.map((id) => names.get(id) ?? id).join('、');
}
