import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { PLAN_BY_KEY_ALWAYS } from '../../../database/plan-by-key.ts';
import type { Key } from '../../../protocol/key.ts';
import type { LoggedRecord } from '../../../protocol/records.ts';
import type { Counters } from '../../state/engine-state.ts';
import type { StoredRow } from '../../state/row-cache.ts';
import { FencedError, type Batch, type DueRow, type Store } from '../store.ts';
import { writeRecordBatch } from './record-log.ts';
import { RecordReader, type WrittenBatch } from './record-reader.ts';
import { writeChanges } from './redo-log.ts';
import { StateTable } from './state-table.ts';

/** Another broker works on the same partition of this database. */
export class PartitionHeldError extends Error {}

// A client that has vanished is noticed by the server within seconds, and its lock becomes free for another broker.
const NOTICE_THE_DEAD = '-c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=2 -c tcp_user_timeout=4000';

// A server that answers no more is given up; what it may still do of an earlier epoch comes to nothing.
const CONNECT_MS = 5000;
const QUERY_MS = 30_000;

const LOCK_SPACE = 0x6775; // "gu": our corner of the server's advisory locks

// The last line lets nobody write who has been succeeded: it divides by zero then, and nothing of the batch stays. One statement is one transaction and one round trip.
const COMMIT = `
  with changed as (
    insert into broker.redo (partition, batch, records_at, changes) select $1, $2::bigint, $3::bigint, $4::text where $4 is not null
  ), logged as (
    insert into broker.record_batch (partition, last_position, records) select $1, $3::bigint, $5::text where $5 is not null
  )
  update broker.partition set key_counter = $6, position = $7 / (case when epoch = $8 then 1 else 0 end) where id = $1`;

/** What the statement above fails with when the epoch is another one. */
const DIVISION_BY_ZERO = '22012';

/** Whether a broker works on a partition of this database; it is looked at without disturbing anybody. */
export async function partitionIsHeld(client: pg.Client, partition: number): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>("select exists (select from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database()) and classid = $1 and objid = $2 and granted) as held", [LOCK_SPACE, partition]);
  return rows[0]!.held;
}

/** State and records of one partition in PostgreSQL. Needs the schema `broker` (see `migrations/`). */
export class PostgresStore implements Store {
  private readonly pool: pg.Pool;
  private readonly partition: number;
  private lock: pg.PoolClient | null = null;
  /** Rises whenever the partition is taken up; null before. What was begun in an earlier epoch, by this broker too, can no longer be written. */
  private epoch: string | null = null;
  private readonly holder = randomUUID();
  private readonly reader: RecordReader;
  private readonly state: StateTable;
  private readonly onWritten: (batch: WrittenBatch) => void;

  /** `onWritten` is told of each batch of records that has become durable. */
  constructor(url: string, partition: number, onWritten: (batch: WrittenBatch) => void = () => undefined) {
    this.partition = partition;
    this.onWritten = onWritten;
    this.pool = new pg.Pool({ connectionString: url, max: 4, application_name: 'guicheng-broker', connectionTimeoutMillis: CONNECT_MS, query_timeout: QUERY_MS, keepAlive: true, options: `${PLAN_BY_KEY_ALWAYS} ${NOTICE_THE_DEAD}` });
    // Idle connections may break when the server goes away; the next query reports it.
    this.pool.on('error', () => undefined);
    this.reader = new RecordReader(this.pool, partition);
    this.state = new StateTable(this.pool, partition);
  }

  async open(lost: (error: Error) => void): Promise<Counters> {
    this.releaseLock();
    const lock = await this.pool.connect();
    try {
      lock.on('error', (error) => {
        if (this.lock === lock) lost(new Error(`The connection to the database was lost (${error.message}): try again later`, { cause: error }));
      });
      await this.refuseSuccessor(lock);
      const { rows } = await lock.query<{ held: boolean }>('select pg_try_advisory_lock($1, $2) as held', [LOCK_SPACE, this.partition]);
      if (rows[0]?.held !== true) throw new PartitionHeldError('Another Guicheng is already running on this database: stop it, or set DATA_DIR (or DATABASE_URL) to another one.');
      await this.refuseSuccessor(lock);
      const { epoch, ...counters } = await this.beginEpoch(lock);
      this.epoch = epoch;
      this.lock = lock;
      await this.state.open(epoch);
      return counters;
    } catch (error) {
      if (this.lock === lock) this.lock = null;
      lock.release(true);
      throw error;
    }
  }

