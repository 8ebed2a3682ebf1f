import type { JsonObject } from '../../contract/json.ts';
import type { Key } from '../../protocol/key.ts';
import type { BpmnElementType, BpmnEventType } from '../../protocol/records.ts';
import { idIn, type Owned } from '../../protocol/tenant.ts';
import { businessKeys, startLocks } from './lock-tables.ts';
import type { TableSpec } from './table-spec.ts';
import { incidents, suspensions } from './standstill-tables.ts';
import { compensationSubscriptions, conditionSubscriptions, eventArrivals, signalSubscriptions, userTasks, waitingSignals } from './waiting-tables.ts';

// What is kept here changes nothing but the time it takes: the same key always gives the same text.
let lastInstance: Key = '';
let itsUnit = '';

/** Unit of all rows of one process instance. A decision asks for the same one time and again: it is put together once, and so hashed once. */
export function instanceUnit(processInstanceKey: Key): string {
  if (processInstanceKey !== lastInstance) {
    itsUnit = `pi|${processInstanceKey}`;
    lastInstance = processInstanceKey;
  }
  return itsUnit;
}

/** Unit of everything that waits for, or is buffered under, one message name and correlation key. */
export const messageUnit = ({ name, correlationKey, tenantId }: { name: string; correlationKey: string } & Owned): string => `msg|${idIn(tenantId, name)}|${correlationKey}`;
/** Unit of all deployed definitions; always in memory. */
export const DEFINITIONS = 'def';

export type ElementState = 'ACTIVATING' | 'ACTIVATED' | 'COMPLETING' | 'TERMINATING';

/** An element instance that has not ended. */
export interface ElementInstance extends Owned {
  key: Key;
  elementId: string;
  type: BpmnElementType;
  eventType: BpmnEventType;
  processInstanceKey: Key;
  processDefinitionKey: Key;
  bpmnProcessId: string;
  version: number;
  /** Element instance of the scope; `-1` for the process itself. */
  flowScopeKey: Key;
  parentProcessInstanceKey: Key;
  parentElementInstanceKey: Key;
  state: ElementState;
  /** Child element instances that have not ended. */
  children: number;
  /** Sequence flows taken whose target has not been activated. */
  flows: number;
  jobKey?: Key;
  calledInstanceKey?: Key;
  /** Place in its multi-instance, from 1; 0 outside. */
  loopCounter: number;
  /** Of a process: it stands still until it is resumed. */
  suspended?: true;
  /** Of a process: what its creator calls it; when unique, no other instance of the process it was created of has it while it runs. */
  businessKey?: { value: string; unique: boolean; bpmnProcessId: string };
  /** Set once an event subprocess (its id) or a terminate end event has interrupted this scope. */
  interruptedBy?: string;
  /** Of a gateway: the flows it decided to take. */
  chosenFlowIds?: string[];
  /** Of a multi-instance body: how many there are in all, how many have completed, and whether its completion condition holds. */
  loop?: { total: number; completed: number; terminated: number; satisfied?: boolean };
  /** Of a compensation handler: the subscription it undoes. */
  compensates?: Key;
  /** Of a process started by message: frees the lock at its end, that of the process it was started as. */
  startLock?: { messageName: string; correlationKey: string; bpmnProcessId?: string };
}

export interface Variable {
  key: Key;
  scopeKey: Key;
  name: string;
  /** JSON text. */
  value: string;
}

export type JobState = 'ACTIVATABLE' | 'ACTIVATED' | 'BACKOFF' | 'FAILED' | 'ERROR_THROWN';

export interface JobRow extends Owned {
  key: Key;
  type: string;
  state: JobState;
  retries: number;
  /** Epoch ms until which the activation holds. */
  deadline: number;
  /** Epoch ms at which a failed job becomes activatable again. */
  recurAt: number;
  worker: string;
  customHeaders: Record<string, string>;
  elementInstanceKey: Key;
  elementId: string;
  processInstanceKey: Key;
  processDefinitionKey: Key;
  bpmnProcessId: string;
  version: number;
  errorMessage: string;
  errorCode: string;
  /** 0 to 100, the highest first; 50 unless set. Ours, not Zeebe 8.5's. */
  priority?: number;
  /** Its instance is suspended: nobody gets it. */
  suspended?: true;
}

export interface TimerRow extends Owned {
  key: Key;
  /** Scope that waits; `-1` for the timer start event of a process. */
  elementInstanceKey: Key;
  processInstanceKey: Key;
  processDefinitionKey: Key;
  /** The event to trigger. */
  targetElementId: string;
  dueDate: number;
  /** How often it may still fire; -1 without end. */
  repetitions: number;
  /** Its instance is suspended: it does not fire. */
  suspended?: true;
}

/** Something that happened to a waiting scope and has not been consumed. */
export interface EventTrigger {
  key: Key;
  scopeKey: Key;
  elementId: string;
  kind: 'MESSAGE' | 'TIMER' | 'SIGNAL' | 'ERROR' | 'ESCALATION' | 'CONDITION' | 'COMPENSATION' | 'CANCEL' | 'JOB' | 'NONE';
  variables: JsonObject;
}

/** How often a sequence flow into a joining gateway has been taken and not yet consumed. */
export interface TakenFlow {
  scopeKey: Key;
  gatewayId: string;
  flowId: string;
  count: number;
}

export interface ProcessMessageSubscription extends Owned {
  key: Key;
  subscriptionKey: Key;
  elementInstanceKey: Key;
  processInstanceKey: Key;
  bpmnProcessId: string;
  messageName: string;
  correlationKey: string;
  elementId: string;
  interrupting: boolean;
}

