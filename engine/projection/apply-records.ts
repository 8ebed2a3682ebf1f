import type { Database } from '../database/connect.ts';
import { planByKey } from '../database/plan-by-key.ts';
import { prepared } from '../database/prepared.ts';
import type { LoggedRecord } from '../protocol/records.ts';
import { DEFAULT_TENANT } from '../protocol/tenant.ts';
import { Batch } from './batch.ts';
import { liftExclusions, liftVariables, nameTasks } from './lift.ts';
import { readTables } from './tables.ts';
import { keyOrNull } from './value-types/applier.ts';
import { appliers } from './value-types/index.ts';

/** What a batch of records has changed, for those who tell pages about it. */
export interface ProjectionChanges {
  /** Keys of process instances. */
  instances: ReadonlySet<string>;
  /** Keys of user tasks. */
  tasks: ReadonlySet<string>;
  /** Ids of processes of which a definition came or went. */
  definitions: ReadonlySet<string>;
}

const MOVE_ON = `
  insert into read_model.position (partition, position, record_at) select $1::smallint, $2::bigint, $3::timestamptz where $4::bigint = 0 or exists (select from read_model.position where partition = $1)
  on conflict (partition) do update set position = excluded.position, record_at = excluded.record_at where position.position = $4::bigint returning partition`;

/** Records folded before others have their turn. */
const AT_A_TIME = 200;

/** Applies the next records of one partition, in order, together with the position reached. */
export async function applyRecords(db: Database, partition: number, records: readonly LoggedRecord[]): Promise<ProjectionChanges> {
  const batch = new Batch();
  await foldRecords(batch, records);
  return writeBatch(db, { partition, batch, after: await readPosition(db, partition), last: records.at(-1)! });
}

/** Folds records into a batch, in order. */
export async function foldRecords(batch: Batch, records: readonly LoggedRecord[]): Promise<void> {
  for (const [at, record] of records.entries()) {
    if (at % AT_A_TIME === AT_A_TIME - 1) await new Promise(setImmediate);
    // The pages work in the default tenant; what others run is not theirs.
    if ((record.value['tenantId'] ?? DEFAULT_TENANT) !== DEFAULT_TENANT) continue;
    appliers.get(record.valueType)?.apply(batch, record);
    const instanceKey = keyOrNull(record.value['processInstanceKey']);
    if (instanceKey !== null) batch.keep(record, instanceKey);
  }
}

/** Records of a partition that have been folded. */
export interface FoldedRecords {
  partition: number;
  batch: Batch;
  /** The position that had been reached before. */
  after: string;
  last: { position: string; timestamp: number };
}

/** The read model is not where it was left: somebody else keeps it too, or what was thought to have failed had been written. */
export class PositionMovedError extends Error {}

/**
 * Writes what has been folded, and the position reached: all in one transaction, and only when nobody has gone on from there meanwhile, so each record
 * counts exactly once, whoever dies or is succeeded. `carefully`: also when rows that are new by the records are there already.
 * @throws PositionMovedError
 */
export async function writeBatch(db: Database, { partition, batch, after, last }: FoldedRecords, carefully = false): Promise<ProjectionChanges> {
  await db.transaction(async (trx) => {
    await planByKey(trx);
    await batch.write(trx, carefully);
    await liftVariables(trx, batch.lifted);
    await nameTasks(trx, batch.tasks);
    for (const task of await liftExclusions(trx, batch.exclusions)) batch.tasks.add(task);
    const moved = await prepared(trx, MOVE_ON, [partition, last.position, new Date(last.timestamp).toISOString(), after]);
    if (moved.length === 0) throw new PositionMovedError(`the read model of partition ${partition} is no longer at position ${after}`);
  });
  return batch;
}

/** Position reached in a partition; `0` before the first record. */
export async function readPosition(db: Database, partition: number): Promise<string> {
  const row: { position: string } | undefined = await db('read_model.position').select('position').where({ partition }).first();
  return row?.position ?? '0';
}

/** Throws the read model away; the next start builds it anew from the records. */
export async function clearReadModel(db: Database): Promise<void> {
  const tables = [...readTables.map((table) => table.name), 'instance_record', 'element_statistics', 'position'];
  await db.raw(`truncate ${tables.map((name) => `read_model.${name}`).join(', ')}`);
}
