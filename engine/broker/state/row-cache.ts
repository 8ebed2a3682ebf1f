import { ChurnMap } from '../../contract/churn-map.ts';
import type { Key } from '../../protocol/key.ts';
import { apart, together } from './carried-rows.ts';
import { RowMap } from './row-map.ts';
import type { TableSpec } from './table-spec.ts';
import { Unit } from './unit.ts';

/** State that a decision needs and memory does not hold. The processor loads it and decides anew. */
export type Need = { unit: string } | { table: string; key: Key } | { queue: string };

/** Thrown by reads; never seen outside the stream processor. */
export class PageFault {
  readonly needs: readonly Need[];
  constructor(needs: readonly Need[]) {
    this.needs = needs;
  }
}

/** A changed row, as the store writes it. `row` is undefined when it was deleted; `fresh` when the store has none of that key. */
export interface RowChange {
  table: string;
  key: Key;
  unit: string;
  row: unknown;
  fresh: boolean;
  dueAt: number | null;
  queue: string | null;
}

/** A row as the store hands it back. */
export interface StoredRow {
  table: string;
  key: Key;
  row: unknown;
}

/** A row before it was changed. */
interface Undo {
  table: TableSpec<unknown>;
  key: Key;
  unit: string;
  before: unknown;
}

/**
 * The engine's state in memory: a bounded cache of *units* (all rows of one process instance, one message name and key, the
 * definitions). A unit is either wholly here or not at all. Changes are collected per batch, and undone when a decision faults.
 */
export class RowCache {
  private readonly units = new ChurnMap<string, Unit>();
  /** The unit of each row. */
  private readonly location = new RowMap<string>();
  private readonly absent = new RowMap<true>();
  private undoLog: Undo[] = [];
  private dirty = new RowMap<Undo>();
  private arrivals = new Map<string, Key[]>();
  /** Units that the batch has taken a row from. */
  private reduced = new Set<string>();
  private batch = 1;
  private committed = 0;
  private tick = 0;
  private readonly specs: ReadonlyMap<string, TableSpec<unknown>>;

  constructor(specs: readonly TableSpec<never>[]) {
    this.specs = new Map(specs.map((spec) => [spec.name, spec as TableSpec<unknown>]));
  }

  // ------------------------------------------------------------ reads
  /** The row, wherever it lives. Faults when nobody knows yet. */
  get<Row>(table: TableSpec<Row>, key: Key): Row | undefined {
    const unitId = this.location.get(table.name, key);
    if (unitId !== undefined) return this.unit(unitId).get(table.name, key) as Row | undefined;
    if (this.absent.has(table.name, key)) return undefined;
    throw new PageFault([{ table: table.name, key }]);
  }

  /** The row of a known unit. */
  getIn<Row>(unit: string, table: TableSpec<Row>, key: Key): Row | undefined {
    return this.unit(unit).get(table.name, key) as Row | undefined;
  }

  /** Rows of a unit with that index value, oldest first. */
  find<Row>(unit: string, table: TableSpec<Row>, index: string, value: string): Row[] {
    return this.unit(unit).find(table as TableSpec<unknown>, index, value) as Row[];
  }

  /** All rows of a table in a unit, oldest first. */
  all<Row>(unit: string, table: TableSpec<Row>): Row[] {
    return Array.from((this.unit(unit).tables.get(table.name)?.values() ?? []) as Iterable<Row>);
  }

  /** Faults once for all of the units that are not here. */
  need(units: readonly string[]): void {
    const missing = units.filter((unit) => !this.units.has(unit));
    if (missing.length > 0) throw new PageFault(missing.map((unit) => ({ unit })));
  }

  isLoaded(unit: string): boolean {
    return this.units.has(unit);
  }

  /** True when `get` would fault. */
  wouldFault(table: TableSpec<unknown> | TableSpec<never>, key: Key): boolean {
    return !this.location.has(table.name, key) && !this.absent.has(table.name, key);
  }

  // ------------------------------------------------------------ writes
  /** Begins a unit nobody can have stored: its rows are all that there is. */
  create(unit: string): void {
    if (!this.units.has(unit)) this.units.set(unit, new Unit());
  }

