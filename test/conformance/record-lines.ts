import type { SeenRecord } from './target.ts';

type Value = Record<string, unknown>;

/** How the records of a value type are told; what is not here is not looked at. */
const TELL: Record<string, (value: Value, elementOf: (key: unknown) => string) => string> = {
  PROCESS_INSTANCE: (value) => `${value['elementId']}${value['bpmnElementType'] === 'MULTI_INSTANCE_BODY' ? ' (body)' : ''}`,
  JOB: (value) => `${value['elementId']} ${value['type']} retries=${value['retries']}${value['errorMessage'] ? ` "${value['errorMessage']}"` : ''}${value['errorCode'] ? ` ${value['errorCode']}` : ''}`,
  VARIABLE: (value, elementOf) => `${value['name']}=${String(value['value']).length > LONG ? `${String(value['value']).length} characters` : canonical(String(value['value']))} in ${elementOf(value['scopeKey'])}`,
  INCIDENT: (value) => `${value['elementId']} ${value['errorType']} | ${String(value['errorMessage']).replace(/\s+/g, ' ')}`,
  TIMER: (value) => `${value['targetElementId']} repetitions=${value['repetitions']}`,
  PROCESS_MESSAGE_SUBSCRIPTION: (value) => `${value['elementId']} ${value['messageName']} '${value['correlationKey']}'`,
  SIGNAL: (value) => `${value['signalName']} ${canonical(JSON.stringify(value['variables']))}`,
  SIGNAL_SUBSCRIPTION: (value) => `${value['catchEventId']} ${value['signalName']}`,
  COMPENSATION_SUBSCRIPTION: (value, elementOf) => {
    const told = (name: string, of: string): string => (value[of] === '' || value[of] === undefined ? '' : ` ${name}=${value[of]}`);
    return `${value['compensableActivityId']} in ${elementOf(value['compensableActivityScopeKey'])}${told('handler', 'compensationHandlerId')}${told('thrown by', 'throwEventId')} ${canonical(JSON.stringify(value['variables']))}`;
  },
  USER_TASK: (value) => `${value['elementId']} ${canonical(JSON.stringify(Object.fromEntries(TASK_VALUES.filter((name) => hasContent(value[name])).map((name) => [name, value[name]]))))}`,
  ESCALATION: (value) => `${value['escalationCode']} from ${value['throwElementId']} to '${value['catchElementId']}'`,
};

/** Values longer than this are told by their length. */
const LONG = 10_000;

/** What is told of a user task, as far as it is there. */
const TASK_VALUES = ['assignee', 'candidateGroupsList', 'candidateUsersList', 'dueDate', 'followUpDate', 'externalFormReference', 'customHeaders', 'changedAttributes', 'action', 'variables'];

const hasContent = (value: unknown): boolean => value !== undefined && value !== '' && (typeof value !== 'object' || Object.keys(value as object).length > 0);

/** JSON with the entries of objects in the order of their names. */
export function canonical(json: string): string {
  return JSON.stringify(JSON.parse(json), (_name, each: unknown) => (each !== null && typeof each === 'object' && !Array.isArray(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each));
}

/** JOB ACTIVATED is ours alone; when subscriptions open and close is a matter of Zeebe's own messages between its partitions. */
const LEFT_OUT = new Set(['JOB ACTIVATED', 'JOB TIMED_OUT', 'PROCESS_MESSAGE_SUBSCRIPTION CREATING', 'PROCESS_MESSAGE_SUBSCRIPTION DELETING', 'PROCESS_MESSAGE_SUBSCRIPTION CREATED', 'PROCESS_MESSAGE_SUBSCRIPTION DELETED', 'INCIDENT MIGRATED']);

/** Steps of an element's life that follow each other stand on one line. */
const lifeOf = (intent: string): string => intent.replace('ELEMENT_', '').replace('SEQUENCE_FLOW_', '').toLowerCase();

/**
 * The records of one scenario (recognized by the suffix of its process ids), one line each: instance after instance in the order
 * of their beginnings, each instance's records in their order. How instances interleave is left to the engine.
 */
export function describeRecords(records: readonly SeenRecord[], suffix: string): string[] {
  const mine = records.filter(({ recordType, value }) => recordType === 'EVENT' && typeof value['bpmnProcessId'] === 'string' && value['bpmnProcessId'].endsWith(suffix));
  const own = new Set(mine);
  const definitions = new Set(mine.map(({ value }) => value['processDefinitionKey']));
  const instances = new Set(mine.map(({ value }) => String(value['processInstanceKey'])).filter((key) => key !== '-1'));
  const elements = new Map<unknown, string>();
  const homes = new Map<string, string>();
  const lines = new Map<string, string[]>();
  for (const record of records) {
    const { key, recordType, valueType, intent, value } = record;
    // Zeebe says of a timer start event which instance it has started.
    const instance = valueType === 'TIMER' && String(value['elementInstanceKey']) === '-1' ? '-1' : valueType === 'SIGNAL' ? 'signals' : String(value['processInstanceKey'] ?? homes.get(String(value['catchEventInstanceKey'])) ?? '-1');
    if (recordType !== 'EVENT' || TELL[valueType] === undefined) continue;
    if (valueType === 'TIMER' ? !definitions.has(value['processDefinitionKey']) : valueType === 'SIGNAL' ? !String(value['signalName']).endsWith(suffix) : valueType === 'ESCALATION' || valueType === 'COMPENSATION_SUBSCRIPTION' ? !instances.has(instance) : !own.has(record)) continue;
    if (valueType === 'PROCESS_INSTANCE') {
      elements.set(key, String(value['elementId']));
      homes.set(key, instance);
    }
    if (LEFT_OUT.has(`${valueType} ${intent}`)) continue;
    if (value['elementId'] === 'NO_CATCH_EVENT_FOUND') value['elementId'] = elements.get(value['elementInstanceKey']);
    if (!lines.has(instance)) lines.set(instance, []);
    tell(lines.get(instance)!, valueType, intent, TELL[valueType]!(value, (scope) => elements.get(scope) ?? 'the instance'));
  }
  return [...lines.values()].flat();
}

function tell(lines: string[], valueType: string, intent: string, told: string): void {
  if (valueType !== 'PROCESS_INSTANCE') lines.push(`${valueType} ${intent} ${told}`);
  else if (lines.at(-1)?.startsWith(`${told}: `) === true) lines.push(`${lines.pop()} ${lifeOf(intent)}`);
  else lines.push(`${told}: ${lifeOf(intent)}`);
}
