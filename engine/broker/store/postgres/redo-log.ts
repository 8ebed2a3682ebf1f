import type { JsonValue } from '../../../contract/json.ts';
import type { Key } from '../../../protocol/key.ts';
import type { EngineRecord } from '../../../protocol/records.ts';
import type { RowChange } from '../../state/row-cache.ts';
import { DeltaReader, DeltaWriter } from './delta.ts';
import { readEarlierChanges } from './earlier-redo-log.ts';
import { isLong } from './stored-row.ts';

/** Tables of a batch's changes, in the order in which they first come. */
interface Head {
  format: 2;
  tables: string[];
}

const OF_THIS_FORMAT = '{"format":2,';

// What a change begins with: its table's number times 32, and which of these hold.
const FRESH = 1;
const GONE = 2;
const OTHER_UNIT = 4;
const DUE = 8;
const QUEUED = 16;
const BY_TABLE = 32;

/**
 * The text that keeps a batch's changes: a line that names the tables; a line with all changes, as one list; then a line for each long `value` of a row, as it is,
 * unless a record of the batch tells it.
 */
export function writeChanges(changes: readonly RowChange[], records: readonly EngineRecord[]): string {
  let told: ReadonlyMap<string, number> | undefined;
  const long: string[] = [];
  // Records are numbered from 0 up, lines from -1 down.
  const rows = new DeltaWriter((value) => (told ??= longValues(records)).get(value) ?? -long.push(value));
  const { tokens } = rows;
  const tables = new Map<string, number>();
  let lastUnit: string | undefined;
  for (const { table, key, unit, row, fresh, dueAt, queue } of changes) {
    let number = tables.get(table);
    if (number === undefined) tables.set(table, (number = tables.size));
    tokens.push(number * BY_TABLE + (fresh ? FRESH : 0) + (row === undefined ? GONE : 0) + (unit === lastUnit ? 0 : OTHER_UNIT) + (dueAt === null ? 0 : DUE) + (queue === null ? 0 : QUEUED), key);
    if (unit !== lastUnit) tokens.push(unit);
    if (dueAt !== null) tokens.push(dueAt);
    if (queue !== null) tokens.push(queue);
    if (row !== undefined) rows.write(table, row as Record<string, unknown>);
    lastUnit = unit;
  }
  const head: Head = { format: 2, tables: [...tables.keys()] };
  return [JSON.stringify(head), JSON.stringify(tokens), ...long].join('\n');
}

/** The changes of a batch, by the text that keeps them and the records of the batch. */
export function readChanges(text: string, records: () => readonly EngineRecord[]): RowChange[] {
  if (!text.startsWith(OF_THIS_FORMAT)) return readEarlierChanges(text, records);
  const [head, body, ...long] = text.split('\n') as [string, string, ...string[]];
  const { tables } = JSON.parse(head) as Head;
  const rows = new DeltaReader(JSON.parse(body) as JsonValue[], (number) => (number < 0 ? long[-number - 1]! : records()[number]!.value['value']!));
  const changes: RowChange[] = [];
  let unit = '';
  while (!rows.ended) {
    const what = rows.next() as number;
    const key = rows.next() as Key;
    if ((what & OTHER_UNIT) !== 0) unit = rows.next() as string;
    const dueAt = (what & DUE) === 0 ? null : (rows.next() as number);
    const queue = (what & QUEUED) === 0 ? null : (rows.next() as string);
    changes.push({ table: tables[Math.trunc(what / BY_TABLE)]!, key, unit, row: (what & GONE) === 0 ? rows.read() : undefined, fresh: (what & FRESH) !== 0, dueAt, queue });
  }
  return changes;
}

/** Numbers of the records that tell a long value, by the value. */
function longValues(records: readonly EngineRecord[]): ReadonlyMap<string, number> {
  const told = new Map<string, number>();
  for (const [at, { valueType, value }] of records.entries()) if (valueType === 'VARIABLE' && isLong(value['value'])) told.set(value['value'], at);
  return told;
}
