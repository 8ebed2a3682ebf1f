import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ZBClient, type Job as ZeebeJob } from 'zeebe-node';
import type { Clock } from '../contract/clock.ts';
import type { JsonObject } from '../contract/json.ts';
import type { Database } from '../database/connect.ts';
import { createNotifier, type NotifierOptions } from '../notifications/notifier.ts';
import { installTemplates } from '../notifications/templates.ts';
import { installCalendar } from './calendar/calendar-store.ts';
import { shippedWorkers } from './index.ts';
import { BpmnError, type EngineCommands, type Job, type JobWorker, type WorkerContext } from './job-worker.ts';
import { installSampleKnowledge } from './kb/sample-articles.ts';
import { installSampleCertificates } from './certificate/sample-certificates.ts';
import { installSampleServices } from './slot/sample-services.ts';
import { createSlaWatch, type SlaWatch } from './sla-watch.ts';
import { zeebeEngine } from './zeebe-engine.ts';

export interface WorkersOptions extends NotifierOptions {
  /** `host:port` of the gateway: the only link to the engine. */
  gatewayAddress: string;
  db: Database;
  clock: Clock;
  /** IANA zone of the institution. @default 'Asia/Shanghai' */
  zone?: string;
  /** File with the 32-byte archive key; made when missing. Whoever loses it loses the archive. */
  archiveKeyFile: string;
  /** Address customers reach links at. @default 'http://localhost:3000' */
  publicUrl?: string;
  /** @default shippedWorkers */
  workers?: readonly JobWorker[];
  /** How often the SLA watch looks, in ms; 0 leaves it to `watch.tick()`. @default 1000 */
  watchIntervalMs?: number;
  /** First pause before a failed job is tried again, in ms; grows fourfold each time. @default 2000 */
  backOffMs?: number;
  /** How long the gateway holds a request for jobs open, in ms. @default 10000 */
  longPollMs?: number;
  /** Hears of failed jobs and lost connections; never of variables. @default one line on stderr */
  onProblem?: (message: string) => void;
}

export interface RunningWorkers {
  engine: EngineCommands;
  watch: SlaWatch;
  context: WorkerContext;
  /** Jobs being worked on at this moment. */
  busy(): number;
  /** Takes no more jobs, lets those at work finish, closes the connection. */
  stop(): Promise<void>;
}

/**
 * Runs the job workers against any gateway and wakes moved deadlines. Stores the shipped templates, the shipped calendar
 * and, beside the sample people, something to book first, so the schemas of `identity`, `notifications` and `workers` must be there.
 */
export async function startWorkers(options: WorkersOptions): Promise<RunningWorkers> {
  const { db, clock, onProblem = (message) => process.stderr.write(`${message}\n`) } = options;
  await installTemplates(db);
  await installCalendar(db, clock.now());
  await installSampleServices(db);
  await installSampleCertificates(db, clock.now(), options.zone ?? 'Asia/Shanghai');
  await installSampleKnowledge(db, clock.now());
  const archiveKey = await readArchiveKey(options.archiveKeyFile);
  const notifier = createNotifier(options);
  const client = new ZBClient(options.gatewayAddress, { retry: true, maxRetries: 5, useTLS: false, loglevel: 'NONE', longPoll: options.longPollMs ?? 10_000 } as ConstructorParameters<typeof ZBClient>[1] & object);
  const engine = zeebeEngine(client);
  const context: WorkerContext = { db, clock, engine, zone: options.zone ?? 'Asia/Shanghai', notifier, archiveKey, publicUrl: (options.publicUrl ?? 'http://localhost:3000').replace(/\/$/, '') };
  const connection = watchConnection(options.gatewayAddress, onProblem);
  let busy = 0;
  for (const worker of options.workers ?? shippedWorkers) {
    client.createWorker({
      taskType: worker.type,
      id: `guicheng:${worker.type}`,
      longPoll: options.longPollMs ?? 10_000,
      timeout: 60_000,
      // The client's own pause between two long polls; its default of 300 ms would be felt at every step of a case.
      pollInterval: 20,
      maxJobsToActivate: 16,
      loglevel: 'NONE',
      onConnectionError: () => connection.suspect(),
      taskHandler: async (job) => {
        busy += 1;
        const work = async () => {
          try {
            const variables = await worker.handle(asJob(job), context);
            return () => job.complete(variables);
          } catch (error) {
            if (error instanceof BpmnError) return () => job.error({ errorCode: error.code, errorMessage: error.message, variables: error.variables as never });
            const retries = Math.max(0, job.retries - 1);
            const message = error instanceof Error ? error.message : String(error);
            onProblem(`job ${job.key} (${worker.type} at ${job.elementId}) failed, ${retries} ${retries === 1 ? 'try' : 'tries'} left: ${message}`);
            return () => job.fail({ errorMessage: message, retries, retryBackOff: retries === 0 ? 0 : (options.backOffMs ?? 2000) * 4 ** Math.max(0, 2 - retries) });
          }
        };
        try {
          const answer = await work();
          return await answer();
        } catch (error) {
          // The job was canceled meanwhile, or the gateway is away: a job that is still there comes again after its timeout, and its effect happens once.
          onProblem(`the answer to job ${job.key} (${worker.type} at ${job.elementId}) was not taken: ${(error as Error).message}`);
          return job.forward();
        } finally {
          busy -= 1;
        }
      },
    });
  }
  const watch = createSlaWatch({ db, clock, engine });
  const stopWatching = options.watchIntervalMs === 0 ? async () => undefined : every(options.watchIntervalMs ?? 1000, () => watch.tick(), onProblem);
  return {
    engine,
    watch,
    context,
    busy: () => busy,
    async stop() {
      await stopWatching();
      await connection.stop();
      await client.close();
      notifier.close();
    },
  };
}

