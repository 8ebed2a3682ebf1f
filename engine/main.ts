import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import path from 'node:path';
import { pino, type Logger } from 'pino';
import { createApi, createGatewayClient, deployShipped } from './api/index.ts';
import { Broker } from './broker/index.ts';
import { BrokerMetrics } from './broker-metrics.ts';
import { FencedError } from './broker/store/store.ts';
import { PartitionHeldError, PostgresStore } from './broker/store/postgres/postgres-store.ts';
import type { WrittenBatch } from './broker/store/postgres/record-reader.ts';
import { brokerRecords } from './broker-records.ts';
import { readConfig, StartError, type Config } from './config.ts';
import { systemClock } from './contract/clock.ts';
import { connectDatabase, type Database } from './database/connect.ts';
import { EmbeddedPostgresError, startEmbeddedPostgres } from './database/embedded-postgres.ts';
import { GatewayPortError } from './gateway/gateway-service.ts';
import { openGateway } from './open-gateway.ts';
import { hasAccounts } from './identity/accounts.ts';
import { installGroups } from './identity/directory.ts';
import { installSampleOrganization } from './identity/sample-organization.ts';
import { migrateAll } from './migrations.ts';
import { createNotifier } from './notifications/notifier.ts';
import { checkBeforeStart } from './preflight.ts';
import { startProjectionThread } from './projection-thread/index.ts';
import { startRetention } from './retention/index.ts';
import { isLeftFromPlay, playFirst } from './sample/play-first.ts';
import { readSampleOrder, type SampleOrder } from './sample/arguments.ts';
import { standBy } from './standby.ts';
import { printSummary, type Step } from './summary.ts';
import { ToldOnce } from './told-once.ts';
import { startWorkers } from './workers/start-workers.ts';

export interface MainOptions {
  /** Root of the clone. */
  root: string;
  /** What was done before, with times, for the summary. */
  steps: Step[];
  /** What was written behind `npm start --`. @default [] */
  args?: readonly string[];
}

/** How long the start waits for the read model, in ms; a larger backlog is worked off while the product runs. */
const CATCH_UP_MS = 20_000;

/** How long a clean end may take before it is forced, in ms. */
const STOP_TIMEOUT_MS = 15_000;

/** Starts the whole product and returns when it is ready; ends it on Ctrl-C. Throws StartError with one sentence. */
export async function main({ root, steps, args = [] }: MainOptions): Promise<void> {
  const sample = readSampleOrder(args);
  const config = readConfig(process.env, root);
  const log = pino({ level: config.logLevel }, pino.destination(2));
  const parts = new Parts(log);
  parts.endOnSignals();
  try {
    await start(config, root, steps, parts, log, sample);
  } catch (error) {
    await parts.stop();
    throw plain(error);
  }
}

