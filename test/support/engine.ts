import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Broker } from '../../engine/broker/index.ts';
import { PostgresStore } from '../../engine/broker/store/postgres/postgres-store.ts';
import { VirtualClock } from '../../engine/contract/clock.ts';
import type { JsonObject } from '../../engine/contract/json.ts';
import type { Database } from '../../engine/database/connect.ts';
import { startGateway, type Gateway } from '../../engine/gateway/gateway-service.ts';
import { installSampleOrganization } from '../../engine/identity/sample-organization.ts';
import { migrateAll } from '../../engine/migrations.ts';
import type { EngineRecord } from '../../engine/protocol/records.ts';
import { startWorkers, type RunningWorkers } from '../../engine/workers/start-workers.ts';
import { createTestDatabase } from './database.ts';
import { checkPaths } from './paths.ts';
import { shippedFiles } from './shipped-files.ts';

const USER_TASK = 'io.camunda.zeebe:userTask';
const SETTLE_TIMEOUT_MS = 20_000;

export interface TestUserTask {
  key: string;
  elementId: string;
  variables: JsonObject;
  assignee: string | null;
  candidateGroups: string[];
  dueDate: string | null;
  formKey: string | null;
}

export interface TestEngineOptions {
  /** Where the virtual clock begins, ISO 8601. */
  now: string;
  /** Folders under `processes/` (and `forms/`) to deploy, with the shared ones. */
  processes: string[];
}

/** The product's engine side as it runs: PostgreSQL, broker, gateway on a real port, workers over gRPC; only the clock is virtual. */
export class TestEngine {
  readonly clock: VirtualClock;
  readonly db: Database;
  readonly gatewayAddress: string;
  readonly workers: RunningWorkers;
  /** What broker and workers complained of. */
  readonly problems: string[];
  private readonly broker: Broker;
  private readonly gateway: Gateway;
  private readonly store: PostgresStore;
  private readonly cleanUp: () => Promise<void>;
  private log: EngineRecord[] = [];

  private constructor(parts: { clock: VirtualClock; db: Database; broker: Broker; gateway: Gateway; store: PostgresStore; workers: RunningWorkers; problems: string[]; cleanUp: () => Promise<void> }) {
    this.problems = parts.problems;
    this.clock = parts.clock;
    this.db = parts.db;
    this.broker = parts.broker;
    this.gateway = parts.gateway;
    this.store = parts.store;
    this.workers = parts.workers;
    this.cleanUp = parts.cleanUp;
    this.gatewayAddress = parts.gateway.address;
  }

  static async start({ now, processes }: TestEngineOptions): Promise<TestEngine> {
    const database = await createTestDatabase();
    const folder = await mkdtemp(path.join(os.tmpdir(), 'guicheng-engine-'));
    const clock = new VirtualClock(now);
    await migrateAll(database.db);
    await installSampleOrganization(database.db);
    const store = new PostgresStore(database.url, 1);
    const problems: string[] = [];
    const broker = new Broker({ stores: [store], clock, onError: (error) => void problems.push(error.message) });
    await broker.start();
    const gateway = await startGateway({ broker, clock, port: 0 });
    const workers = await startWorkers({
      gatewayAddress: gateway.address,
      db: database.db,
      clock,
      archiveKeyFile: path.join(folder, 'archive.key'),
      watchIntervalMs: 0,
      onProblem: (message) => void problems.push(message),
    });
    const engine = new TestEngine({
      clock,
      db: database.db,
      broker,
      gateway,
      store,
      workers,
      problems,
      cleanUp: async () => {
        await database.drop();
        await rm(folder, { recursive: true, force: true });
      },
    });
    await engine.deployFolders(processes);
    return engine;
  }

  /** Ends everything; a test of a shipped procedure is held against the report of paths. */
  async stop(): Promise<void> {
    try {
      await checkPaths(async () => {
        await this.settle();
        return this.records({ valueType: 'PROCESS_INSTANCE' });
      });
    } finally {
      await this.workers.stop();
      await this.gateway.stop();
      await this.broker.stop();
      await this.cleanUp();
    }
  }

