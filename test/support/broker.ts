import type { JsonObject } from '../../engine/contract/json.ts';
import { VirtualClock } from '../../engine/contract/clock.ts';
import { Broker } from '../../engine/broker/index.ts';
import { MemoryStore } from '../../engine/broker/store/memory/memory-store.ts';
import type { Store } from '../../engine/broker/store/store.ts';
import type { ActivatedJob, Answer, Command } from '../../engine/protocol/commands.ts';
import type { EngineRecord } from '../../engine/protocol/records.ts';

/** A broker in this process, spoken to in the domain's words. Memory and a virtual clock unless told otherwise. */
export class TestBroker {
  readonly clock: VirtualClock;
  readonly broker: Broker;
  readonly errors: Error[] = [];
  private readonly store: Store;

  private constructor(store: Store, clock: VirtualClock) {
    this.store = store;
    this.clock = clock;
    this.broker = new Broker({ stores: [store], clock, onError: (error) => void this.errors.push(error) });
  }

  static async start(store: Store = new MemoryStore(), clock = new VirtualClock('2026-09-17T08:20:00Z')): Promise<TestBroker> {
    const test = new TestBroker(store, clock);
    await test.broker.start();
    return test;
  }

  stop(): Promise<void> {
    return this.broker.stop();
  }

  async submit(command: Command): Promise<Answer> {
    return this.broker.submit(command);
  }

  /** Submits, and fails the test when it is refused. */
  async done<Value>(command: Command): Promise<Value> {
    const answer = await this.broker.submit(command);
    if (!answer.ok) throw new Error(answer.reason);
    return answer.value as Value;
  }

  /** Deploys files by name. */
  deploy(files: Record<string, string>) {
    return this.done({ type: 'deploy_resources', resources: Object.entries(files).map(([name, content]) => ({ name, content, checksum: content })) });
  }

  /** Creates an instance of the latest version; its key. */
  async create(bpmnProcessId: string, variables: JsonObject = {}): Promise<string> {
    const created = await this.done<{ processInstanceKey: string }>({ type: 'create_process_instance', bpmnProcessId, processDefinitionKey: '0', version: -1, variables });
    return created.processInstanceKey;
  }

  activate(jobType: string, maxJobs = 10, timeoutMs = 60_000): Promise<ActivatedJob[]> {
    return this.done({ type: 'activate_jobs', jobType, worker: 'test', timeoutMs, maxJobs, fetchVariables: [] });
  }

  /** Activates exactly one job of a type and completes it. */
  async complete(jobType: string, variables: JsonObject = {}): Promise<ActivatedJob> {
    const [job] = await this.activate(jobType, 1);
    if (job === undefined) throw new Error(`no job of type '${jobType}' is activatable`);
    await this.done({ type: 'complete_job', jobKey: job.key, variables });
    return job;
  }

  publish(name: string, correlationKey: string, variables: JsonObject = {}, timeToLiveMs = 3_600_000, messageId = ''): Promise<Answer> {
    return this.submit({ type: 'publish_message', name, correlationKey, messageId, timeToLiveMs, variables });
  }

  /** Moves the clock and lets everything due happen. */
  async advance(ms: number): Promise<void> {
    this.clock.set(this.clock.now() + ms);
    await this.broker.idle();
  }

  async records(valueType?: string, intent?: string): Promise<EngineRecord[]> {
    await this.broker.idle();
    const all = await this.store.readRecords('0', 1_000_000);
    return all.filter((record) => (valueType === undefined || record.valueType === valueType) && (intent === undefined || record.intent === intent));
  }

  /** Ids of elements in the order in which they reached an intent. */
  async elements(intent = 'ELEMENT_COMPLETED', processInstanceKey?: string): Promise<string[]> {
    const records = await this.records('PROCESS_INSTANCE', intent);
    return records.filter((record) => processInstanceKey === undefined || record.value['processInstanceKey'] === processInstanceKey).map((record) => record.value['elementId'] as string);
  }

  /** Last value of each variable of the instance's own scope. */
  async variables(processInstanceKey: string): Promise<JsonObject> {
    const records = await this.records('VARIABLE');
    return Object.fromEntries(records.filter((record) => record.value['scopeKey'] === processInstanceKey).map((record) => [record.value['name'] as string, JSON.parse(record.value['value'] as string)]));
  }
}
