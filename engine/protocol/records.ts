import type { JsonObject, JsonValue } from '../contract/json.ts';
import type { Key } from './key.ts';

/** Value types of Zeebe 8.5 that this engine writes. */
export type ValueType =
  | 'DEPLOYMENT'
  | 'PROCESS'
  | 'FORM'
  | 'DECISION'
  | 'DECISION_REQUIREMENTS'
  | 'DECISION_EVALUATION'
  | 'PROCESS_INSTANCE'
  | 'PROCESS_INSTANCE_CREATION'
  | 'PROCESS_INSTANCE_RESULT'
  | 'PROCESS_INSTANCE_MODIFICATION'
  | 'PROCESS_INSTANCE_MIGRATION'
  | 'PROCESS_EVENT'
  | 'JOB'
  | 'INCIDENT'
  | 'VARIABLE'
  | 'VARIABLE_DOCUMENT'
  | 'TIMER'
  | 'MESSAGE'
  | 'MESSAGE_SUBSCRIPTION'
  | 'PROCESS_MESSAGE_SUBSCRIPTION'
  | 'MESSAGE_START_EVENT_SUBSCRIPTION'
  | 'ESCALATION'
  | 'SIGNAL'
  | 'SIGNAL_SUBSCRIPTION'
  | 'COMPENSATION_SUBSCRIPTION'
  | 'USER_TASK'
  | 'RESOURCE_DELETION'
  // ours, not Zeebe 8.5's
  | 'SUSPENSION';

/** A fact of the engine in Zeebe's JSON shape. Only events leave the engine; commands and rejections do not. */
export interface EngineRecord {
  /** Rises by one per record and partition. */
  position: string;
  partitionId: number;
  key: Key;
  recordType: 'EVENT';
  valueType: ValueType;
  intent: string;
  /** Epoch milliseconds. */
  timestamp: number;
  brokerVersion: string;
  value: JsonObject;
}

/** Where the record log has a long value: a line of the text that keeps a batch, behind a `=`. */
export interface ValuePlace {
  /** Position of the batch's last record. */
  batch: string;
  /** Number of the line, from 1. */
  line: number;
}

/** A record as it is read from where it is kept. */
export interface LoggedRecord extends EngineRecord {
  /** Where the value of a VARIABLE can be read again, so that nobody need copy it; missing when it is not long, or whoever keeps the records cannot tell. */
  valuePlace?: ValuePlace;
}

/** Value of a PROCESS_INSTANCE record. */
export interface ProcessInstanceValue {
  bpmnProcessId: string;
  version: number;
  processDefinitionKey: Key;
  processInstanceKey: Key;
  elementId: string;
  flowScopeKey: Key;
  bpmnElementType: BpmnElementType;
  bpmnEventType: BpmnEventType;
  parentProcessInstanceKey: Key;
  parentElementInstanceKey: Key;
  tenantId: string;
}

export type BpmnElementType =
  | 'PROCESS'
  | 'SUB_PROCESS'
  | 'EVENT_SUB_PROCESS'
  | 'AD_HOC_SUB_PROCESS'
  | 'MULTI_INSTANCE_BODY'
  | 'START_EVENT'
  | 'END_EVENT'
  | 'INTERMEDIATE_CATCH_EVENT'
  | 'INTERMEDIATE_THROW_EVENT'
  | 'BOUNDARY_EVENT'
  | 'SERVICE_TASK'
  | 'SEND_TASK'
  | 'USER_TASK'
  | 'SCRIPT_TASK'
  | 'BUSINESS_RULE_TASK'
  | 'RECEIVE_TASK'
  | 'MANUAL_TASK'
  | 'TASK'
  | 'CALL_ACTIVITY'
  | 'EXCLUSIVE_GATEWAY'
  | 'PARALLEL_GATEWAY'
  | 'INCLUSIVE_GATEWAY'
  | 'EVENT_BASED_GATEWAY'
  | 'SEQUENCE_FLOW';

export type BpmnEventType = 'UNSPECIFIED' | 'NONE' | 'MESSAGE' | 'TIMER' | 'ERROR' | 'ESCALATION' | 'TERMINATE' | 'SIGNAL' | 'LINK' | 'COMPENSATION' | 'CONDITIONAL' | 'CANCEL' | 'MULTIPLE';

/** Zeebe's error types of incidents. */
export type IncidentErrorType =
  | 'IO_MAPPING_ERROR'
  | 'JOB_NO_RETRIES'
  | 'CONDITION_ERROR'
  | 'EXTRACT_VALUE_ERROR'
  | 'CALLED_ELEMENT_ERROR'
  | 'UNHANDLED_ERROR_EVENT'
  | 'MESSAGE_SIZE_EXCEEDED'
  | 'CALLED_DECISION_ERROR'
  | 'DECISION_EVALUATION_ERROR'
  | 'FORM_NOT_FOUND';

/** Why a command was refused; the gateway maps it to a gRPC status. */
export type RejectionType = 'INVALID_ARGUMENT' | 'NOT_FOUND' | 'ALREADY_EXISTS' | 'INVALID_STATE' | 'PROCESSING_ERROR' | 'EXCEEDED_BATCH_RECORD_SIZE';

export type { JsonObject, JsonValue, Key };