  /** Deploys the diagrams, decisions and forms of some procedures, and the shared ones, at once. */
  async deployFolders(processIds: readonly string[]): Promise<void> {
    await this.deploy(await shippedFiles(processIds));
  }

  /** Deploys files by name; fails the test with the broker's reasons. */
  async deploy(files: Record<string, string>): Promise<void> {
    const answer = await this.broker.submit({ type: 'deploy_resources', resources: Object.entries(files).map(([name, content]) => ({ name, content, checksum: content })) });
    if (!answer.ok) throw new Error(answer.reason);
  }

  createInstance(bpmnProcessId: string, variables: JsonObject): Promise<{ processInstanceKey: string }> {
    return this.workers.engine.createInstance(bpmnProcessId, variables);
  }

  async publishMessage(message: { name: string; correlationKey: string; variables?: JsonObject; messageId?: string }): Promise<void> {
    await this.workers.engine.publishMessage(message);
    await this.settle();
  }

  /** Everything the engine has recorded, in order, optionally only of a kind. */
  async records(filter: { valueType?: string; intent?: string; processInstanceKey?: string } = {}): Promise<EngineRecord[]> {
    const more = await this.store.readRecords(this.log.at(-1)?.position ?? '0', 1_000_000);
    this.log.push(...more);
    return this.log.filter(
      (record) =>
        (filter.valueType === undefined || record.valueType === filter.valueType) &&
        (filter.intent === undefined || record.intent === filter.intent) &&
        (filter.processInstanceKey === undefined || record.value['processInstanceKey'] === filter.processInstanceKey),
    );
  }

  /** The open task at an element, once everything before it is done. */
  async userTask(processInstanceKey: string, elementId: string): Promise<TestUserTask> {
    const [task] = await this.userTasks(processInstanceKey, elementId);
    if (task !== undefined) return task;
    throw new Error(`no open task '${elementId}'. Path: ${(await this.path(processInstanceKey)).join(', ')}. ${await this.troubles()}`);
  }

  /** All open tasks of an instance (at an element), oldest first, once everything before is done. */
  async userTasks(processInstanceKey: string, elementId?: string): Promise<TestUserTask[]> {
    await this.settle();
    const open = (await this.openJobs()).filter((job) => job.value['type'] === USER_TASK && job.value['processInstanceKey'] === processInstanceKey && (elementId === undefined || job.value['elementId'] === elementId));
    return Promise.all(open.map((job) => this.taskOf(job)));
  }

  private async taskOf(job: EngineRecord): Promise<TestUserTask> {
    const headers = job.value['customHeaders'] as Record<string, string>;
    const header = (name: string): string | undefined => headers[`io.camunda.zeebe:${name}`];
    return {
      key: job.key,
      elementId: job.value['elementId'] as string,
      variables: await this.visibleVariables(job.value['elementInstanceKey'] as string),
      assignee: header('assignee') ?? null,
      candidateGroups: JSON.parse(header('candidateGroups') ?? '[]') as string[],
      dueDate: header('dueDate') ?? null,
      formKey: header('formKey') ?? null,
    };
  }

  async completeUserTask(key: string, variables: JsonObject): Promise<void> {
    await this.workers.engine.completeJob(key, variables);
    await this.settle();
  }

  /** Moves the clock from due date to due date, letting everything that is due happen at its time. */
  async advanceTo(iso: string): Promise<void> {
    const target = Date.parse(iso);
    await this.settle();
    for (;;) {
      const next = Math.min((await this.store.nextDue()) ?? Infinity, await this.nextWatchedDate());
      if (next > target) break;
      this.clock.set(Math.max(next, this.clock.now()));
      await this.workers.watch.tick();
      await this.settle();
    }
    this.clock.set(Math.max(target, this.clock.now()));
    await this.settle();
  }

