import type { Broker } from '../broker/index.ts';
import type { JsonObject, JsonValue } from '../contract/json.ts';
import type { EngineRecord } from '../protocol/records.ts';

const USER_TASK = 'io.camunda.zeebe:userTask';
const HEADER = 'io.camunda.zeebe:';
const PAGE = 20_000;

/** A task somebody has to do. */
export interface OpenTask {
  key: string;
  processInstanceKey: string;
  bpmnProcessId: string;
  elementId: string;
  elementInstanceKey: string;
  assignee: string | null;
  candidateGroups: string[];
  candidateUsers: string[];
  formKey: string | null;
  dueAt: number | null;
  createdAt: number;
}

/** A case that waits for a message. */
export interface Awaited {
  message: string;
  correlationKey: string;
  processInstanceKey: string;
}

/** A step that cannot go on. */
export interface Stuck {
  key: string;
  jobKey: string;
  processInstanceKey: string;
  elementId: string;
  elementInstanceKey: string;
  message: string;
}

/** What has happened since the last look. */
export interface News {
  tasks: OpenTask[];
  awaited: Awaited[];
  stuck: Stuck[];
}

/** Follows the engine's records, as far as the people of the play need to know. */
export class EngineMirror {
  readonly open = new Map<string, OpenTask>();
  private readonly broker: Broker;
  private position = '0';
  private readonly around = new Map<string, string>();
  private readonly parents = new Map<string, string>();
  private readonly variables = new Map<string, Map<string, string>>();

  constructor(broker: Broker) {
    this.broker = broker;
  }

  async look(): Promise<News> {
    const news: News = { tasks: [], awaited: [], stuck: [] };
    for (;;) {
      const records = await this.broker.readRecords(1, this.position, PAGE);
      for (const record of records) this.take(record, news);
      this.position = records.at(-1)?.position ?? this.position;
      if (records.length < PAGE) break;
    }
    news.tasks = news.tasks.filter((task) => this.open.has(task.key));
    return news;
  }

  /** Variables visible at an element instance, the nearest of a name. */
  variablesAt(elementInstanceKey: string): JsonObject {
    const scopes: string[] = [];
    for (let key: string | undefined = elementInstanceKey; key !== undefined && key !== '-1'; key = this.around.get(key)) scopes.unshift(key);
    const seen: JsonObject = {};
    for (const scope of scopes) for (const [name, value] of this.variables.get(scope) ?? []) seen[name] = JSON.parse(value) as JsonValue;
    return seen;
  }

  /** The case a called case belongs to; itself when nobody has called it. */
  rootOf(processInstanceKey: string): string {
    let root = processInstanceKey;
    for (let parent = this.parents.get(root); parent !== undefined; parent = this.parents.get(root)) root = parent;
    return root;
  }

  private take({ key, valueType, intent, value, timestamp }: EngineRecord, news: News): void {
    const text = (name: string): string => String(value[name] ?? '');
    switch (valueType) {
      case 'PROCESS_INSTANCE':
        if (intent === 'ELEMENT_ACTIVATING') {
          this.around.set(key, text('flowScopeKey'));
          const parent = text('parentProcessInstanceKey');
          if (text('bpmnElementType') === 'PROCESS' && parent !== '-1' && parent !== '') this.parents.set(key, parent);
        } else if (intent === 'ELEMENT_COMPLETED' || intent === 'ELEMENT_TERMINATED') {
          this.around.delete(key);
          this.variables.delete(key);
        }
        break;
      case 'VARIABLE': {
        const scope = this.variables.get(text('scopeKey')) ?? new Map<string, string>();
        this.variables.set(text('scopeKey'), scope.set(text('name'), text('value')));
        break;
      }
      case 'JOB':
        if (text('type') !== USER_TASK) break;
        if (intent === 'CREATED') {
          const task = taskOf(key, value, timestamp);
          this.open.set(key, task);
          news.tasks.push(task);
        } else if (intent === 'COMPLETED' || intent === 'CANCELED' || intent === 'ERROR_THROWN') this.open.delete(key);
        break;
      case 'PROCESS_MESSAGE_SUBSCRIPTION':
        if (intent === 'CREATED') news.awaited.push({ message: text('messageName'), correlationKey: text('correlationKey'), processInstanceKey: text('processInstanceKey') });
        break;
      case 'INCIDENT':
        if (intent === 'CREATED') news.stuck.push({ key, jobKey: text('jobKey'), processInstanceKey: text('processInstanceKey'), elementId: text('elementId'), elementInstanceKey: text('elementInstanceKey'), message: text('errorMessage') });
        break;
      default:
    }
  }
}

function taskOf(key: string, value: JsonObject, createdAt: number): OpenTask {
  const headers = (value['customHeaders'] ?? {}) as Record<string, string>;
  const list = (name: string): string[] => JSON.parse(headers[HEADER + name] ?? '[]') as string[];
  const due = Date.parse(headers[`${HEADER}dueDate`] ?? '');
  return {
    key,
    processInstanceKey: String(value['processInstanceKey']),
    bpmnProcessId: String(value['bpmnProcessId']),
    elementId: String(value['elementId']),
    elementInstanceKey: String(value['elementInstanceKey']),
    assignee: headers[`${HEADER}assignee`] || null,
    candidateGroups: list('candidateGroups'),
    candidateUsers: list('candidateUsers'),
    formKey: headers[`${HEADER}formKey`] ?? null,
    dueAt: Number.isNaN(due) ? null : due,
    createdAt,
  };
}
