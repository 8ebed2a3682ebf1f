import { randomBytes } from 'node:crypto';
import { VirtualClock } from '../../engine/contract/clock.ts';
import type { JsonObject } from '../../engine/contract/json.ts';
import { migrate } from '../../engine/database/migrate.ts';
import { identityMigrations } from '../../engine/identity/migrations/index.ts';
import { installSampleOrganization } from '../../engine/identity/sample-organization.ts';
import { notificationMigrations } from '../../engine/notifications/migrations/index.ts';
import { createNotifier, type NotifierOptions } from '../../engine/notifications/notifier.ts';
import { installTemplates } from '../../engine/notifications/templates.ts';
import { installCalendar } from '../../engine/workers/calendar/calendar-store.ts';
import type { EngineCommands, Job, JobWorker, WorkerContext } from '../../engine/workers/job-worker.ts';
import { workerMigrations } from '../../engine/workers/migrations/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

export interface WorkerBench {
  context: WorkerContext;
  clock: VirtualClock;
  database: TestDatabase;
  /** What workers asked of the engine, in order. */
  asked: { command: string; name: string; detail: JsonObject }[];
  /** Answers of decisions by id; a function sees the variables. */
  decisions: Map<string, (variables: JsonObject) => unknown>;
  job(type: string, variables: JsonObject, more?: Partial<Job>): Job;
  stop(): Promise<void>;
}

/** A worker's surroundings: real PostgreSQL with the sample organization; the engine's side is written down instead of sent. */
export async function openBench(now: string, notifier: NotifierOptions = {}): Promise<WorkerBench> {
  const database = await createTestDatabase();
  await migrate(database.db, 'app', [...identityMigrations, ...notificationMigrations, ...workerMigrations]);
  await installSampleOrganization(database.db);
  await installTemplates(database.db);
  const clock = new VirtualClock(now);
  await installCalendar(database.db, clock.now());
  const asked: WorkerBench['asked'] = [];
  const decisions: WorkerBench['decisions'] = new Map();
  const engine: EngineCommands = {
    async createInstance(name, variables) {
      asked.push({ command: 'create', name, detail: variables });
      return { processInstanceKey: String(9_000_000 + asked.length) };
    },
    async publishMessage({ name, correlationKey, variables = {}, messageId = null }) {
      asked.push({ command: 'publish', name, detail: { correlationKey, variables, messageId } });
    },
    async evaluateDecision(id, variables) {
      const decide = decisions.get(id);
      if (decide === undefined) throw new Error(`the test has no answer for decision ${id}`);
      return decide(variables);
    },
    async completeJob() {
      throw new Error('no worker completes another job');
    },
  };
  const ways = createNotifier(notifier);
  const context: WorkerContext = { db: database.db, clock, engine, zone: 'Asia/Shanghai', notifier: ways, archiveKey: randomBytes(32), publicUrl: 'https://service.example.com' };
  let key = 100;
  return {
    context,
    clock,
    database,
    asked,
    decisions,
    job: (type, variables, more = {}) => {
      key += 1;
      return { key: String(key), type, processInstanceKey: '1000', processDefinitionKey: '1', bpmnProcessId: 'complaint_handling', elementId: 'st_x', elementInstanceKey: String(50_000 + key), customHeaders: {}, retries: 3, variables, ...more };
    },
    async stop() {
      ways.close();
      await database.drop();
    },
  };
}

/** Hands the same job to the worker twice at once, as a broker may after a timeout; resolves with both answers. */
export function deliverTwice(worker: JobWorker, job: Job, context: WorkerContext): Promise<[JsonObject, JsonObject]> {
  return Promise.all([worker.handle(job, context), worker.handle(job, context)]);
}
