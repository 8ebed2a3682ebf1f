import type { Incident } from '../../contract/api.ts';
import type { Database } from '../../database/connect.ts';
import { elementNames } from '../element-names.ts';
import { iso } from '../request.ts';

export interface IncidentRow {
  key: string;
  error_type: string;
  message: string;
  process_instance_key: string;
  element_id: string;
  element_name: string;
  element_name_en: string | null;
  element_instance_key: string;
  job_key: string | null;
  job_type: string | null;
  job_retries: number | null;
  state: 'open' | 'resolved';
  created_at: Date;
  resolved_at: Date | null;
  same_cause: string;
}

const NAMES = elementNames('i');

/** Incidents with what they are about; the same cause is the same error at the same element. */
export async function incidentRows(db: Database, by: { key?: string; process_instance_key?: string }): Promise<IncidentRow[]> {
  const rows: IncidentRow[] = await db('read_model.incident as i')
    .join('read_model.process_definition as d', 'd.key', 'i.process_definition_key')
    .leftJoin('read_model.job as j', 'j.key', 'i.job_key')
    .select(
      'i.*',
      { job_type: 'j.type', job_retries: 'j.retries' },
      db.raw(`${NAMES.name} as element_name, ${NAMES.nameEn} as element_name_en`),
      db.raw("(select count(*) from read_model.incident o where o.state = 'open' and o.key <> i.key and o.bpmn_process_id = i.bpmn_process_id and o.element_id = i.element_id and o.error_type = i.error_type and o.message = i.message) as same_cause"),
    )
    .where(Object.fromEntries(Object.entries(by).map(([column, value]) => [`i.${column}`, value])))
    .orderBy('i.created_at', 'desc');
  return rows;
}

export function incidentOf(row: IncidentRow): Incident {
  return {
    key: row.key,
    errorType: row.error_type,
    message: row.message,
    elementId: row.element_id,
    elementName: row.element_name,
    elementNameEn: row.element_name_en,
    elementInstanceKey: row.element_instance_key,
    jobKey: row.job_key,
    jobType: row.job_type,
    state: row.state,
    createdAt: iso(row.created_at),
    resolvedAt: iso(row.resolved_at),
    sameCause: Number(row.same_cause),
  };
}
