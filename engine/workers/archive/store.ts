import type { JsonObject, JsonValue } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { isoWithOffset } from '../calendar/zone-time.ts';
import { once, type Effect } from '../effect.ts';
import { caseNoOf, requiredHeader, textOf } from '../job-input.ts';
import type { Job, JobWorker, WorkerContext } from '../job-worker.ts';
import { closeRecord, nextNumber } from '../ledgers/record.ts';
import { sealPackage } from './package.ts';

/** What belongs into the file beside the variables, by the column that ties it to the case. */
const parts: readonly [name: string, table: string, by: 'case' | 'instance', order: string][] = [
  ['interactions', 'app.customer_interaction', 'case', 'at'],
  ['notifications', 'app.notification', 'case', 'created_at'],
  ['reports', 'app.report', 'case', 'at'],
  ['breaches', 'app.sla_breach', 'case', 'at'],
  ['compensations', 'app.compensation', 'case', 'at'],
  ['violations', 'app.violation_case', 'case', 'registered_at'],
  ['sanctions', 'app.sanction', 'case', 'at'],
  ['progress', 'app.progress_note', 'case', 'at'],
  ['appointments', 'app.appointment', 'instance', 'registered_at'],
  ['applications', 'app.service_application', 'instance', 'registered_at'],
  ['orders', 'app.service_order', 'instance', 'created_at'],
  ['reservations', 'app.resource_slot', 'instance', 'held_at'],
  ['changes', 'app.service_change', 'instance', 'registered_at'],
  ['surveys', 'app.survey', 'case', 'sent_at'],
  ['closures', 'app.customer_closure', 'case', 'closed_at'],
  ['emergencyActivations', 'app.emergency_activation', 'case', 'activated_at'],
  ['serviceSuspensions', 'app.service_suspension', 'case', 'suspended_at'],
  ['securityEvents', 'app.security_event', 'instance', 'registered_at'],
  ['securityLocks', 'app.security_lock', 'instance', 'locked_at'],
  ['drills', 'app.drill', 'instance', 'logged_at'],
  ['consultations', 'app.consultation', 'instance', 'registered_at'],
  ['articlesUsed', 'app.knowledge_use', 'instance', 'at'],
  ['improvements', 'app.improvement', 'instance', 'registered_at'],
  ['riskAssessments', 'app.risk_assessment', 'instance', 'registered_at'],
  ['selfAssessments', 'app.risk_self_assessment', 'instance', 'at'],
  ['riskRegister', 'app.risk_register', 'instance', 'registered_at'],
  ['announcements', 'app.announcement', 'case', 'published_at'],
  ['deadlines', 'app.deadline', 'instance', 'started_at'],
  ['identityChecks', 'app.identity_check', 'instance', 'at'],
  ['interventions', 'app.task_override', 'instance', 'at'],
  ['history', 'app.effect', 'instance', 'at'],
];

/**
 * Closes the case and files it: variables, interactions, messages, letters, deadlines, history and the ids of attachments as one
 * package with its SHA-256, encrypted. Header `class`; `retention_policy` says for how many years, of which data class and how sensitive it is
 * (`internal` and `confidential` where it says nothing). Returns `archiveNo`, `retainUntil`.
 */
export const archiveStore: JobWorker = {
  type: 'archive.store',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const archiveClass = requiredHeader(job, 'class');
      const { years, anchor, dataClass, sensitivity } = await retention(context, archiveClass, textOf(job, 'riskLevel'));
      const now = context.clock.now();
      const caseNo = caseNoOf(job) ?? job.processInstanceKey;
      const archiveNo = await nextNumber(trx, context, 'DA');
      const sealed = sealPackage(await collect(trx, job, caseNo), archiveNo, context.archiveKey);
      const until = new Date(now);
      until.setUTCFullYear(until.getUTCFullYear() + years);
      await trx('app.archive_item').insert({ archive_no: archiveNo, case_no: caseNo, process_instance_key: job.processInstanceKey, class: archiveClass, sha256: sealed.sha256, iv: sealed.iv, tag: sealed.tag, package: sealed.bytes, stored_at: new Date(now), retain_until: until, anchor, data_class: dataClass, sensitivity });
      await closeRecord(trx, job, {}, new Date(now));
      const retainUntil = isoWithOffset(until.getTime(), context.zone);
      return { variables: { archiveNo, retainUntil }, audit: { archiveNo, class: archiveClass, sha256: sealed.sha256, retainUntil, dataClass, sensitivity } };
    }),
};

async function retention(context: WorkerContext, archiveClass: string, riskLevel: string | null): Promise<{ years: number; anchor: string; dataClass: string; sensitivity: string }> {
  const found = (await context.engine.evaluateDecision('retention_policy', { class: archiveClass, riskLevel })) as Record<string, unknown> | null;
  const years = found?.['years'];
  if (typeof years !== 'number') throw new Error(`retention_policy has no row for class "${archiveClass}": add one, then resolve this incident`);
  const said = (name: string, otherwise: string): string => (typeof found?.[name] === 'string' ? found[name] : otherwise);
  return { years, anchor: said('anchor', 'completion'), dataClass: said('dataClass', 'internal'), sensitivity: said('sensitivity', 'confidential') };
}

async function collect(trx: Database, job: Job, caseNo: string): Promise<JsonObject> {
  const content: JsonObject = { caseNo, processInstanceKey: job.processInstanceKey, processId: job.bpmnProcessId, variables: job.variables };
  for (const [name, table, by, order] of parts) {
    const rows: unknown = await trx(table).where(by === 'case' ? { case_no: caseNo } : { process_instance_key: job.processInstanceKey }).orderBy(order);
    content[name] = JSON.parse(JSON.stringify(rows)) as JsonValue;
  }
  return content;
}