  put<Row>(unit: string, table: TableSpec<Row>, key: Key, row: Row): void {
    this.change(unit, table as TableSpec<unknown>, key, row);
  }

  delete<Row>(unit: string, table: TableSpec<Row>, key: Key): void {
    this.change(unit, table as TableSpec<unknown>, key, undefined);
  }

  private change(unitId: string, table: TableSpec<unknown>, key: Key, row: unknown): void {
    const before = this.apply(unitId, table, key, row);
    this.undoLog.push({ table, key, unit: unitId, before });
  }

  private apply(unitId: string, table: TableSpec<unknown>, key: Key, row: unknown): unknown {
    const unit = this.unit(unitId);
    unit.changedInBatch = this.batch;
    const before = unit.replace(table, key, row);
    // Of a row that is gone, the location stays until that is committed: it leads to nothing.
    if (before === undefined) this.location.set(table.name, key, unitId);
    return before;
  }

  // ------------------------------------------------------------ one decision
  /** The decision stands: its changes belong to the batch. */
  keep(): void {
    for (const undo of this.undoLog) {
      const { table, key, unit } = undo;
      if (!this.dirty.has(table.name, key)) this.dirty.set(table.name, key, undo);
      if (undo.before !== undefined) this.reduced.add(unit);
      if (table.queue !== undefined) this.noteArrival(table, key, unit);
    }
    this.undoLog = [];
    this.absent.clear();
  }

  /** The decision faulted: as if it had never begun. */
  undo(): void {
    for (let at = this.undoLog.length - 1; at >= 0; at -= 1) {
      const { table, key, unit, before } = this.undoLog[at]!;
      this.apply(unit, table, key, before);
      if (before === undefined && !this.dirty.has(table.name, key)) this.location.delete(table.name, key);
    }
    this.undoLog = [];
  }

  private noteArrival(table: TableSpec<unknown>, key: Key, unit: string): void {
    const row = this.units.get(unit)?.get(table.name, key);
    const queue = row === undefined ? null : table.queue!(row);
    if (queue === null) return;
    const keys = this.arrivals.get(queue);
    if (keys === undefined) this.arrivals.set(queue, [key]);
    else keys.push(key);
  }

  // ------------------------------------------------------------ one batch
  /** Rows that have come to wait in a queue since the last call, by queue. */
  takeArrivals(): Map<string, Key[]> {
    const { arrivals } = this;
    if (arrivals.size > 0) this.arrivals = new Map();
    return arrivals;
  }

  /** The batch's changed rows, to be written in one transaction, and the units it has left without any; the next batch begins. */
  takeChanges(): { batch: number; changes: RowChange[]; emptied: string[] } {
    const changes: RowChange[] = [];
    const carriers = this.carry(changes);
    this.dirty.forEach(({ table, key, unit, before }) => {
      if (table.carrier !== undefined) return;
      carriers.delete(table.name, key);
      this.addChange(changes, table, key, unit, before === undefined);
    });
    carriers.forEach(({ table, key, unit }) => this.addChange(changes, table, key, unit, false));
    const emptied = [...this.reduced].filter((unit) => this.units.get(unit)?.isEmpty === true);
    const { batch } = this;
    this.dirty = new RowMap();
    this.reduced = new Set();
    this.batch += 1;
    return { batch, changes, emptied };
  }

  /** Settles which of the changed small rows are stored inside their carrier: the carriers to be written. The others are among the changes. */
  private carry(changes: RowChange[]): RowMap<Omit<Undo, 'before'>> {
    const carriers = new RowMap<Omit<Undo, 'before'>>();
    this.dirty.forEach((change) => {
      const { table, key, unit: unitId, before } = change;
      if (table.carrier === undefined) return;
      const unit = this.units.get(unitId)!;
      const row = unit.get(table.name, key);
      if (row === undefined) this.location.delete(table.name, key);
      if (row === undefined && before === undefined) return;
      const carrierKey = table.carrier.key(row ?? before);
      const carrierTable = table.carrier.table;
      const carried = unit.carried.has(carrierTable, carrierKey, table.name, key);
      const alone = before !== undefined && !carried;
      const carries = !alone && row !== undefined && unit.get(carrierTable, carrierKey) !== undefined && unit.carried.take(carrierTable, carrierKey, { table: table.name, key, size: table.carrier.size(row) });
      if (carried && !carries) unit.carried.leave(carrierTable, carrierKey, table.name, key);
      if (carried || carries) carriers.set(carrierTable, carrierKey, { table: this.specs.get(carrierTable)!, key: carrierKey, unit: unitId });
      if (alone || (row !== undefined && !carries)) this.addChange(changes, table, key, unitId, !alone);
    });
    return carriers;
  }

