import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { once, type Effect } from '../effect.ts';
import { objectOf } from '../job-input.ts';
import type { Job, JobWorker, WorkerContext } from '../job-worker.ts';
import { moveDeadline } from '../ledgers/deadline.ts';
import { sendNotification } from '../notify/send-notification.ts';

interface Breach {
  breach_no: string;
  case_no: string;
  process_instance_key: string;
  stage: string;
  element_id: string | null;
  escalate_to: string;
  owner: string[];
}

/**
 * Carries out what a supervisor decided on a breach: variable `intervention` {breachNo, action urge | reassign | extend |
 * takeover, newAssignee, newDueAt, reason}.
 *
 * It does not touch the engine's task. It appends a row to `app.task_override`, and the task list applies the newest row of
 * (`process_instance_key`, `element_id`; `*` = every open task of the instance): `assignee` replaces the assignee, `candidate_group`
 * replaces the groups and clears the assignee, `due_at` replaces the due date. So it works on any Zeebe.
 * `extend` also moves the stage's deadline, and the watch wakes it then.
 */
export const taskIntervene: JobWorker = {
  type: 'task.intervene',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const intervention = objectOf(job, 'intervention');
      const breachNo = typeof intervention['breachNo'] === 'string' ? intervention['breachNo'] : '';
      const breach: Breach | undefined = await trx('app.sla_breach').where({ breach_no: breachNo }).first();
      if (breach === undefined) throw new Error(`there is no breach "${breachNo}" to intervene on`);
      const action = String(intervention['action']);
      const change = await changeOf(trx, context, job, breach, action, intervention);
      const at = new Date(context.clock.now());
      await trx('app.task_override').insert({ process_instance_key: breach.process_instance_key, element_id: breach.element_id?.startsWith('ut_') ? breach.element_id : '*', breach_no: breachNo, reason: reasonOf(intervention), at, ...change });
      await trx('app.sla_breach').where({ breach_no: breachNo }).update({ intervention: JSON.stringify({ ...intervention, at: at.toISOString() }) });
      return { variables: { applied: action }, audit: { breachNo, action } };
    }),
};

async function changeOf(trx: Database, context: WorkerContext, job: Job, breach: Breach, action: string, intervention: JsonObject): Promise<Record<string, unknown>> {
  const params = { caseNo: breach.case_no, breachNo: breach.breach_no, reason: reasonOf(intervention) };
  switch (action) {
    case 'urge': {
      const override: { assignee: string | null } | undefined = await trx('app.task_override').select('assignee').where({ process_instance_key: breach.process_instance_key, element_id: breach.element_id ?? '*' }).whereNotNull('assignee').orderBy('id', 'desc').first();
      await sendNotification(trx, context, job, { template: 'task_urge', to: override?.assignee == null ? breach.owner : [`user:${override.assignee}`], params });
      return { urged_at: new Date(context.clock.now()) };
    }
    case 'reassign': {
      const assignee = intervention['newAssignee'];
      if (typeof assignee !== 'string' || assignee === '') throw new Error('a reassignment needs "newAssignee"');
      await sendNotification(trx, context, job, { template: 'task_reassigned', to: [`user:${assignee}`], params });
      return { assignee };
    }
    case 'extend': {
      const due = typeof intervention['newDueAt'] === 'string' ? Date.parse(intervention['newDueAt']) : Number.NaN;
      if (!(due > context.clock.now())) throw new Error('an extension needs "newDueAt" in the future');
      await moveDeadline(trx, breach.process_instance_key, breach.stage, due);
      await trx('app.sla_watch').insert({ case_no: breach.case_no, stage: breach.stage, process_instance_key: breach.process_instance_key, due_at: new Date(due), reason: 'moved' }).onConflict(['case_no', 'stage', 'due_at']).ignore();
      return { due_at: new Date(due) };
    }
    case 'takeover':
      return { candidate_group: breach.escalate_to };
    default:
      throw new Error(`"${action}" is no intervention: use urge, reassign, extend or takeover`);
  }
}

function reasonOf(intervention: JsonObject): string {
  return typeof intervention['reason'] === 'string' ? intervention['reason'] : '';
}
