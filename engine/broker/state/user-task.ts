import type { JsonObject } from '../../contract/json.ts';
import { NO_KEY, type Key } from '../../protocol/key.ts';
import { ownedBy, tenantOf } from '../../protocol/tenant.ts';
import type { EngineState } from './engine-state.ts';
import { instanceUnit, type ElementInstance, type ProcessRow } from './tables.ts';
import { userTasks, type UserTaskRow } from './waiting-tables.ts';

export const findUserTask = (state: EngineState, key: Key): UserTaskRow | undefined => state.rows.get(userTasks, key);

/** The open user task of an element instance. */
export const userTaskOf = (state: EngineState, instance: ElementInstance): UserTaskRow | undefined => state.rows.find(instanceUnit(instance.processInstanceKey), userTasks, 'element', instance.key)[0];

interface Said {
  action?: string;
  variables?: JsonObject;
  changedAttributes?: readonly string[];
}

function record(state: EngineState, intents: readonly string[], { key, ...value }: UserTaskRow, { action = '', variables = {}, changedAttributes = [] }: Said = {}): void {
  for (const intent of intents) state.record('USER_TASK', intent, key, { ...value, userTaskKey: key, action, variables, changedAttributes, tenantId: tenantOf(value) } as unknown as JsonObject);
}

const put = (state: EngineState, row: UserTaskRow): void => state.rows.put(instanceUnit(row.processInstanceKey), userTasks, row.key, row);

const remove = (state: EngineState, row: UserTaskRow): void => state.rows.delete(instanceUnit(row.processInstanceKey), userTasks, row.key);

/** Java writes no seconds when there are none. */
const asJavaWrites = (date = ''): string => date.replace(/(T\d{2}:\d{2}):00(?=Z|[+-])/, '$1');

/** USER_TASK CREATING and CREATED. */
export function userTaskCreated(
  state: EngineState,
  instance: ElementInstance,
  properties: { assignee?: string; candidateGroups?: readonly string[]; candidateUsers?: readonly string[]; dueDate?: string; followUpDate?: string; formKey?: Key; externalReference?: string },
  customHeaders: Record<string, string>,
): void {
  const row: UserTaskRow = {
    key: state.mintKey(),
    assignee: properties.assignee ?? '',
    candidateGroupsList: properties.candidateGroups ?? [],
    candidateUsersList: properties.candidateUsers ?? [],
    dueDate: asJavaWrites(properties.dueDate),
    followUpDate: asJavaWrites(properties.followUpDate),
    formKey: properties.formKey ?? NO_KEY,
    externalFormReference: properties.externalReference ?? '',
    customHeaders,
    creationTimestamp: state.now,
    elementId: instance.elementId,
    elementInstanceKey: instance.key,
    processInstanceKey: instance.processInstanceKey,
    processDefinitionKey: instance.processDefinitionKey,
    processDefinitionVersion: instance.version,
    bpmnProcessId: instance.bpmnProcessId,
    ...ownedBy(instance.tenantId),
  };
  record(state, ['CREATING', 'CREATED'], row);
  put(state, row);
}

/** ASSIGNING and ASSIGNED. An empty assignee gives the task back. */
export function userTaskAssigned(state: EngineState, task: UserTaskRow, assignee: string, action: string): void {
  const row = { ...task, assignee };
  record(state, ['ASSIGNING', 'ASSIGNED'], row, { action });
  put(state, row);
}

/** UPDATING and UPDATED. */
export function userTaskUpdated(state: EngineState, task: UserTaskRow, changes: Partial<Pick<UserTaskRow, 'candidateGroupsList' | 'candidateUsersList' | 'dueDate' | 'followUpDate'>>, action: string): void {
  const row = { ...task, ...changes };
  record(state, ['UPDATING', 'UPDATED'], row, { action, changedAttributes: Object.keys(changes) });
  put(state, row);
}

/** MIGRATED: it belongs to another definition from here on. Later records of it tell where it was created, as in Zeebe 8.5.8. */
export function userTaskMigrated(state: EngineState, task: UserTaskRow, target: ProcessRow, elementId: string): void {
  record(state, ['MIGRATED'], { ...task, elementId, bpmnProcessId: target.bpmnProcessId, processDefinitionKey: target.key, processDefinitionVersion: target.version });
}

/** COMPLETING and COMPLETED. */
export function userTaskCompleted(state: EngineState, task: UserTaskRow, variables: JsonObject, action: string): void {
  record(state, ['COMPLETING', 'COMPLETED'], task, { action, variables });
  remove(state, task);
}

/** CANCELING and CANCELED. */
export function userTaskCanceled(state: EngineState, task: UserTaskRow): void {
  record(state, ['CANCELING', 'CANCELED'], task);
  remove(state, task);
}