  private addChange(changes: RowChange[], table: TableSpec<unknown>, key: Key, unitId: string, fresh: boolean): void {
    const unit = this.units.get(unitId);
    const row = unit?.get(table.name, key);
    // It came and went within the batch: the store never hears of it.
    if (row === undefined && fresh) this.location.delete(table.name, key);
    else changes.push({ table: table.name, key, unit: unitId, row: row === undefined ? undefined : together(row as object, unit!.carried.of(table.name, key), (its) => unit!.get(its.table, its.key)), fresh, dueAt: row === undefined ? null : (table.dueAt?.(row) ?? null), queue: row === undefined ? null : (table.queue?.(row) ?? null) });
  }

  /** The batch is durable: deleted rows, and units that have none, may be forgotten. */
  markCommitted({ batch, changes, emptied }: ReturnType<RowCache['takeChanges']>): void {
    this.committed = batch;
    for (const id of emptied) {
      const unit = this.units.get(id);
      if (unit?.isEmpty === true && unit.changedInBatch <= batch) this.units.delete(id);
    }
    for (const change of changes) {
      if (change.row !== undefined) continue;
      const rows = this.units.get(change.unit)?.tables.get(change.table);
      if (rows?.has(change.key) !== true && !this.dirty.has(change.table, change.key)) this.location.delete(change.table, change.key);
    }
  }

  // ------------------------------------------------------------ loading and dropping
  /** Puts a stored unit into memory. Ignored when it is already there (memory is newer). */
  load(unitId: string, rows: readonly StoredRow[]): void {
    if (this.units.has(unitId)) return;
    const unit = new Unit();
    this.units.set(unitId, unit);
    const batch = this.batch;
    for (const { table, key, row } of rows) {
      const spec = this.specs.get(table);
      if (spec === undefined) continue;
      const { own, carried } = apart(row as object);
      this.apply(unitId, spec, key, own);
      for (const [name, itsKey, itsRow] of carried) {
        const itsSpec = this.specs.get(name)!;
        this.apply(unitId, itsSpec, itsKey, itsRow);
        unit.carried.add(table, key, { table: name, key: itsKey, size: itsSpec.carrier!.size(itsRow) });
      }
    }
    this.batch = batch;
    unit.changedInBatch = 0;
  }

  /** The store has no such row; holds until the current decision ends. */
  markAbsent(table: string, key: Key): void {
    this.absent.set(table, key, true);
  }

  /** Ends what `markAbsent` said, when a decision is given up. */
  forgetAbsent(): void {
    this.absent.clear();
  }

  /** Drops the units unused for longest, once there are more than `limit`; changed ones only after their commit. */
  evict(limit: number, keepUnits: ReadonlySet<string>): void {
    if (this.units.size <= limit) return;
    const candidates = [...this.units].filter(([id, unit]) => unit.changedInBatch <= this.committed && !keepUnits.has(id));
    candidates.sort((a, b) => a[1].usedAt - b[1].usedAt);
    for (const [id, unit] of candidates.slice(0, this.units.size - Math.floor(limit * 0.8))) {
      for (const [table, rows] of unit.tables) for (const key of rows.keys()) this.location.delete(table, key);
      this.units.delete(id);
    }
  }

  get size(): number {
    return this.units.size;
  }

  private unit(id: string): Unit {
    const unit = this.units.get(id);
    if (unit === undefined) throw new PageFault([{ unit: id }]);
    unit.usedAt = this.tick += 1;
    return unit;
  }
}
