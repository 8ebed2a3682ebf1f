import type { JsonObject } from '../contract/json.ts';
import type { Key } from './key.ts';
import type { RejectionType } from './records.ts';

/** What may be asked of the broker. `activate_jobs` with `jobKeys` considers those alone; `create_process_instance` with `startElementIds` begins at those instead of the none start event. What names no tenant is the default one's. Commands from the gateway first, then those the broker gives itself when time has come. */
export type Command = { /** Tenants that whoever gives it may act for; what belongs to others is not there for it. @default all */ authorized?: readonly string[]; /** Who gives it: those who give commands are served in turn. @default the broker itself */ source?: string } & (
  | { type: 'deploy_resources'; resources: { name: string; content: string; checksum: string }[]; tenantId?: string }
  | { type: 'delete_resource'; resourceKey: Key }
  | { type: 'create_process_instance'; bpmnProcessId: string; processDefinitionKey: Key; version: number; variables: JsonObject; startElementIds?: readonly string[]; businessKey?: { value: string; unique: boolean }; awaitResult?: { fetchVariables: string[]; timeoutMs: number }; tenantId?: string }
  | { type: 'cancel_process_instance'; processInstanceKey: Key }
  | { type: 'modify_process_instance'; processInstanceKey: Key; activate: readonly { elementId: string; ancestorKey: Key; variables: readonly { scopeId: string; variables: JsonObject }[] }[]; terminate: readonly Key[] }
  | { type: 'migrate_process_instance'; processInstanceKey: Key; targetDefinitionKey: Key; mappings: readonly { sourceId: string; targetId: string }[] }
  | { type: 'set_variables'; elementInstanceKey: Key; variables: JsonObject; local: boolean }
  | { type: 'activate_jobs'; jobType: string; worker: string; timeoutMs: number; maxJobs: number; fetchVariables: string[]; jobKeys?: readonly Key[]; tenantIds?: readonly string[] }
  | { type: 'complete_job'; jobKey: Key; variables: JsonObject }
  | { type: 'fail_job'; jobKey: Key; retries: number; errorMessage: string; backOffMs: number; variables: JsonObject }
  | { type: 'throw_error'; jobKey: Key; errorCode: string; errorMessage: string; variables: JsonObject }
  | { type: 'update_job_retries'; jobKey: Key; retries: number }
  | { type: 'update_job_timeout'; jobKey: Key; timeoutMs: number }
  | { type: 'publish_message'; name: string; correlationKey: string; messageId: string; timeToLiveMs: number; variables: JsonObject; tenantId?: string }
  | { type: 'broadcast_signal'; signalName: string; variables: JsonObject; tenantId?: string }
  | { type: 'resolve_incident'; incidentKey: Key }
  | { type: 'suspend'; target: SuspensionTarget }
  | { type: 'resume'; target: SuspensionTarget }
  | { type: 'evaluate_decision'; decisionId: string; decisionKey: Key; variables: JsonObject; tenantId?: string }
  | { type: 'evaluate_conditions'; variables: JsonObject; processDefinitionKey?: Key; tenantId?: string }
  | { type: 'assign_user_task'; userTaskKey: Key; assignee: string; action: string }
  | { type: 'claim_user_task'; userTaskKey: Key; assignee: string; action: string }
  | { type: 'update_user_task'; userTaskKey: Key; changes: UserTaskChanges; action: string }
  | { type: 'complete_user_task'; userTaskKey: Key; variables: JsonObject; action: string }
  | { type: 'trigger_timer'; timerKey: Key }
  | { type: 'look_at_job'; jobKey: Key }
  | { type: 'expire_message'; messageKey: Key }
);

/** What to change of a user task; what is left out stays. Dates are ISO 8601 with offset. An empty list or text clears. */
export interface UserTaskChanges {
  candidateGroups?: readonly string[];
  candidateUsers?: readonly string[];
  dueDate?: string;
  followUpDate?: string;
}

/** What can be made to stand still: an instance with those it has called, the beginning of a definition's instances, the handing out of a type's jobs. */
export type SuspensionTarget = { kind: 'process_instance' | 'process_definition'; key: Key } | { kind: 'job_type'; jobType: string; tenantId?: string };

export type CommandType = Command['type'];

/** The outcome of a command: what the client gets, or why it was refused. */
export type Answer<Value = unknown> = { ok: true; value: Value } | { ok: false; rejection: RejectionType | 'RESOURCE_EXHAUSTED' | 'DEADLINE_EXCEEDED' | 'UNAVAILABLE'; reason: string };

export interface ActivatedJob {
  key: Key;
  type: string;
  processInstanceKey: Key;
  bpmnProcessId: string;
  processDefinitionVersion: number;
  processDefinitionKey: Key;
  elementId: string;
  elementInstanceKey: Key;
  customHeaders: Record<string, string>;
  worker: string;
  retries: number;
  /** Epoch ms. */
  deadline: number;
  variables: JsonObject;
  tenantId: string;
}
