import type { Key } from '../../../protocol/key.ts';
import type { EngineRecord } from '../../../protocol/records.ts';
import type { RowChange } from '../../state/row-cache.ts';
import { isLong, splitRow } from './stored-row.ts';

/** What follows a change's line: nothing (the row is gone), its row, its row and the long `value` of it, or its row, whose `value` is that of a record. */
const GONE = 0;
const ROW = 1;
const ROW_AND_VALUE = 2;
const ROW_OF_RECORD = 3;

type Head = [table: string, key: Key, unit: string, dueAt: number | null, queue: string | null, fresh: 0 | 1, follows: number, record?: number];

/** The text that keeps a batch's changes. What its records tell at length is not repeated. */
export function writeChanges(changes: readonly RowChange[], records: readonly EngineRecord[]): string {
  const told = longValues(records);
  const lines: string[] = [];
  const head = ({ table, key, unit, dueAt, queue, fresh }: RowChange, follows: number, record?: number): void => {
    const line: Head = [table, key, unit, dueAt, queue, fresh ? 1 : 0, follows];
    lines.push(JSON.stringify(record === undefined ? line : [...line, record]));
  };
  for (const change of changes) {
    const { row } = change;
    if (row === undefined) {
      head(change, GONE);
      continue;
    }
    const { json, value } = splitRow(row);
    const record = value === null ? undefined : told.get(value);
    head(change, value === null ? ROW : record === undefined ? ROW_AND_VALUE : ROW_OF_RECORD, record);
    lines.push(json);
    if (value !== null && record === undefined) lines.push(value);
  }
  return lines.join('\n');
}

/** The changes of a batch, by the text that keeps them and the records of the batch. */
export function readChanges(text: string, records: () => readonly EngineRecord[]): RowChange[] {
  const lines = text.split('\n');
  const changes: RowChange[] = [];
  for (let at = 0; at < lines.length; ) {
    const [table, key, unit, dueAt, queue, fresh, follows, record] = JSON.parse(lines[at++]!) as Head;
    let row: unknown;
    if (follows !== GONE) row = JSON.parse(lines[at++]!);
    if (follows === ROW_AND_VALUE) row = { ...(row as object), value: lines[at++]! };
    if (follows === ROW_OF_RECORD) row = { ...(row as object), value: records()[record!]!.value['value'] };
    changes.push({ table, key, unit, row, fresh: fresh === 1, dueAt, queue });
  }
  return changes;
}

/** Numbers of the records that tell a long value, by the value. */
function longValues(records: readonly EngineRecord[]): ReadonlyMap<string, number> {
  const told = new Map<string, number>();
  for (const [at, { valueType, value }] of records.entries()) if (valueType === 'VARIABLE' && isLong(value['value'])) told.set(value['value'], at);
  return told;
}
