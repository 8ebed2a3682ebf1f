import type { EngineRecord } from '../../engine/protocol/records.ts';

/** What the records say is there: keys by kind, variables with their values. */
export interface Replayed {
  elements: Set<string>;
  jobs: Set<string>;
  timers: Set<string>;
  /** By scope and name. */
  variables: Map<string, Map<string, string>>;
  messages: Set<string>;
  subscriptions: Set<string>;
  /** How often each process instance was created and completed. */
  created: Map<string, number>;
  completed: Map<string, number>;
  /** How often each job was completed. */
  completedJobs: Map<string, number>;
}

const count = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

/** Reads the log from its beginning, knowing nothing of how the broker keeps its state. */
export function replay(records: Iterable<EngineRecord>): Replayed {
  const seen: Replayed = { elements: new Set(), jobs: new Set(), timers: new Set(), variables: new Map(), messages: new Set(), subscriptions: new Set(), created: new Map(), completed: new Map(), completedJobs: new Map() };
  for (const { valueType, intent, key, value } of records) {
    const text = (name: string): string => String(value[name]);
    switch (`${valueType} ${intent}`) {
      case 'PROCESS_INSTANCE ELEMENT_ACTIVATING':
        seen.elements.add(key);
        if (value['bpmnElementType'] === 'PROCESS') count(seen.created, key);
        break;
      case 'PROCESS_INSTANCE ELEMENT_COMPLETED':
      case 'PROCESS_INSTANCE ELEMENT_TERMINATED':
        seen.elements.delete(key);
        seen.variables.delete(key);
        if (value['bpmnElementType'] === 'PROCESS') count(seen.completed, key);
        break;
      case 'VARIABLE CREATED':
      case 'VARIABLE UPDATED':
        if (!seen.variables.has(text('scopeKey'))) seen.variables.set(text('scopeKey'), new Map());
        seen.variables.get(text('scopeKey'))!.set(text('name'), text('value'));
        break;
      case 'JOB CREATED':
        seen.jobs.add(key);
        break;
      case 'JOB COMPLETED':
        count(seen.completedJobs, key);
        seen.jobs.delete(key);
        break;
      case 'JOB CANCELED':
        seen.jobs.delete(key);
        break;
      case 'TIMER CREATED':
        seen.timers.add(key);
        break;
      case 'TIMER TRIGGERED':
      case 'TIMER CANCELED':
        seen.timers.delete(key);
        break;
      case 'MESSAGE PUBLISHED':
        seen.messages.add(key);
        break;
      case 'MESSAGE EXPIRED':
        seen.messages.delete(key);
        break;
      case 'MESSAGE_SUBSCRIPTION CREATED':
        seen.subscriptions.add(key);
        break;
      case 'MESSAGE_SUBSCRIPTION CORRELATED':
        if (value['interrupting'] === true) seen.subscriptions.delete(key);
        break;
      case 'MESSAGE_SUBSCRIPTION DELETED':
        seen.subscriptions.delete(key);
        break;
      default:
    }
  }
  return seen;
}
