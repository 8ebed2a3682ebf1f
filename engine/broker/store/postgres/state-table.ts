import type pg from 'pg';
import { bigintArray, textArray } from '../../../database/array-parameter.ts';
import type { Key } from '../../../protocol/key.ts';
import type { RowChange, StoredRow } from '../../state/row-cache.ts';
import { FencedError, type DueRow } from '../store.ts';
import { Overlay, PendingRows } from './pending-rows.ts';
import { readRecordBatch } from './record-log.ts';
import { readChanges } from './redo-log.ts';
import { readRow, writeRow } from './stored-row.ts';

/** How long changes may wait for others before the table is brought up to date, in ms: what comes and goes meanwhile is never written there. */
const REST_MS = 500;
/** So many changed rows are not waited for any longer. */
const MANY_ROWS = 20_000;
/** Whoever adds more than so many waits until some are written. */
const MOST_ROWS = 60_000;
/** Rows written by one statement: others have their turn in between. */
const ROWS_AT_ONCE = 500;
/** Of what is due, rows read beside those that are pending: they may be the same. */
const MOST_SHADOWED = 1000;

// Rows to be removed are looked up one by one: a join might read the whole table, by a plan made while it was small.
const APPLY = `
  with removed as (
    delete from broker.state s using (
      select (select x.ctid from broker.state x where x.partition = $1 and x.tbl = d.tbl and x.key = d.key) as at from unnest($2::text[], $3::text[]) as d(tbl, key) offset 0
    ) as found where s.ctid = found.at
  ), stored as (
    insert into broker.state (partition, tbl, key, unit, value, due_at, queue)
    select $1, * from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::text[])
  )
  insert into broker.state (partition, tbl, key, unit, value, due_at, queue)
  select $1, * from unnest($10::text[], $11::text[], $12::text[], $13::text[], $14::bigint[], $15::text[])
  on conflict (partition, tbl, key) do update set value = excluded.value, due_at = excluded.due_at, queue = excluded.queue`;

/**
 * The rows of state of one partition. A batch is durable in the redo log, with its records; the table is brought up to date behind it, several
 * batches at a time. Until then the changes are here, and every question is answered as if they were in the table.
 */
export class StateTable {
  private readonly pool: pg.Pool;
  private readonly partition: number;
  private epoch = '0';
  private pending = new PendingRows();
  /** What is being written to the table. */
  private leaving = new PendingRows();
  private lastBatch = 0n;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private flushing: Promise<void> | null = null;
  /** Why the table could not be brought up to date; told to whoever commits next. */
  private failure: Error | null = null;

  constructor(pool: pg.Pool, partition: number) {
    this.pool = pool;
    this.partition = partition;
  }

