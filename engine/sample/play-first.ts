import path from 'node:path';
import pg from 'pg';
import type { Logger } from 'pino';
import { partitionIsHeld } from '../broker/store/postgres/postgres-store.ts';
import { StartError, type Config } from '../config.ts';
import { connectDatabase } from '../database/connect.ts';
import { startEmbeddedPostgres } from '../database/embedded-postgres.ts';
import { installGroups } from '../identity/directory.ts';
import { installSampleOrganization } from '../identity/sample-organization.ts';
import { migrateAll } from '../migrations.ts';
import type { SampleOrder } from './arguments.ts';
import { playSample } from './play.ts';

/** Settings of the embedded server while playing: commits are not waited for (a crash loses the last moment, and breaks nothing). The product starts it anew without them. */
const WHILE_PLAYING = { synchronous_commit: 'off', shared_buffers: '256MB', max_wal_size: '2GB', checkpoint_timeout: '30min' };

/** True for a server that a killed play has left behind: it does not wait for commits, which is not good enough for the product. */
export async function isLeftFromPlay(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
  } catch (error) {
    if ((error as { code?: string }).code === '3D000') return true; // killed before there was a database
    throw error;
  }
  try {
    const { rows } = await client.query<{ synchronous_commit: string }>('show synchronous_commit');
    return rows[0]?.synchronous_commit === 'off' && !(await partitionIsHeld(client, 1));
  } finally {
    await client.end();
  }
}

export interface PlayFirstOptions {
  order: SampleOrder;
  config: Config;
  root: string;
  log: Logger;
  publicUrl: string;
  /** Given what ends the play early and waits until everything it has started is gone. */
  onStop: (stop: () => Promise<void>) => void;
}

/** Plays the sample before the product starts, and tells the person at the terminal how far it is. Throws StartError where a sample must not be. */
export async function playFirst(options: PlayFirstOptions): Promise<void> {
  const aborting = new AbortController();
  const playing = play(options, aborting.signal);
  options.onStop(async () => {
    aborting.abort();
    await playing.catch(() => undefined); // said where it was awaited
  });
  await playing;
}

async function play({ order, config, root, log, publicUrl }: PlayFirstOptions, signal: AbortSignal): Promise<void> {
  if (!config.loopback) throw new StartError(`示例数据只供本机查看：HOST=${config.host} 可被其他机器访问，不能与 --sample 一起使用。 / The sample is for this machine alone: HOST=${config.host} can be reached by others and does not go with --sample.`);
  const postgres = config.databaseUrl === undefined ? await startEmbeddedPostgres({ dataDir: path.join(config.dataDir, 'postgres'), settings: WHILE_PLAYING }) : null;
  if (postgres?.adopted === true) throw new StartError(`数据目录 ${config.dataDir} 正在使用：示例数据只能在空的数据目录中生成。 / The data folder ${config.dataDir} is in use: a sample is played into an empty one.`);
  try {
    await postgres?.ensureDatabase('guicheng');
    const url = postgres?.url('guicheng') ?? config.databaseUrl!;
    const db = connectDatabase({ url });
    try {
      await migrateAll(db);
      await installGroups(db);
      await installSampleOrganization(db);
      const tell = teller(order.cases);
      const { cases, tasks, jobs, problems } = await playSample({ ...order, db, url, shippedDir: root, dataDir: config.dataDir, zone: config.zone, publicUrl, until: Date.now(), log, onProgress: tell.progress, signal });
      tell.end(`${cases} 个案件、${tasks} 项任务、${jobs} 个作业已生成 / ${cases} cases, ${tasks} tasks, ${jobs} jobs played${problems.length === 0 ? '' : `（${problems.length} 处异常 / ${problems.length} problems: LOG_LEVEL=warn）`}`);
    } finally {
      await db.destroy();
    }
  } finally {
    await postgres?.stop();
  }
}

/** One line that moves where there is a terminal, a line for every tenth where there is none. */
function teller(planned: number): { progress: (done: { share: number; cases: number; tasks: number }) => void; end: (line: string) => void } {
  const began = Date.now();
  const moving = process.stdout.isTTY === true;
  let told = -1;
  const unit = moving ? 100 : 10;
  process.stdout.write(`正在生成示例数据：${planned} 个案件，三个月… / Playing a sample: ${planned} cases, three months…\n`);
  return {
    progress({ share, cases, tasks }) {
      const step = Math.floor(share * unit);
      if (step === told) return;
      told = step;
      const line = `${String(Math.min(100, Math.round(share * 100))).padStart(3)} %  ${cases} 案件 cases  ${tasks} 任务 tasks  ${Math.round((Date.now() - began) / 1000)} s`;
      process.stdout.write(moving ? `\r${line}   ` : `${line}\n`);
    },
    end(line) {
      process.stdout.write(`${moving ? '\n' : ''}${line}\n`);
    },
  };
}
