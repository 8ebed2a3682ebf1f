import path from 'node:path';
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { deployShipped } from '../api/index.ts';
import { openFileStore } from '../api/cases/file-store.ts';
import { Broker } from '../broker/index.ts';
import { PostgresStore } from '../broker/store/postgres/postgres-store.ts';
import { brokerRecords } from '../broker-records.ts';
import { StartError } from '../config.ts';
import { VirtualClock } from '../contract/clock.ts';
import type { Database } from '../database/connect.ts';
import { installTemplates } from '../notifications/templates.ts';
import { startProjection } from '../projection/index.ts';
import { installCalendar, loadCalendar } from '../workers/calendar/calendar-store.ts';
import { shippedWorkers } from '../workers/index.ts';
import type { WorkerContext } from '../workers/job-worker.ts';
import { installSampleKnowledge } from '../workers/kb/sample-articles.ts';
import { installSampleCertificates } from '../workers/certificate/sample-certificates.ts';
import { installSampleServices } from '../workers/slot/sample-services.ts';
import { createSlaWatch } from '../workers/sla-watch.ts';
import { readArchiveKey } from '../workers/start-workers.ts';
import type { Knowledge } from './answers/context.ts';
import type { SampleOrder } from './arguments.ts';
import { planCases } from './calendar-of-cases.ts';
import { Crowd } from './crowd.ts';
import { installCustomers, makeCustomers } from './customers.ts';
import { Desk } from './desk.ts';
import { Dice } from './dice.ts';
import { EngineMirror } from './engine-mirror.ts';
import { engineOf, JobRunner, valueOf } from './job-runner.ts';
import { OfficeHours } from './office-hours.ts';
import { importPhoneLog } from './phone-log.ts';
import { Player } from './player.ts';
import { Postbox } from './postbox.ts';
import { installColleagues } from './staff.ts';

/** How long the play lasts in the time of the institution. */
const THREE_MONTHS = 92;
const DAY_MS = 86_400_000;
const CATCH_UP_MS = 120_000;

export interface PlayOptions extends SampleOrder {
  db: Database;
  /** URL of the same database. */
  url: string;
  /** Folder with `processes/` and `forms/`. */
  shippedDir: string;
  /** Where files and keys are kept. */
  dataDir: string;
  /** IANA zone of the institution. */
  zone: string;
  /** Address customers reach links at. */
  publicUrl: string;
  /** Instant the play ends at, epoch ms: usually now. */
  until: number;
  /** Length in days of the institution's time. @default 92 */
  days?: number;
  log: Logger;
  /** Hears how far it is, 0 to 1. */
  onProgress?: (done: { share: number; cases: number; tasks: number }) => void;
  /** Ends the play early: what has been played stays. */
  signal?: AbortSignal;
}

export interface PlayResult {
  cases: number;
  tasks: number;
  jobs: number;
  /** What did not go as it should: a form that refused what was written, a job that failed unintended. None, usually. */
  problems: string[];
}

/**
 * Plays three months of an institution on a virtual clock: the real broker, workers and projection into the database; people and
 * customers are played. Nothing is sent. The schemas and the sample organization must be there, and nothing else.
 * @throws StartError when the database holds cases or procedures already
 */
export async function playSample(options: PlayOptions): Promise<PlayResult> {
  const { db, url, shippedDir, dataDir, zone, until, seed, log, onProgress, signal } = options;
  await requireEmpty(db);
  const from = until - (options.days ?? THREE_MONTHS) * DAY_MS;
  const clock = new VirtualClock(from);
  const problems: string[] = [];
  const onProblem = (message: string): void => void (problems.push(message), log.warn(message));
  const customers = makeCustomers(seed, Math.round(options.cases / 3));
  await installTemplates(db);
  await installCalendar(db, from);
  await installSampleServices(db);
  await installSampleKnowledge(db, from);
  await installColleagues(db);
  await installSampleCertificates(db, from, zone);
  await installCustomers(db, customers, from);

  const store = new PostgresStore(url, 1);
  const broker = new Broker({ stores: [store], clock, zone, onError: (error) => onProblem(`broker: ${error.message}`) });
  await broker.start();
  const projection = await startProjection({ db, source: brokerRecords(broker), clock, restMs: [300, 1500], onError: (error) => onProblem(`read model: ${error.message}`) });
  try {
    const postbox = new Postbox();
    const mended = new Set<string>();
    postbox.refuses = ({ messageId, recipient, at }) => {
      const element = messageId.slice(0, messageId.indexOf('.'));
      if (!recipient.label.startsWith('customer:') || messageId.endsWith('.identity_otp') || mended.has(element)) return false;
      return new Dice(seed, 'gateway', messageId).chance(until - at < 4 * DAY_MS ? 0.04 : 0.0012);
    };
    const context: WorkerContext = { db, clock, zone, engine: engineOf(broker), notifier: postbox, archiveKey: await readArchiveKey(path.join(dataDir, 'keys', 'archive.key')), publicUrl: options.publicUrl };
    const runner = new JobRunner({ broker, workers: shippedWorkers, context, onProblem: (message) => void (message.includes('示例') || onProblem(message)) });
    const deployResources = async (resources: readonly { name: string; content: string }[]) => {
      valueOf(await broker.submit({ type: 'deploy_resources', resources: resources.map(({ name, content }) => ({ name, content, checksum: createHash('md5').update(content).digest('base64') })) }));
      return [];
    };
    await deployShipped({ shippedDir, db, client: { deployResources }, clock, log });
    await projection.waitFor(1, broker.lastPosition(1), CATCH_UP_MS);

    const hours = new OfficeHours((await loadCalendar(db, zone)).calendar);
    const mirror = new EngineMirror(broker);
    const desk = new Desk({ db, broker, mirror, clock, zone, files: openFileStore(dataDir) });
    await desk.open();
    const knowledge: Knowledge = { seed, zone, hours, customers: new Map(customers.map((one) => [one.no, one])), postbox, topics: new Map(), users: () => desk.users };
    const crowd = new Crowd({ ...knowledge, db, broker, projection, mirror, clock });
    const player = new Player({ db, broker, clock, mirror, runner, watch: createSlaWatch({ db, clock, engine: context.engine }), desk, crowd, knowledge, until, mend: (key) => void mended.add(key), nextDue: () => store.nextDue(), onProblem }, planCases(seed, options.cases, hours, zone, from, until));
    await player.play((now) => {
      if (signal?.aborted === true) throw new StartError('示例数据的生成已中断：数据不完整，请删除数据目录后重新生成。 / The play was interrupted and the data are not complete: remove the data folder and begin again.');
      onProgress?.({ share: (now - from) / (until - from), cases: player.begun, tasks: player.finished });
    });
    await importPhoneLog({ db, seed, hours, from, until: clock.now(), perDay: Math.max(12, Math.round(options.cases / 10)), users: desk.users, customers });
    await projection.waitFor(1, broker.lastPosition(1), CATCH_UP_MS);
    return { cases: player.begun, tasks: player.finished, jobs: runner.done, problems };
  } finally {
    await projection.stop();
    await broker.stop();
    await db.raw('analyze');
  }
}

async function requireEmpty(db: Database): Promise<void> {
  for (const table of ['read_model.process_definition', 'app.record', 'broker.state']) {
    if ((await db(table).first()) === undefined) continue;
    throw new StartError('数据库中已有流程或案件：示例数据只能在空的数据目录（或空库）中生成。 / There are procedures or cases in the database already: a sample is played into an empty data folder (or database) alone.');
  }
}
