import { createReadStream } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { BackupWriter } from './backup-file.ts';
import { readSequences, readSteps, readTables } from './schema.ts';

/** First member of a backup's first line: the version of its form. */
export const FORM = 1;
/** Folders of the data folder that belong to an installation beside its database. */
export const FOLDERS = ['keys', 'files'] as const;

export interface BackUpOptions {
  /** Database, which may be at work. */
  url: string;
  /** Data folder: keys and attached files come along. */
  dataDir: string;
  /** File to write. It appears when it is whole. */
  file: string;
  /** Told of each table and file that is in. */
  onEntry?: (name: string, bytes: number) => void;
}

/** What a backup holds. */
export interface BackedUp {
  tables: number;
  files: number;
  /** Uncompressed. */
  bytes: number;
}

/**
 * Writes everything an installation consists of into one file, as it is at one moment, while it goes on working: all tables as of one snapshot, then the
 * attached files and the keys. What the file holds is as secret as the installation itself.
 */
export async function backUp({ url, dataDir, file, onEntry = () => undefined }: BackUpOptions): Promise<BackedUp> {
  await mkdir(path.dirname(file), { recursive: true });
  const client = new pg.Client({ connectionString: url, application_name: 'guicheng-backup' });
  await client.connect();
  const writer = new BackupWriter(file);
  const done: BackedUp = { tables: 0, files: 0, bytes: 0 };
  try {
    await client.query('begin isolation level repeatable read read only');
    await writer.line({ form: FORM, at: new Date().toISOString(), steps: await readSteps(client) });
    for (const { schema, name, columns } of await readTables(client)) {
      const quoted = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
      const rows = client.query(copyTo(`copy (select ${quoted} from ${schema}.${pg.escapeIdentifier(name)}) to stdout`));
      const bytes = await writer.entry({ table: name, schema, columns }, rows);
      onEntry(`${schema}.${name}`, bytes);
      done.tables += 1;
      done.bytes += bytes;
    }
    await writer.line({ sequences: await readSequences(client) });
    await client.query('commit');
    for (const name of await filesBelow(dataDir)) {
      const { mode } = await stat(path.join(dataDir, name));
      const bytes = await writer.entry({ file: name, mode: mode & 0o777 }, createReadStream(path.join(dataDir, name)));
      onEntry(name, bytes);
      done.files += 1;
      done.bytes += bytes;
    }
    await writer.end({ end: true, ...done });
    return done;
  } catch (error) {
    await writer.giveUp();
    throw error;
  } finally {
    await client.end();
  }
}

/** Names of all files of an installation, below its data folder, with `/` between folders. */
async function filesBelow(dataDir: string): Promise<string[]> {
  const names: string[] = [];
  const visit = async (folder: string): Promise<void> => {
    const entries = await readdir(path.join(dataDir, folder), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []; // none was ever made
      throw error;
    });
    for (const entry of entries) {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) await visit(name);
      else if (entry.isFile()) names.push(name);
    }
  };
  for (const folder of FOLDERS) await visit(folder);
  return names.toSorted();
}