export interface MessageSubscription extends ProcessMessageSubscription {
  key: Key;
}

export interface MessageRow extends Owned {
  key: Key;
  name: string;
  correlationKey: string;
  messageId: string;
  variables: JsonObject;
  timeToLive: number;
  /** Epoch ms until which it is kept (and its id refused). */
  deadline: number;
  /** Processes it has been correlated to. */
  correlatedTo: string[];
}

export interface ProcessRow extends Owned {
  key: Key;
  bpmnProcessId: string;
  version: number;
  resourceName: string;
  checksum: string;
  xml: string;
  deploymentKey: Key;
  /** `zeebe:versionTag` of the process. */
  versionTag?: string;
}

export interface FormRow extends Owned {
  key: Key;
  formId: string;
  version: number;
  resourceName: string;
  checksum: string;
  content: string;
}

export interface DecisionRequirementsRow extends Owned {
  key: Key;
  id: string;
  name: string;
  namespace: string;
  version: number;
  resourceName: string;
  checksum: string;
  xml: string;
}

export interface DecisionRow extends Owned {
  key: Key;
  decisionId: string;
  name: string;
  version: number;
  requirementsKey: Key;
  requirementsId: string;
}

/** Highest version ever given out for an id: a deleted number is never used again. */
export interface VersionRow {
  latest: number;
}

/** How many instances of a process definition run; it cannot be deleted meanwhile. */
export interface RunningRow {
  count: number;
}

/** Priorities that jobs of a type have had, the highest first. */
export interface JobLevelsRow {
  levels: number[];
}

export const DEFAULT_JOB_PRIORITY = 50;

/** Jobs of a type (told apart by its tenant) wait in one queue for each priority. */
export const queueFor = (jobType: string, priority: number = DEFAULT_JOB_PRIORITY): string => (priority === DEFAULT_JOB_PRIORITY ? jobType : `${jobType}\n${priority}`);

/** The job type, told apart by its tenant, whose jobs wait in a queue. */
export const jobTypeOf = (queue: string): string => queue.split('\n', 1)[0]!;

export const elementInstances: TableSpec<ElementInstance> = { name: 'element_instance', indexes: { scope: (row) => row.flowScopeKey } };
export const variables: TableSpec<Variable> = { name: 'variable', indexes: { scope: (row) => row.scopeKey }, carrier: { table: 'element_instance', key: (row) => row.scopeKey, size: (row) => row.name.length + row.value.length + 100 } };
export const jobs: TableSpec<JobRow> = {
  name: 'job',
  indexes: { element: (row) => row.elementInstanceKey },
  dueAt: (row) => (row.state === 'ACTIVATED' ? row.deadline : row.state === 'BACKOFF' ? row.recurAt : null),
  queue: (row) => (row.state === 'ACTIVATABLE' && row.suspended !== true ? queueFor(idIn(row.tenantId, row.type), row.priority) : null),
};
export const timers: TableSpec<TimerRow> = { name: 'timer', indexes: { element: (row) => row.elementInstanceKey, definition: (row) => row.processDefinitionKey }, dueAt: (row) => (row.suspended === true ? null : row.dueDate) };
export const eventTriggers: TableSpec<EventTrigger> = { name: 'event_trigger', indexes: { scope: (row) => row.scopeKey } };
export const takenFlows: TableSpec<TakenFlow> = { name: 'taken_flow', indexes: { gateway: (row) => `${row.scopeKey}:${row.gatewayId}`, scope: (row) => row.scopeKey }, carrier: { table: 'element_instance', key: (row) => row.scopeKey, size: () => 120 } };
export const processMessageSubscriptions: TableSpec<ProcessMessageSubscription> = { name: 'process_message_subscription', indexes: { element: (row) => row.elementInstanceKey } };
export const messageSubscriptions: TableSpec<MessageSubscription> = { name: 'message_subscription' };
export const messages: TableSpec<MessageRow> = { name: 'message', dueAt: (row) => row.deadline };
export const processes: TableSpec<ProcessRow> = { name: 'process', indexes: { id: (row) => idIn(row.tenantId, row.bpmnProcessId) } };
export const forms: TableSpec<FormRow> = { name: 'form', indexes: { id: (row) => idIn(row.tenantId, row.formId) } };
export const decisionRequirements: TableSpec<DecisionRequirementsRow> = { name: 'decision_requirements', indexes: { id: (row) => idIn(row.tenantId, row.id) } };
export const decisions: TableSpec<DecisionRow> = { name: 'decision', indexes: { id: (row) => idIn(row.tenantId, row.decisionId), requirements: (row) => row.requirementsKey } };
export const versions: TableSpec<VersionRow> = { name: 'version' };
export const running: TableSpec<RunningRow> = { name: 'running' };
export const jobLevels: TableSpec<JobLevelsRow> = { name: 'job_levels' };

/** Every table; the store and the cache know rows only by these. */
export const allTables: readonly TableSpec<never>[] = [
  elementInstances,
  variables,
  jobs,
  userTasks,
  incidents,
  timers,
  eventTriggers,
  takenFlows,
  processMessageSubscriptions,
  messageSubscriptions,
  signalSubscriptions,
  waitingSignals,
  compensationSubscriptions,
  conditionSubscriptions,
  eventArrivals,
  messages,
  startLocks,
  processes,
  forms,
  decisionRequirements,
  decisions,
  versions,
  running,
  suspensions,
  jobLevels,
  businessKeys,
] as unknown as readonly TableSpec<never>[];
