import type { JsonObject } from '../../contract/json.ts';
import { keyOf, type Key } from '../../protocol/key.ts';
import type { EngineRecord, ValueType } from '../../protocol/records.ts';
import { tenantOf, type Owned } from '../../protocol/tenant.ts';
import { BROKER_VERSION } from '../../protocol/version.ts';
import type { ExecutableProcess } from '../model/executable-process.ts';
import type { DecisionModel } from '../decisions/index.ts';
import { RowCache } from './row-cache.ts';
import { allTables } from './tables.ts';

/** Where the numbering stands; stored with every batch. */
export interface Counters {
  /** Last key minted, without the partition. */
  key: bigint;
  /** Position of the last record. */
  position: bigint;
}

/**
 * What the engine knows: rows, the parsed models behind them, and the records of the decision at hand. Only the functions of
 * `state/` change it, each standing for one event: it writes the event's record and applies it.
 */
export class EngineState {
  readonly rows = new RowCache(allTables);
  readonly models = new Map<Key, ExecutableProcess>();
  readonly decisionModels = new Map<Key, DecisionModel>();
  readonly partition: number;
  /** IANA zone of `now()`, `today()` and cron expressions. */
  readonly zone: string;
  /** The decision's instant, epoch ms. Set once per command. */
  now = 0;
  /** Tenants that whoever gave the command at hand may act for; null: all. Set once per command. */
  authorized: readonly string[] | null = null;
  /** Process instances in which a variable has changed, or a condition was begun to be waited for, since somebody looked. */
  private changedInstances = new Set<Key>();
  private counters: Counters;
  private saved: Counters;
  private pending: EngineRecord[] = [];

  constructor(partition: number, counters: Counters, zone = 'Asia/Shanghai') {
    this.partition = partition;
    this.zone = zone;
    this.counters = { ...counters };
    this.saved = { ...counters };
  }

  mintKey(): Key {
    this.counters.key += 1n;
    return keyOf(this.partition, this.counters.key);
  }

  /** Appends a record of the decision at hand. */
  record(valueType: ValueType, intent: string, key: Key, value: JsonObject): void {
    this.counters.position += 1n;
    this.pending.push({ position: this.counters.position.toString(), partitionId: this.partition, key, recordType: 'EVENT', valueType, intent, timestamp: this.now, brokerVersion: BROKER_VERSION, value });
  }

  /** A condition of the process instance may hold now that did not before. */
  noteChange(processInstanceKey: Key): void {
    this.changedInstances.add(processInstanceKey);
  }

  /** Those noted since the last call. */
  takeChangedInstances(): ReadonlySet<Key> {
    const { changedInstances } = this;
    if (changedInstances.size > 0) this.changedInstances = new Set();
    return changedInstances;
  }

  /** The decision stands. Its records, in order. */
  keep(): EngineRecord[] {
    this.rows.keep();
    this.saved = { ...this.counters };
    const records = this.pending;
    this.pending = [];
    this.takeChangedInstances();
    return records;
  }

  /** The decision is taken back, numbering included. */
  undo(): void {
    this.rows.undo();
    this.counters = { ...this.saved };
    this.takeChangedInstances();
    this.pending = [];
  }

  /** What the command at hand names, unless it belongs to a tenant that its giver may not act for: it is then as if it were not there. */
  seen<Row extends Owned>(row: Row | undefined): Row | undefined {
    return row === undefined || this.authorized === null || this.authorized.includes(tenantOf(row)) ? row : undefined;
  }

  get standing(): Counters {
    return { ...this.counters };
  }
}
