import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { caseNoOf } from '../job-input.ts';
import type { Job } from '../job-worker.ts';

/** How a person stands after an interim measure of this type; other measures leave the duty alone. */
export const dutyOf: Readonly<Record<string, 'suspended' | 'restricted'>> = { suspend: 'suspended', restrict: 'restricted' };

/** A row of the sanction ledger, as far as lifting and ending it needs. */
export interface SanctionRow {
  sanction_no: string;
  case_no: string;
  staff_no: string;
  type: string;
  duty_before: string | null;
}

/** The person in a variable that holds `{staffNo}` or the staff number itself; null when there is none. */
export function staffNoOf(person: unknown): string | null {
  if (typeof person === 'string' && person !== '') return person;
  if (person === null || typeof person !== 'object' || Array.isArray(person)) return null;
  const { staffNo } = person as JsonObject;
  return typeof staffNo === 'string' && staffNo !== '' ? staffNo : null;
}

/** Appends to the service responsibility record of a person; the record is opened with 100 points when it is the first entry. */
export async function addToStaffRecord(trx: Database, job: Job, staffNo: string, kind: string, detail: JsonObject, at: Date): Promise<void> {
  await trx('app.staff_record').insert({ staff_no: staffNo, updated_at: at }).onConflict('staff_no').merge({ updated_at: at });
  await trx('app.staff_record_entry').insert({ staff_no: staffNo, case_no: caseNoOf(job), process_instance_key: job.processInstanceKey, kind, detail: JSON.stringify(detail), at });
}

/**
 * Gives a person the duty back that an interim measure took, unless another measure still takes it. Somebody who has meanwhile
 * gone off duty for another reason stays so.
 */
export async function restoreDuty(trx: Database, sanction: SanctionRow): Promise<void> {
  const taken = dutyOf[sanction.type];
  if (taken === undefined) return;
  const other: { type: string } | undefined = await trx('app.sanction').select('type').where({ staff_no: sanction.staff_no, status: 'in_force', interim: true }).whereIn('type', Object.keys(dutyOf)).whereNot({ sanction_no: sanction.sanction_no }).orderByRaw(`type = 'suspend' desc`).first();
  const duty = other === undefined ? (sanction.duty_before ?? 'on') : dutyOf[other.type];
  await trx('app.app_user').where({ id: sanction.staff_no, duty: taken }).update({ duty });
}
