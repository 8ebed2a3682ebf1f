import { compareKeys, type Key } from '../../../protocol/key.ts';
import type { EngineRecord } from '../../../protocol/records.ts';
import type { Counters } from '../../state/engine-state.ts';
import type { StoredRow } from '../../state/row-cache.ts';
import type { Batch, DueRow, Store } from '../store.ts';

interface Row {
  table: string;
  key: Key;
  unit: string;
  row: string;
  dueAt: number | null;
  queue: string | null;
}

/** A store that keeps everything in memory: for tests, play and what-if. Rows are copied as JSON, as a database would. */
export class MemoryStore implements Store {
  private readonly rows = new Map<string, Row>();
  private readonly records: EngineRecord[] = [];
  private counters: Counters = { key: 0n, position: 0n };

  open(): Promise<Counters> {
    return Promise.resolve({ ...this.counters });
  }

  loadUnits(units: readonly string[]): Promise<Map<string, StoredRow[]>> {
    const wanted = new Map<string, StoredRow[]>(units.map((unit) => [unit, []]));
    for (const { table, key, unit, row } of this.rows.values()) wanted.get(unit)?.push({ table, key, row: JSON.parse(row) });
    return Promise.resolve(wanted);
  }

  locate(rows: readonly { table: string; key: Key }[]): Promise<Map<string, string>> {
    const found = rows.map(({ table, key }) => `${table}/${key}`).flatMap((id): [string, string][] => (this.rows.has(id) ? [[id, this.rows.get(id)!.unit]] : []));
    return Promise.resolve(new Map(found));
  }

  queued(jobType: string, limit: number): Promise<Key[]> {
    const keys = [...this.rows.values()].filter((row) => row.queue === jobType).map((row) => row.key);
    return Promise.resolve(keys.sort(compareKeys).slice(0, limit));
  }

  due(now: number, limit: number): Promise<DueRow[]> {
    const due = [...this.rows.values()].filter((row) => row.dueAt !== null && row.dueAt <= now);
    return Promise.resolve(due.sort((a, b) => a.dueAt! - b.dueAt! || compareKeys(a.key, b.key)).slice(0, limit));
  }

  nextDue(): Promise<number | null> {
    let next: number | null = null;
    for (const { dueAt } of this.rows.values()) if (dueAt !== null && (next === null || dueAt < next)) next = dueAt;
    return Promise.resolve(next);
  }

  commit({ changes, records, counters }: Batch): Promise<void> {
    for (const { table, key, unit, row, dueAt, queue } of changes) {
      if (row === undefined) this.rows.delete(`${table}/${key}`);
      else this.rows.set(`${table}/${key}`, { table, key, unit, row: JSON.stringify(row), dueAt, queue });
    }
    this.records.push(...records);
    this.counters = { ...counters };
    return Promise.resolve();
  }

  readRecords(after: string, limit: number): Promise<EngineRecord[]> {
    const from = Number(after);
    return Promise.resolve(this.records.slice(from, from + limit));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
