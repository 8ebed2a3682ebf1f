import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { objectOf, textOf } from '../job-input.ts';
import type { Job } from '../job-worker.ts';
import { columnsOf, columnValue, type FollowedVariables } from './followed-variables.ts';

/** Appointment ledger column of each process variable it follows. */
const ofAppointment: FollowedVariables = [
  ['customer_no', 'customerNo', 'text'],
  ['customer_type', 'customerType', 'text'],
  ['channel', 'channel', 'text'],
  ['site', 'site', 'text'],
  ['mode', 'mode', 'text'],
  ['service_class', 'serviceClass', 'text'],
  ['business', 'business', 'text'],
  ['amount', 'amount', 'number'],
  ['resource_group', 'resourceGroup', 'text'],
  ['minutes', 'minutes', 'whole'],
  ['priority_rank', 'priorityRank', 'whole'],
  ['arrived_at', 'arrivedAt', 'instant'],
  ['started_at', 'startedAt', 'instant'],
  ['finished_at', 'finishedAt', 'instant'],
  ['result', 'result', 'text'],
];

/** Application ledger column of each process variable it follows. */
const ofApplication: FollowedVariables = [
  ['appointment_no', 'appointmentNo', 'text'],
  ['customer_no', 'customerNo', 'text'],
  ['customer_type', 'customerType', 'text'],
  ['channel', 'channel', 'text'],
  ['site', 'site', 'text'],
  ['service_class', 'serviceClass', 'text'],
  ['business', 'business', 'text'],
  ['product', 'product', 'text'],
  ['amount', 'amount', 'number'],
  ['term_months', 'term', 'whole'],
  ['product_risk', 'productRisk', 'text'],
  ['risk_tolerance', 'riskTolerance', 'text'],
  ['suitability', 'suitability', 'text'],
  ['review_levels', 'reviewLevels', 'whole'],
  ['last_passed', 'lastPassed', 'whole'],
  ['results', 'reviewResults', 'rows'],
  ['execute_group', 'executeGroup', 'texts'],
  ['accepted_at', 'acceptedAt', 'instant'],
  ['finished_at', 'finishedAt', 'instant'],
];

/** Status of an appointment when its case ends so. */
const statusAtEnd: Readonly<Record<string, string>> = { completed: 'served', no_show: 'noshow', cancelled: 'cancelled', expired: 'expired', no_slot: 'unavailable', identity_failed: 'rejected' };

/** Inserts the ledger row of a new appointment. */
export async function insertAppointment(trx: Database, job: Job, appointmentNo: string, at: Date): Promise<void> {
  await trx('app.appointment').insert({ appointment_no: appointmentNo, process_instance_key: job.processInstanceKey, status: 'requested', registered_at: at, ...columnsOf(ofAppointment, job.variables) });
}

/** Inserts the ledger row of a new application. */
export async function insertApplication(trx: Database, job: Job, applicationNo: string, at: Date): Promise<void> {
  await trx('app.service_application').insert({ application_no: applicationNo, process_instance_key: job.processInstanceKey, registered_at: at, ...columnsOf(ofApplication, job.variables) });
}

/** Brings the row of the job's appointment or application up to what its variables say; other processes have none. */
export async function syncService(trx: Database, job: Job, results: JsonObject, at: Date): Promise<void> {
  if (job.bpmnProcessId === 'service_appointment') await syncAppointment(trx, job, results, at);
  else if (job.bpmnProcessId === 'service_application') await syncApplication(trx, job, results);
}

async function syncAppointment(trx: Database, job: Job, results: JsonObject, at: Date): Promise<void> {
  const appointmentNo = textOf(job, 'appointmentNo');
  if (appointmentNo === null) return;
  await trx('app.appointment').where({ appointment_no: appointmentNo }).update({ ...columnsOf(ofAppointment, { ...job.variables, ...results }), ...slotChange(job, results, at) });
}

/** What a change of the reserved time means for the appointment. */
function slotChange(job: Job, results: JsonObject, at: Date): Record<string, unknown> {
  switch (job.type) {
    case 'slot.hold': {
      const slot = objectOf({ ...job, variables: results }, 'slot');
      return slot['start'] === undefined ? {} : { status: 'held', resource_id: slot['resourceId'], start_at: new Date(String(slot['start'])), end_at: new Date(String(slot['end'])), confirmed_at: null };
    }
    case 'slot.confirm':
      return { status: 'confirmed', confirmed_at: at };
    case 'slot.wait':
      return { status: 'waiting' };
    case 'slot.release':
      return { status: 'requested', resource_id: null, start_at: null, end_at: null, confirmed_at: null };
    default:
      return {};
  }
}

async function syncApplication(trx: Database, job: Job, results: JsonObject): Promise<void> {
  const applicationNo = textOf(job, 'applicationNo');
  if (applicationNo === null) return;
  const variables = { ...job.variables, ...results };
  const status = job.type === 'progress.log' ? textOf(job, 'status') : null;
  const values = { ...columnsOf(ofApplication, variables), ...(status === null ? {} : { status }) };
  if (Object.keys(values).length > 0) await trx('app.service_application').where({ application_no: applicationNo }).update(values);
  const eta = columnValue(variables['dueExecute'], 'instant');
  if (eta !== undefined) await trx('app.service_order').where({ application_no: applicationNo, status: 'open' }).update({ eta });
}

/** Closes the rows of an appointment or application with the outcome of its case. */
export async function closeService(trx: Database, number: string, outcome: string, at: Date): Promise<void> {
  const status = statusAtEnd[outcome];
  await trx('app.appointment').where({ appointment_no: number }).whereNull('closed_at').update({ closed_at: at, outcome, ...(status === undefined ? {} : { status }) });
  await trx('app.service_application').where({ application_no: number }).whereNull('closed_at').update({ closed_at: at, outcome, status: outcome });
  await trx('app.slot_wait').where({ appointment_no: number }).whereNull('told_at').delete();
}