async function start(config: Config, root: string, steps: Step[], parts: Parts, log: Logger, sample: SampleOrder | null): Promise<void> {
  const timed = async <Value>(name: Step['name'], work: () => Promise<Value>): Promise<Value> => {
    const began = performance.now();
    const value = await work();
    steps.push({ name, ms: performance.now() - began });
    return value;
  };
  await checkBeforeStart(config);
  if (sample !== null) await timed('sample', () => playFirst({ order: sample, config, root, log, publicUrl: addressOf(config), onStop: (stop) => parts.add('sample', stop) }));
  const clock = systemClock;
  const { url, db, takeOver } = await timed('database', () => openDatabase(config, parts));
  await timed('schema', () => prepareSchema(config, db));
  const metrics = new BrokerMetrics();
  const onError = (error: Error): void => {
    metrics.error();
    parts.fail(error);
  };
  let onWritten = (_batch: WrittenBatch): void => undefined; // what is written before anybody follows is read from the database
  const broker = new Broker({ stores: [new PostgresStore(url, 1, (batch) => onWritten(batch))], clock, zone: config.zone, onError, onBatch: (batch) => metrics.batch(batch) });
  const gateway = await timed('broker', async () => {
    await broker.start();
    takeOver();
    parts.add('broker', () => broker.stop());
    const started = await openGateway({ broker, clock, config: config.gateway });
    parts.add('gateway', () => started.stop());
    return started;
  });
  const source = brokerRecords(broker);
  const projection = await startProjectionThread({ file: path.join(root, 'dist', 'engine', 'projection-thread.js'), url, partitions: source.partitions, clock, onError: (error) => parts.told.tell(error, 'the read model could not be brought up to date') });
  onWritten = (batch) => projection.written(1, batch);
  parts.add('projection', () => projection.stop());
  parts.add('retention', startRetention({ db, clock, days: config.historyDays, onError: (error) => log.error({ err: error }, 'what is too old could not be removed') }));
  const engine = createGatewayClient({ address: gateway.ownAddress, restAddress: gateway.ownRestAddress });
  parts.add('gateway client', async () => engine.close());
  await timed('procedures', async () => {
    await projection.waitFor(1, broker.lastPosition(1), CATCH_UP_MS);
    await deployShipped({ shippedDir: root, db, client: engine, clock, log });
    await projection.waitFor(1, broker.lastPosition(1), CATCH_UP_MS);
  });
  await timed('workers', async () => {
    const workers = await startWorkers({ ...config, gatewayAddress: gateway.ownAddress, db, clock, archiveKeyFile: path.join(config.dataDir, 'keys', 'archive.key'), publicUrl: addressOf(config), onProblem: (message) => log.warn(message) });
    parts.add('workers', () => workers.stop());
  });
  await timed('web', async () => {
    const notifier = createNotifier(config);
    const api = createApi({
      db,
      projection,
      source,
      engine,
      clock,
      zone: config.zone,
      dataDir: config.dataDir,
      webDir: path.join(root, 'dist', 'web'),
      samplePeople: config.loopback,
      sessionSecret: await readSecret(path.join(config.dataDir, 'keys', 'session.key')),
      secureCookies: config.publicUrl?.startsWith('https:') ?? false,
      shippedDir: root,
      log,
      registries: [metrics.registry],
      notifier,
    });
    const server = await new Promise<Server>((resolve, reject) => {
      const listening = api.app.listen(config.port, config.host, (error?: Error) => (error === undefined ? resolve(listening) : reject(error)));
    });
    parts.add('web', async () => {
      api.close();
      notifier.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
  });
  await printSummary({ steps, address: addressOf(config), gatewayAddress: gateway.address, dataDir: config.dataDir, db, samplePeople: config.loopback });
}

const addressOf = (config: Config): string => config.publicUrl ?? `http://${config.host === '127.0.0.1' ? 'localhost' : config.host}:${config.port}`;

/** `takeOver` is called once the broker holds its partition: from then on a server found running is ours to stop. */
async function openDatabase(config: Config, parts: Parts): Promise<{ url: string; db: Database; takeOver: () => void }> {
  let url = config.databaseUrl;
  let takeOver = (): void => undefined;
  if (url === undefined) {
    const settings = { dataDir: path.join(config.dataDir, 'postgres') };
    let postgres = await startEmbeddedPostgres(settings);
    if (postgres.adopted && (await isLeftFromPlay(postgres.url('guicheng')))) {
      await postgres.stop();
      postgres = await startEmbeddedPostgres(settings);
    }
    let ours = !postgres.adopted;
    takeOver = () => void (ours = true);
    parts.add('database', async () => (ours ? postgres.stop() : undefined));
    await postgres.ensureDatabase('guicheng');
    url = postgres.url('guicheng');
  }
  const db = connectDatabase({ url });
  parts.add('connections', () => db.destroy());
  try {
    await db.raw('select 1');
  } catch (cause) {
    throw new StartError(`无法连接数据库（${(cause as Error).message}）：请检查 DATABASE_URL 和数据库服务。 / The database cannot be reached (${(cause as Error).message}): check DATABASE_URL and the server.`, { cause });
  }
  // The embedded server belongs to one data folder: a second start on it is a mistake, not a standby.
  if (config.databaseUrl !== undefined) await standBy(url, () => process.stdout.write('另一个规程正在使用此数据库：待命中，它停止后自动接管。 / Another Guicheng works on this database: standing by, and taking over when it stops.\n'));
  return { url, db, takeOver };
}

async function prepareSchema(config: Config, db: Database): Promise<void> {
  await migrateAll(db);
  await installGroups(db);
  if (config.loopback) await installSampleOrganization(db);
  else if (!(await hasAccounts(db))) {
    throw new StartError(`HOST=${config.host} 可被其他机器访问，示例人员不可用，且还没有正式账户：请先运行 npm run account -- --help 创建账户。 / HOST=${config.host} can be reached by other machines, where the sample people are refused, and there is no account yet: create one first (npm run account -- --help).`);
  }
}

/** A secret of this installation, made on first use, readable by its owner alone. */
async function readSecret(file: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return readFile(file, 'utf8');
}

/** One sentence for what people can mend; anything else as it is. */
function plain(error: unknown): unknown {
  if (error instanceof EmbeddedPostgresError || error instanceof GatewayPortError || error instanceof PartitionHeldError) return new StartError(error.message, { cause: error });
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === '53100') return new StartError(`磁盘已满：请清理空间后再启动。 / The disk is full: free some space and start again.`, { cause: error });
  return error;
}

/** What has been started, to be ended in reverse order. */
class Parts {
  private readonly running: { name: string; stop: () => Promise<void> }[] = [];
  private readonly log: Logger;
  readonly told: ToldOnce;
  private stopping: Promise<void> | null = null;

  constructor(log: Logger) {
    this.log = log;
    this.told = new ToldOnce(log);
  }

  add(name: string, stop: () => Promise<void>): void {
    this.running.push({ name, stop });
  }

  stop(): Promise<void> {
    this.stopping ??= this.stopAll();
    return this.stopping;
  }

  private async stopAll(): Promise<void> {
    for (const { name, stop } of this.running.splice(0).reverse()) {
      await stop().catch((error: Error) => this.log.error({ err: error }, `${name} did not end cleanly`));
    }
  }

  /** Ctrl-C and `kill` end everything cleanly; a second one, or too long a wait, at once. */
  endOnSignals(): void {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (this.stopping !== null) process.exit(1);
        process.stderr.write('\n正在停止… / Stopping…\n');
        setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
        void this.stop().then(() => process.exit(0));
      });
    }
  }

  /** Trouble with the database passes, and the broker goes on by itself. Succeeded by another it must end; whoever watches the process starts it anew, as a standby. */
  fail(error: Error): void {
    this.told.tell(error, 'the broker has trouble');
    if (!(error instanceof FencedError)) return;
    process.stderr.write(`另一个规程已接管此数据库，本进程停止；重新启动后将待命。 / Another Guicheng has taken this database over, so this one stops; started again it stands by.\n`);
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
    void this.stop().then(() => process.exit(1));
  }
}
