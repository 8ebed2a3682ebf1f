import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { JsonObject } from '../contract/json.ts';
import { connectDatabase, type Database } from '../database/connect.ts';
import { FOLDERS, FORM } from './back-up.ts';
import { BackupFileError, BackupReader } from './backup-file.ts';
import { MIGRATION_TABLES, readTables, SCHEMAS } from './schema.ts';

export interface RestoreOptions {
  /** A backup. */
  file: string;
  /** A database that holds no installation yet. */
  url: string;
  /** A data folder without keys and attached files. */
  dataDir: string;
  /** Brings the schemas to the steps named, or up to date. @throws when it does not know one of them */
  migrate: (db: Database, steps?: Readonly<Record<string, readonly string[]>>) => Promise<void>;
  /** Told of each table and file that is back. */
  onEntry?: (name: string, bytes: number) => void;
}

/** There is something where the backup is to go. The message is one sentence. */
export class OccupiedError extends Error {}

/**
 * Puts a backup into an empty database and data folder, and brings it up to date when an earlier version has made it. The rows come in one
 * transaction: either all are back or none.
 */
export async function restore({ file, url, dataDir, migrate, onEntry = () => undefined }: RestoreOptions): Promise<void> {
  const reader = new BackupReader(file);
  const head = await reader.line();
  if (head['form'] !== FORM) throw new BackupFileError(`${file} 由更新的版本写成：请先升级再恢复。 / ${file} was written by a later version: upgrade first.`);
  await refuseWhatIsThere(url, dataDir);
  const db = connectDatabase({ url, poolSize: 2 });
  const client = new pg.Client({ connectionString: url, application_name: 'guicheng-restore' });
  try {
    await migrate(db, head['steps'] as Record<string, string[]>);
    await client.connect();
    await client.query('begin');
    await emptyTables(client);
    await takeEntries(reader, client, dataDir, onEntry);
    await client.query('commit');
    await migrate(db);
  } catch (error) {
    for (const folder of FOLDERS) await rm(path.join(dataDir, folder), { recursive: true, force: true });
    throw error;
  } finally {
    await client.end();
    await db.destroy();
  }
}

async function refuseWhatIsThere(url: string, dataDir: string): Promise<void> {
  for (const folder of FOLDERS) {
    const names = await readdir(path.join(dataDir, folder)).catch(() => []); // there is none
    if (names.length > 0) throw new OccupiedError(`${dataDir} 中已有数据：请把 DATA_DIR 指向空的文件夹。 / ${dataDir} holds data already: point DATA_DIR at an empty folder.`);
  }
  const client = new pg.Client({ connectionString: url, application_name: 'guicheng-restore' });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>('select nspname as name from pg_namespace where nspname = any($1)', [SCHEMAS]);
    if (rows.length > 0) throw new OccupiedError('数据库中已有规程的数据：请恢复到空的数据库。 / The database holds an installation already: restore into an empty one.');
  } finally {
    await client.end();
  }
}

/** A schema's first steps may bring rows along, which the backup has as well. */
async function emptyTables(client: pg.Client): Promise<void> {
  for (const { schema, name } of (await readTables(client)).toReversed()) {
    const table = `${schema}.${pg.escapeIdentifier(name)}`;
    const { rows } = await client.query(`select 1 from ${table} limit 1`);
    if (rows.length > 0) await client.query(`delete from ${table}`);
  }
}

async function takeEntries(reader: BackupReader, client: pg.Client, dataDir: string, onEntry: (name: string, bytes: number) => void): Promise<void> {
  for (;;) {
    const line = await reader.line();
    if (line['end'] === true) return;
    if (line['sequences'] !== undefined) await setSequences(client, line['sequences'] as JsonObject);
    else if (typeof line['table'] === 'string') onEntry(`${String(line['schema'])}.${line['table']}`, await takeTable(reader, client, line));
    else onEntry(String(line['file']), await takeFile(reader, dataDir, line));
  }
}

async function takeTable(reader: BackupReader, client: pg.Client, { schema, table, columns }: JsonObject): Promise<number> {
  if (!SCHEMAS.includes(schema as (typeof SCHEMAS)[number]) || MIGRATION_TABLES.has(String(table))) throw new BackupFileError(`The backup names a table that is none of the product's: ${String(schema)}.${String(table)}.`);
  const quoted = (columns as string[]).map((column) => pg.escapeIdentifier(column)).join(', ');
  const target = client.query(copyFrom(`copy ${pg.escapeIdentifier(String(schema))}.${pg.escapeIdentifier(String(table))} (${quoted}) from stdin`));
  return counted(reader.content(), (content) => pipeline(Readable.from(content), target));
}

async function takeFile(reader: BackupReader, dataDir: string, { file, mode }: JsonObject): Promise<number> {
  const place = path.resolve(dataDir, String(file));
  if (!FOLDERS.some((folder) => place.startsWith(path.join(path.resolve(dataDir), folder) + path.sep))) throw new BackupFileError(`The backup names a file outside the data folder: ${String(file)}.`);
  await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
  return counted(reader.content(), (content) => pipeline(Readable.from(content), createWriteStream(place, { mode: Number(mode) })));
}

/** Bytes that went through. */
async function counted(content: AsyncIterable<Buffer>, use: (content: AsyncIterable<Buffer>) => Promise<void>): Promise<number> {
  let bytes = 0;
  const counting = async function* (): AsyncGenerator<Buffer> {
    for await (const piece of content) {
      bytes += piece.length;
      yield piece;
    }
  };
  await use(counting());
  return bytes;
}

async function setSequences(client: pg.Client, sequences: JsonObject): Promise<void> {
  for (const [name, last] of Object.entries(sequences)) if (last !== null) await client.query('select setval($1::regclass, $2::bigint)', [name, last]);
}
