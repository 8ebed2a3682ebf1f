import type { Key } from '../../../protocol/key.ts';
import type { EngineRecord } from '../../../protocol/records.ts';
import type { RowChange } from '../../state/row-cache.ts';

// What follows a change's line: nothing (the row is gone), its row, its row and the long `value` of it, or its row, whose `value` is that of a record.
const GONE = 0;
const ROW_AND_VALUE = 2;
const ROW_OF_RECORD = 3;

type Head = [table: string, key: Key, unit: string, dueAt: number | null, queue: string | null, fresh: 0 | 1, follows: number, record?: number];

/** The changes of a batch as versions before the second format have written them: a line each, behind it a line with its row. */
export function readEarlierChanges(text: string, records: () => readonly EngineRecord[]): RowChange[] {
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
