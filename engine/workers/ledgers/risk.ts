import type { Database } from '../../database/connect.ts';
import type { Job } from '../job-worker.ts';
import { columnsOf, type FollowedVariables } from './followed-variables.ts';

/** Risk register column of each process variable it follows. */
const followed: FollowedVariables = [
  ['title', 'title', 'text'],
  ['risk_type', 'riskType', 'text'],
  ['risk_source', 'riskSource', 'text'],
  ['stage', 'stage', 'text'],
  ['owner_dept', 'ownerDept', 'text'],
  ['place', 'place', 'text'],
  ['impact_scope', 'impactScope', 'text'],
  ['customers_affected', 'customersAffected', 'whole'],
  ['loss_estimate', 'lossEstimate', 'number'],
  ['loss_actual', 'lossActual', 'number'],
  ['likelihood', 'likelihood', 'whole'],
  ['impact', 'impact', 'whole'],
  ['score', 'score', 'whole'],
  ['computed_level', 'computedLevel', 'text'],
  ['risk_level', 'riskLevel', 'text'],
  ['cause_kind', 'causeKind', 'text'],
  ['occurred_at', 'occurredAt', 'instant'],
  ['recovered_at', 'recoveredAt', 'instant'],
  ['rto_minutes', 'rtoMinutes', 'number'],
  ['false_alarm', 'falseAlarm', 'flag'],
];

/** What the register held before. */
export interface RegisterChange {
  existed: boolean;
  fromLevel: string | null;
  toLevel: string | null;
}

/** Brings the register row of a risk up to what the job's variables say; a changed level gets a row in the order of time. */
export async function storeRisk(trx: Database, job: Job, riskNo: string, status: 'open' | 'closed', at: Date): Promise<RegisterChange> {
  const values = columnsOf(followed, job.variables);
  const before: { risk_level: string | null } | undefined = await trx('app.risk_incident').select('risk_level').where({ risk_no: riskNo }).forUpdate().first();
  const closed = status === 'closed' ? { closed_at: at } : {};
  if (before === undefined) await trx('app.risk_incident').insert({ risk_no: riskNo, process_instance_key: job.processInstanceKey, registered_at: at, updated_at: at, status, ...closed, ...values });
  else await trx('app.risk_incident').where({ risk_no: riskNo }).update({ updated_at: at, status, ...closed, ...values });
  const change = { existed: before !== undefined, fromLevel: before?.risk_level ?? null, toLevel: (values['risk_level'] as string | undefined) ?? before?.risk_level ?? null };
  if (change.toLevel !== null && change.toLevel !== change.fromLevel) await trx('app.risk_level_change').insert({ risk_no: riskNo, from_level: change.fromLevel, to_level: change.toLevel, element_id: job.elementId, at });
  return change;
}

/** Gives back what was booked for a case; resolves with how many activations were open. */
export function releaseResources(trx: Database, caseNo: string, at: Date): Promise<number> {
  return trx('app.emergency_activation').where({ case_no: caseNo }).whereNull('released_at').update({ released_at: at });
}
