import type { Knex } from 'knex';
import type { JsonValue } from '../contract/json.ts';
import { bigintArray, textArray } from '../database/array-parameter.ts';
import { prepared } from '../database/prepared.ts';
import type { EngineRecord } from '../protocol/records.ts';
import { asColumns } from './columns.ts';
import { readTables, type ReadTable } from './tables.ts';

export type Row = Record<string, JsonValue>;

/** What is known of a row: that the table has none of its key, all of its columns, or some that change. */
type Known = 'new' | 'whole' | 'part';

interface Pending {
  known: Known;
  row: Row;
}

/** Where an instance's records are: first position and length of each run of them, and the position that would prolong the last. */
interface RecordPlaces {
  records: number;
  runs: number[];
  next: number;
}

/**
 * Records of one batch folded in memory: per table and key the last state of its row. Written with a few statements per
 * table, however many records there were.
 */
export class Batch {
  private readonly pending = new Map<ReadTable, Map<string, Pending>>();
  private readonly places = new Map<string, RecordPlaces>();
  /** How often each element of a definition was completed, by `key/id`. */
  private readonly completed = new Map<string, number>();
  private partition = 0;
  /** Instances something happened to. */
  readonly instances = new Set<string>();
  /** Instances whose lifted variables changed. */
  readonly lifted = new Set<string>();
  /** Instances whose tasks must look up anew who is excluded. */
  readonly exclusions = new Set<string>();
  /** User tasks that came, changed or went. */
  readonly tasks = new Set<string>();
  /** Processes of which a definition came or went. */
  readonly definitions = new Set<string>();

  /** Writes a row that the table does not have: its record is the first of that key. */
  add(table: ReadTable, row: Row): void {
    this.rows(table).set(String(row['key']), { known: 'new', row });
  }

  /** Writes a whole row, whether the table has it or not. */
  put(table: ReadTable, row: Row): void {
    const rows = this.rows(table);
    const key = String(row['key']);
    rows.set(key, { known: rows.get(key)?.known === 'new' ? 'new' : 'whole', row });
  }

  /** Changes columns of a row that is there, in the table or in this batch. */
  patch(table: ReadTable, key: string, change: Row): void {
    const rows = this.rows(table);
    const known = rows.get(key);
    if (known === undefined) rows.set(key, { known: 'part', row: { key, ...change } });
    else Object.assign(known.row, change);
  }

  /** Notes where the record is, for those who look at the engine's own facts of an instance. */
  keep(record: EngineRecord, processInstanceKey: string): void {
    this.partition = record.partitionId;
    const position = Number(record.position);
    const places = this.places.get(processInstanceKey);
    if (places === undefined) {
      this.places.set(processInstanceKey, { records: 1, runs: [position, 1], next: position + 1 });
      return;
    }
    places.records += 1;
    if (position === places.next) places.runs[places.runs.length - 1]! += 1;
    else places.runs.push(position, 1);
    places.next = position + 1;
  }

  /** One more element instance has come to its end. */
  countCompleted(processDefinitionKey: string, elementId: string): void {
    const id = `${processDefinitionKey}/${elementId}`;
    this.completed.set(id, (this.completed.get(id) ?? 0) + 1);
  }

  /** `carefully`: takes nothing for new, should the table have it all the same. */
  async write(trx: Knex.Transaction, carefully = false): Promise<void> {
    for (const table of readTables) {
      for (const { known, columns, rows } of bySignature(this.pending.get(table))) await writeRows(trx, table, columns, carefully && known === 'new' ? 'whole' : known, rows);
    }
    if (this.places.size > 0) await this.writePlaces(trx);
    if (this.completed.size > 0) await this.writeCompleted(trx);
  }

  private async writePlaces(trx: Knex.Transaction): Promise<void> {
    const places = [...this.places];
    await prepared(
      trx,
      `insert into read_model.instance_record (process_instance_key, partition, first_position, records, runs)
         select r.instance, $1::smallint, r.position, r.records, r.runs::bigint[] from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::text[]) as r(instance, position, records, runs)
       on conflict do nothing`,
      [
        this.partition,
        bigintArray(places.map(([instance]) => instance)),
        bigintArray(places.map(([, { runs }]) => runs[0]!)),
        bigintArray(places.map(([, { records }]) => records)),
        textArray(places.map(([, { runs }]) => `{${runs.join(',')}}`)),
      ],
    );
  }

  private async writeCompleted(trx: Knex.Transaction): Promise<void> {
    const counts = [...this.completed].map(([id, count]) => ({ key: id.slice(0, id.indexOf('/')), element: id.slice(id.indexOf('/') + 1), count }));
    await prepared(
      trx,
      `insert into read_model.element_statistics as s (process_definition_key, element_id, completed)
         select * from unnest($1::bigint[], $2::text[], $3::bigint[]) on conflict (process_definition_key, element_id) do update set completed = s.completed + excluded.completed`,
      [bigintArray(counts.map(({ key }) => key)), textArray(counts.map(({ element }) => element)), bigintArray(counts.map(({ count }) => count))],
    );
  }

  private rows(table: ReadTable): Map<string, Pending> {
    let rows = this.pending.get(table);
    if (rows === undefined) this.pending.set(table, (rows = new Map()));
    return rows;
  }
}

interface Group {
  known: Known;
  columns: readonly string[];
  rows: Row[];
}

/** Rows of which the same is known, with the same columns. */
function bySignature(rows: Map<string, Pending> | undefined): Iterable<Group> {
  const groups = new Map<string, Group>();
  for (const { known, row } of rows?.values() ?? []) {
    const columns = Object.keys(row);
    const signature = `${known}:${columns.join(',')}`;
    const group = groups.get(signature);
    if (group === undefined) groups.set(signature, { known, columns, rows: [row] });
    else group.rows.push(row);
  }
  return groups.values();
}

/** Writes rows that have the same columns, the key first. */
export async function writeRows(trx: Knex.Transaction, table: ReadTable, columns: readonly string[], known: Known, rows: readonly Row[]): Promise<void> {
  const changed = columns.filter((column) => column !== 'key');
  const { source, read, values } = asColumns(table, columns, rows);
  // Of what is new nothing can be in the way, and looking for it would cost a fifth of the writing.
  const inTheWay = known === 'new' ? '' : ` on conflict (key) do update set ${changed.map((column) => `${column} = excluded.${column}`).join(', ')}`;
  const sql =
    known !== 'part'
      ? `insert into read_model.${table.name} (${columns.join(', ')}) select ${columns.map(read).join(', ')} from ${source}${inTheWay}`
      : `update read_model.${table.name} t set ${changed.map((column) => `${column} = ${read(column)}`).join(', ')} from (select r.*, (select x.ctid from read_model.${table.name} x where x.key = r.key) as place from ${source} offset 0) as r where t.ctid = r.place`;
  await prepared(trx, sql, values);
}
