import type { JsonObject } from '../../contract/json.ts';
import type { Key } from '../../protocol/key.ts';
import { idIn, type Owned } from '../../protocol/tenant.ts';
import type { TableSpec } from './table-spec.ts';

/** Unit of everything that waits for a signal. */
export const signalUnit = ({ signalName, tenantId }: { signalName: string } & Owned): string => `sig|${idIn(tenantId, signalName)}`;

/** A task of the engine itself that waits for a person. */
export interface UserTaskRow extends Owned {
  key: Key;
  assignee: string;
  candidateGroupsList: readonly string[];
  candidateUsersList: readonly string[];
  /** ISO 8601 with offset; empty when there is none. */
  dueDate: string;
  followUpDate: string;
  /** Of a deployed form; else `-1`. */
  formKey: Key;
  externalFormReference: string;
  customHeaders: Record<string, string>;
  /** Epoch ms. */
  creationTimestamp: number;
  elementId: string;
  elementInstanceKey: Key;
  processInstanceKey: Key;
  processDefinitionKey: Key;
  processDefinitionVersion: number;
  bpmnProcessId: string;
}

/** A catch event that waits for a signal, or the start event of a process (`catchEventInstanceKey` and `processInstanceKey` are then `-1`). */
export interface SignalSubscription extends Owned {
  key: Key;
  signalName: string;
  catchEventId: string;
  catchEventInstanceKey: Key;
  processInstanceKey: Key;
  processDefinitionKey: Key;
  bpmnProcessId: string;
}

/** A completed activity that can be undone, or a completed scope with such activities in it (`compensationHandlerId` is then empty unless it has a handler of its own). */
export interface CompensationSubscription extends Owned {
  key: Key;
  compensableActivityId: string;
  compensableActivityInstanceKey: Key;
  compensableActivityScopeKey: Key;
  compensationHandlerId: string;
  compensationHandlerInstanceKey: Key;
  /** Empty and `-1` until something undoes it. */
  throwEventId: string;
  throwEventInstanceKey: Key;
  processInstanceKey: Key;
  processDefinitionKey: Key;
}

/** An event that waits for a condition. */
export interface ConditionSubscription {
  key: Key;
  elementInstanceKey: Key;
  processInstanceKey: Key;
  elementId: string;
  /** It held when it was last looked at, and has been heard. */
  held: boolean;
}

/** One of several events that must all happen has happened. */
export interface EventArrival {
  key: Key;
  scopeKey: Key;
  elementId: string;
  variables: JsonObject;
}

export const userTasks: TableSpec<UserTaskRow> = { name: 'user_task', indexes: { element: (row) => row.elementInstanceKey } };
/** By signal, in the signal's unit; the same rows by who waits, in the unit of that. */
export const signalSubscriptions: TableSpec<SignalSubscription> = { name: 'signal_subscription' };
export const waitingSignals: TableSpec<SignalSubscription> = { name: 'waiting_signal', indexes: { element: (row) => row.catchEventInstanceKey, definition: (row) => row.processDefinitionKey } };
export const compensationSubscriptions: TableSpec<CompensationSubscription> = { name: 'compensation_subscription', indexes: { scope: (row) => row.compensableActivityScopeKey, throw: (row) => row.throwEventInstanceKey, activity: (row) => row.compensableActivityInstanceKey } };
export const conditionSubscriptions: TableSpec<ConditionSubscription> = { name: 'condition_subscription', indexes: { element: (row) => row.elementInstanceKey } };
export const eventArrivals: TableSpec<EventArrival> = { name: 'event_arrival', indexes: { scope: (row) => row.scopeKey } };