  private async beginEpoch(lock: pg.PoolClient): Promise<Counters & { epoch: string }> {
    await lock.query('begin');
    // What is still being written in the earlier epoch ends first, or sees the new one.
    await lock.query('select from broker.partition where id = $1 for update', [this.partition]);
    const { rows: [row] } = await lock.query<{ key_counter: string; position: string; epoch: string }>(
      'insert into broker.partition (id, key_counter, position, epoch, holder) values ($1, 0, 0, 1, $2) on conflict (id) do update set epoch = partition.epoch + 1, holder = excluded.holder returning key_counter, position, epoch',
      [this.partition, this.holder],
    );
    await lock.query('commit');
    return { key: BigInt(row!.key_counter), position: BigInt(row!.position), epoch: row!.epoch };
  }

  /** Where the lock is held: what is written there is sent at once, and nothing is written where it is not held. */
  private get session(): pg.PoolClient {
    if (this.lock === null) throw new Error('The partition is not open');
    return this.lock;
  }

  /** The session may be broken already; its end frees the lock too. */
  private releaseLock(): void {
    const { lock } = this;
    this.lock = null;
    lock?.release(true);
  }

  /** What was this broker's, and is another's now, must not be taken back: the other may be at work. */
  private async refuseSuccessor(client: pg.PoolClient): Promise<void> {
    if (this.epoch === null) return;
    const { rows } = await client.query<{ holder: string }>('select holder from broker.partition where id = $1', [this.partition]);
    if (rows[0]?.holder !== this.holder) throw new FencedError();
  }

  loadUnits(units: readonly string[]): Promise<Map<string, StoredRow[]>> {
    return this.state.loadUnits(units);
  }

  locate(wanted: readonly { table: string; key: Key }[]): Promise<Map<string, string>> {
    return this.state.locate(wanted);
  }

  queued(jobType: string, limit: number): Promise<Key[]> {
    return this.state.queued(jobType, limit);
  }

  due(now: number, limit: number): Promise<DueRow[]> {
    return this.state.due(now, limit);
  }

  nextDue(): Promise<number | null> {
    return this.state.nextDue();
  }

  async commit({ changes, records, counters }: Batch): Promise<void> {
    const text = records.length === 0 ? null : writeRecordBatch(records);
    const batch = await this.state.nextBatch();
    const values = [this.partition, batch, records.at(-1)?.position ?? null, changes.length === 0 ? null : writeChanges(changes, records), text, counters.key.toString(), counters.position.toString(), this.epoch];
    await this.session.query({ name: 'commit', text: COMMIT, values }).catch((error: pg.DatabaseError) => {
      throw error.code === DIVISION_BY_ZERO ? new FencedError({ cause: error }) : error;
    });
    if (changes.length > 0) this.state.add(batch, changes);
    if (text !== null) this.onWritten({ firstPosition: records[0]!.position, lastPosition: records.at(-1)!.position, text });
  }

  readRecords(after: string, limit: number): Promise<LoggedRecord[]> {
    return this.reader.read(after, limit);
  }

  async close(): Promise<void> {
    // What is left in the redo log is taken up by whoever opens the store next.
    if (this.lock !== null) await this.state.flush().catch(() => undefined);
    // Said by ourselves it is free at once; the server may take its time to notice that a session has ended.
    await this.lock?.query('select pg_advisory_unlock($1, $2)', [LOCK_SPACE, this.partition]).catch(() => undefined); // the session has ended already
    this.releaseLock();
    await this.pool.end();
  }
}