  /** Begins anew from what is stored: changes the table does not have yet are brought there first. */
  async open(epoch: string): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.flushing?.catch(() => undefined); // of an earlier epoch: what it has not written is in the redo log
    this.epoch = epoch;
    this.failure = null;
    this.pending = new PendingRows();
    this.leaving = new PendingRows();
    this.lastBatch = 0n;
    const { rows } = await this.pool.query<{ batch: string; changes: string; records: string | null; records_at: string | null }>(
      'select r.batch, r.changes, r.records_at, b.records from broker.redo r left join broker.record_batch b on b.partition = r.partition and b.last_position = r.records_at where r.partition = $1 order by r.batch',
      [this.partition],
    );
    for (const { batch, changes, records, records_at: recordsAt } of rows) {
      this.pending.add(readChanges(changes, () => readRecordBatch(records!, recordsAt!)));
      this.lastBatch = BigInt(batch);
    }
    if (rows.length > 0) await this.flush();
  }

  /** Number of the next batch in the redo log. @throws whatever has kept the table from being brought up to date; resolves later when too much is pending */
  async nextBatch(): Promise<string> {
    if (this.pending.size > MOST_ROWS) await this.flushing;
    if (this.failure !== null) throw this.failure;
    return String(this.lastBatch + 1n);
  }

  /** A batch stands in the redo log. */
  add(batch: string, changes: readonly RowChange[]): void {
    this.lastBatch = BigInt(batch);
    this.pending.add(changes);
    if (this.pending.size >= MANY_ROWS) this.flushInBackground();
    else this.timer ??= setTimeout(() => this.flushInBackground(), REST_MS);
  }

  private flushInBackground(): void {
    if (this.flushing === null && this.failure === null) this.flush().catch((error: Error) => void (this.failure = error));
  }

  /** Brings the table up to date; returns once it is, as of now at least. */
  async flush(): Promise<void> {
    while (this.flushing !== null) await this.flushing;
    clearTimeout(this.timer);
    this.timer = undefined;
    const batch = this.lastBatch;
    this.leaving = this.pending;
    this.pending = new PendingRows();
    this.flushing = this.write(this.leaving, batch);
    try {
      await this.flushing;
      this.leaving = new PendingRows();
    } finally {
      this.flushing = null;
    }
  }

  private async write(rows: PendingRows, batch: bigint): Promise<void> {
    const client = await this.pool.connect();
    client.on('error', ignoreBreak);
    let failed = true;
    try {
      await client.query('begin');
      // Whoever takes the partition up waits for us here, or we see that he has.
      const { rowCount } = await client.query({ name: 'hold-epoch', text: 'select from broker.partition where id = $1 and epoch = $2 for key share', values: [this.partition, this.epoch] });
      if (rowCount !== 1) throw new FencedError();
      const changes = [...rows.all()];
      for (let at = 0; at < changes.length; at += ROWS_AT_ONCE) await client.query({ name: 'apply', text: APPLY, values: [this.partition, ...asParameters(changes.slice(at, at + ROWS_AT_ONCE))] });
      await client.query({ name: 'forget-redo', text: 'delete from broker.redo where partition = $1 and batch <= $2', values: [this.partition, batch.toString()] });
      await client.query('commit');
      failed = false;
    } finally {
      client.off('error', ignoreBreak);
      client.release(failed);
    }
  }

  async loadUnits(units: readonly string[]): Promise<Map<string, StoredRow[]>> {
    const overlay = this.overlayOf();
    const { rows } = await this.pool.query<{ tbl: string; key: string; unit: string; value: string }>({
      name: 'load-units',
      text: 'select tbl, key, unit, value from broker.state where partition = $1 and unit = any($2) order by length(key), key',
      values: [this.partition, units],
    });
    const stored = new Map<string, StoredRow[]>(units.map((unit) => [unit, []]));
    for (const { tbl, key, unit, value } of rows) stored.get(unit)!.push({ table: tbl, key, row: readRow(value) });
    const now = overlay();
    return new Map([...stored].map(([unit, found]) => [unit, now.unit(unit, found)]));
  }

  async locate(wanted: readonly { table: string; key: Key }[]): Promise<Map<string, string>> {
    const overlay = this.overlayOf();
    const { rows } = await this.pool.query<{ tbl: string; key: string; unit: string }>({
      name: 'locate',
      text: 'select s.tbl, s.key, s.unit from unnest($2::text[], $3::text[]) as w(tbl, key) join broker.state s on s.partition = $1 and s.tbl = w.tbl and s.key = w.key',
      values: [this.partition, wanted.map((row) => row.table), wanted.map((row) => row.key)],
    });
    const units = new Map(rows.map(({ tbl, key, unit }) => [`${tbl}/${key}`, unit]));
    const now = overlay();
    for (const { table, key } of wanted) {
      const pending = now.get({ table, key });
      if (pending === undefined) continue;
      if (pending.row === undefined) units.delete(`${table}/${key}`);
      else units.set(`${table}/${key}`, pending.unit);
    }
    return units;
  }

  async queued(queue: string, limit: number): Promise<Key[]> {
    const overlay = this.overlayOf();
    const { rows } = await this.pool.query<{ table: string; key: string }>({ name: 'queued', text: 'select tbl as table, key from broker.state where partition = $1 and queue = $2 order by key limit $3', values: [this.partition, queue, limit + overlay().size] });
    return overlay().queued(queue, rows, limit);
  }

  async due(now: number, limit: number): Promise<DueRow[]> {
    const { stored, overlay } = await this.dueInTable(now, limit);
    return overlay.due(now, stored, limit);
  }

  /** When the next row is due; earlier, when so many were due before and are no longer that it is not known. */
  async nextDue(): Promise<number | null> {
    const { stored, whole, overlay } = await this.dueInTable(Number.MAX_SAFE_INTEGER, 1);
    const candidates = overlay.due(Number.MAX_SAFE_INTEGER, stored, 1).map(({ dueAt }) => dueAt);
    if (!whole && stored.every((row) => overlay.has(row))) candidates.push(stored.at(-1)!.dueAt);
    return candidates.length === 0 ? null : Math.min(...candidates);
  }

  /** What the table has of it, and some more, as pending rows may be among them; `whole`: it has no others. */
  private async dueInTable(now: number, limit: number): Promise<{ stored: (DueRow & { dueAt: number })[]; whole: boolean; overlay: Overlay }> {
    const overlay = this.overlayOf();
    const most = limit + Math.min(overlay().size, MOST_SHADOWED);
    const { rows } = await this.pool.query<DueRow & { due_at: string }>({ name: 'due', text: 'select tbl as table, key, due_at from broker.state where partition = $1 and due_at <= $2 order by due_at, key limit $3', values: [this.partition, now, most] });
    return { stored: rows.map(({ table, key, due_at: dueAt }) => ({ table, key, dueAt: Number(dueAt) })), whole: rows.length < most, overlay: overlay() };
  }

  /** What was pending when the question was asked, or is when it is answered: in between the table may have been brought up to date. */
  private overlayOf(): () => Overlay {
    const asked = [this.pending, this.leaving];
    return () => new Overlay([this.pending, this.leaving, ...asked]);
  }
}

/** A connection that breaks says so to its query, or the next, too. */
const ignoreBreak = (): void => undefined;

function asParameters(changes: readonly RowChange[]): unknown[] {
  const removed = changes.filter((change) => change.row === undefined);
  const fresh = changes.filter((change) => change.row !== undefined && change.fresh);
  const known = changes.filter((change) => change.row !== undefined && !change.fresh);
  return [textArray(removed.map((change) => change.table)), textArray(removed.map((change) => change.key)), ...asColumns(fresh), ...asColumns(known)];
}

const asColumns = (changes: readonly RowChange[]): unknown[] => [
  textArray(changes.map((change) => change.table)),
  textArray(changes.map((change) => change.key)),
  textArray(changes.map((change) => change.unit)),
  textArray(changes.map((change) => writeRow(change.row))),
  bigintArray(changes.map((change) => change.dueAt)),
  textArray(changes.map((change) => change.queue)),
];
