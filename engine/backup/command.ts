import path from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig, StartError, type Config } from '../config.ts';
import { EmbeddedPostgresError, startEmbeddedPostgres } from '../database/embedded-postgres.ts';
import { migrateAll, UnknownStepError } from '../migrations.ts';
import { backUp } from './back-up.ts';
import { BackupFileError } from './backup-file.ts';
import { OccupiedError, restore } from './restore.ts';

const USAGE = {
  backup: `npm run backup -- [file]

备份整个系统（数据库、附件、密钥）到一个文件，不影响正在运行的系统。默认写到数据文件夹的 backups 下。
Writes the whole installation (database, attached files, keys) into one file while it goes on working; into backups of the data folder unless named.
`,
  restore: `npm run restore -- <file>

把备份恢复到空的数据文件夹（DATA_DIR）和数据库中，然后用 npm start 启动。
Puts a backup into an empty data folder (DATA_DIR) and database; then run npm start.
`,
} as const;

/** What `npm run backup` and `npm run restore` do. */
export async function command(what: 'backup' | 'restore', root: string, args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, options: { help: { type: 'boolean' } }, allowPositionals: true });
  if (values.help === true || positionals.length > 1 || (what === 'restore' && positionals.length === 0)) {
    process.stdout.write(USAGE[what]);
    if (values.help !== true) process.exitCode = 1;
    return;
  }
  const config = readConfig(process.env, root);
  try {
    if (what === 'backup') await runBackup(config, positionals[0]);
    else await runRestore(config, positionals[0]!);
  } catch (error) {
    throw plain(error, config);
  }
}

async function runBackup(config: Config, name: string | undefined): Promise<void> {
  const file = path.resolve(name ?? path.join(config.dataDir, 'backups', `guicheng-${stamp(new Date())}.backup`));
  const began = performance.now();
  const done = await withDatabase(config, async (url) => backUp({ url, dataDir: config.dataDir, file, onEntry: tell }));
  process.stdout.write(`已备份 ${done.tables} 张表、${done.files} 个文件（${mebibytes(done.bytes)}），用时 ${seconds(began)}：${file}\nBacked up ${done.tables} tables and ${done.files} files in ${seconds(began)}. 备份中含密钥，请妥善保管。 / It holds the keys: keep it safe.\n`);
}

async function runRestore(config: Config, name: string): Promise<void> {
  const began = performance.now();
  await withDatabase(config, async (url) => restore({ file: path.resolve(name), url, dataDir: config.dataDir, migrate: migrateAll, onEntry: tell }));
  process.stdout.write(`已恢复，用时 ${seconds(began)}：请运行 npm start。 / Restored in ${seconds(began)}: run npm start.\n`);
}

/** The installation's database; an embedded server that does not run is started for the time. */
async function withDatabase<Value>(config: Config, use: (url: string) => Promise<Value>): Promise<Value> {
  if (config.databaseUrl !== undefined) return use(config.databaseUrl);
  const postgres = await startEmbeddedPostgres({ dataDir: path.join(config.dataDir, 'postgres') });
  try {
    await postgres.ensureDatabase('guicheng');
    return await use(postgres.url('guicheng'));
  } finally {
    if (!postgres.adopted) await postgres.stop();
  }
}

/** Only where somebody looks. */
function tell(name: string, bytes: number): void {
  if (process.stderr.isTTY) process.stderr.write(`  ${name}  ${mebibytes(bytes)}\n`);
}

/** What the person at the terminal can mend is one sentence. */
function plain(error: unknown, config: Config): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof BackupFileError || error instanceof OccupiedError || error instanceof UnknownStepError || error instanceof EmbeddedPostgresError) return new StartError(message, { cause: error });
  if (code === 'ENOSPC') return new StartError('磁盘已满：请清理后再备份，没有留下不完整的文件。 / The disk is full: free some space and run again; nothing incomplete was left.', { cause: error });
  if (code === 'EACCES' || code === 'EPERM') return new StartError(`不能写入（${message}）：请检查权限。 / Not permitted (${message}): check the permissions.`, { cause: error });
  if (code === 'ECONNREFUSED') return new StartError(`连接不上数据库 ${config.databaseUrl ?? ''}。 / The database cannot be reached.`, { cause: error });
  return error;
}

const two = (part: number): string => String(part).padStart(2, '0');
const stamp = (at: Date): string => `${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`;
const mebibytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
const seconds = (began: number): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;