  private async nextWatchedDate(): Promise<number> {
    const [row] = (await this.db('app.sla_watch').whereNull('published_at').min({ next: 'due_at' })) as { next: Date | null }[];
    return row?.next?.getTime() ?? Infinity;
  }

  /** Resolves when broker and workers have nothing left to do now. */
  async settle(): Promise<void> {
    const deadline = Date.now() + SETTLE_TIMEOUT_MS;
    for (;;) {
      await this.broker.idle();
      const waiting = (await this.openJobs()).filter((job) => job.value['type'] !== USER_TASK && !isStuck(job));
      if (waiting.length === 0 && this.workers.busy() === 0) return;
      if (Date.now() > deadline) throw new Error(`the engine does not come to rest. ${await this.troubles()}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  private async openJobs(): Promise<EngineRecord[]> {
    const open = new Map<string, EngineRecord>();
    for (const record of await this.records({ valueType: 'JOB' })) {
      if (['COMPLETED', 'CANCELED', 'ERROR_THROWN'].includes(record.intent)) open.delete(record.key);
      else open.set(record.key, record);
    }
    return [...open.values()];
  }

  private async troubles(): Promise<string> {
    const incidents = (await this.records({ valueType: 'INCIDENT', intent: 'CREATED' })).map((record) => `${String(record.value['elementId'])}: ${String(record.value['errorMessage'])}`);
    const jobs = (await this.openJobs()).map((job) => `${String(job.value['elementId'])} (${String(job.value['type'])} ${job.intent} ${String(job.value['errorMessage'])})`);
    return `Incidents: ${incidents.join('; ') || 'none'}. Open jobs: ${jobs.join('; ') || 'none'}. Problems: ${this.problems.slice(-5).join('; ') || 'none'}.`;
  }

  /** Ids of the elements that have completed, in order. */
  async path(processInstanceKey: string): Promise<string[]> {
    await this.settle();
    const records = await this.records({ valueType: 'PROCESS_INSTANCE', intent: 'ELEMENT_COMPLETED', processInstanceKey });
    return records.map((record) => record.value['elementId'] as string);
  }

  /** Last value of each variable of the instance's own scope. */
  async variables(processInstanceKey: string): Promise<JsonObject> {
    await this.settle();
    return this.variablesOf(processInstanceKey);
  }

  private async variablesOf(scopeKey: string): Promise<JsonObject> {
    const records = await this.records({ valueType: 'VARIABLE' });
    return Object.fromEntries(records.filter((record) => record.value['scopeKey'] === scopeKey).map((record) => [record.value['name'] as string, JSON.parse(record.value['value'] as string)]));
  }

  private async visibleVariables(elementInstanceKey: string): Promise<JsonObject> {
    const scopes = new Map((await this.records({ valueType: 'PROCESS_INSTANCE' })).map((record) => [record.key, record.value['flowScopeKey'] as string]));
    const chain: string[] = [];
    for (let key: string | undefined = elementInstanceKey; key !== undefined && key !== '-1'; key = scopes.get(key)) chain.unshift(key);
    const layers = await Promise.all(chain.map((key) => this.variablesOf(key)));
    return Object.assign({}, ...layers) as JsonObject;
  }

  async instanceState(processInstanceKey: string): Promise<'active' | 'completed' | 'terminated'> {
    await this.settle();
    const records = await this.records({ valueType: 'PROCESS_INSTANCE', processInstanceKey });
    const own = records.filter((record) => record.key === processInstanceKey);
    if (own.some((record) => record.intent === 'ELEMENT_COMPLETED')) return 'completed';
    return own.some((record) => record.intent === 'ELEMENT_TERMINATED') ? 'terminated' : 'active';
  }
}

/** Starts the engine with some procedures deployed. */
export const startTestEngine = (options: TestEngineOptions): Promise<TestEngine> => TestEngine.start(options);

/** A failed job that waits for somebody, or for its back-off in virtual time. */
const isStuck = (job: EngineRecord): boolean => job.intent === 'FAILED' && Number(job.value['retries']) <= 0;