function asJob(job: ZeebeJob): Job {
  return {
    key: job.key,
    type: job.type,
    processInstanceKey: job.processInstanceKey,
    processDefinitionKey: (job as unknown as { processDefinitionKey: string }).processDefinitionKey,
    bpmnProcessId: job.bpmnProcessId,
    elementId: job.elementId,
    elementInstanceKey: job.elementInstanceKey,
    customHeaders: job.customHeaders as Record<string, string>,
    retries: job.retries,
    variables: job.variables as JsonObject,
  };
}

/**
 * The client cries wolf: it reports a lost connection for each worker, also while the first one is being made. So a suspicion is
 * checked, and a real loss and its end are told once.
 */
function watchConnection(gatewayAddress: string, onProblem: (message: string) => void): { suspect(): void; stop(): Promise<void> } {
  let stopped = false;
  let checking: Promise<void> | null = null;
  const check = async (): Promise<void> => {
    const probe = new ZBClient(gatewayAddress, { retry: false, useTLS: false, loglevel: 'NONE' } as ConstructorParameters<typeof ZBClient>[1] & object);
    let lost = false;
    while (!stopped) {
      const answered = await probe.topology().then(
        () => true,
        () => false,
      );
      if (stopped || (answered && !lost)) break;
      if (!answered && !lost) onProblem(`the workers have lost the gateway at ${gatewayAddress} and keep trying`);
      if (answered) {
        onProblem(`the workers reach the gateway at ${gatewayAddress} again`);
        break;
      }
      lost = true;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    await probe.close();
  };
  return {
    suspect() {
      if (stopped || checking !== null) return;
      checking = check().finally(() => (checking = null));
    },
    async stop() {
      stopped = true;
      await checking;
    },
  };
}

/** Runs `work` again and again, one at a time; a failure is told and the next round tries anew. */
function every(pauseMs: number, work: () => Promise<unknown>, onProblem: (message: string) => void): () => Promise<void> {
  let stopped = false;
  let wake: () => void = () => undefined;
  const loop = (async () => {
    while (!stopped) {
      await work().catch((error: Error) => onProblem(`the SLA watch failed and tries again: ${error.message}`));
      if (!stopped) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, pauseMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    }
  })();
  return async () => {
    stopped = true;
    wake();
    await loop;
  };
}

/** Reads the archive key, or makes it, readable by its owner alone. */
export async function readArchiveKey(file: string): Promise<Buffer> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, randomBytes(32), { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const key = await readFile(file);
  if (key.length !== 32) throw new Error(`the archive key in ${file} has ${key.length} bytes, it must have 32: restore it from a backup`);
  return key;
}
