import type { Key } from '../../protocol/key.ts';
import type { IncidentErrorType } from '../../protocol/records.ts';
import type { Owned } from '../../protocol/tenant.ts';
import type { TableSpec } from './table-spec.ts';

export interface IncidentRow extends Owned {
  key: Key;
  errorType: IncidentErrorType;
  errorMessage: string;
  elementInstanceKey: Key;
  elementId: string;
  jobKey: Key;
  processInstanceKey: Key;
  processDefinitionKey: Key;
  bpmnProcessId: string;
  variableScopeKey: Key;
}

/** What is suspended beside instances: a process definition by key, or a job type; and instances that were met while a definition keeps them still. */
export interface SuspensionRow extends Owned {
  kind: 'process_definition' | 'job_type' | 'held_instance';
  id: string;
}

export const incidents: TableSpec<IncidentRow> = { name: 'incident', indexes: { element: (row) => row.elementInstanceKey, job: (row) => row.jobKey } };
export const suspensions: TableSpec<SuspensionRow> = { name: 'suspension', indexes: { kind: (row) => row.kind } };
