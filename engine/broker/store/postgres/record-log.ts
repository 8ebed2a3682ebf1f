import { exactJson } from '../../../contract/exact-json.ts';
import type { JsonObject, JsonValue } from '../../../contract/json.ts';
import type { EngineRecord, ValueType } from '../../../protocol/records.ts';

/**
 * One record of a batch as its line says it: key, value type, intent, timestamp, and the value, or the line (from 0) that has the same one. An
 * element goes through several states with one value: it is written once.
 */
type Entry = [key: string, valueType: ValueType, intent: string, timestamp: number, value: JsonObject | number];

const FIRST_OF_OBJECT = '{';

/**
 * The text that keeps a batch of records: a line that says what all have in common, then a line each. `readable`: the records as reading the
 * text gives them; others than those written where an exact number is in them.
 */
export function writeRecordBatch(records: readonly EngineRecord[]): { text: string; readable: readonly EngineRecord[] } {
  const { partitionId, brokerVersion } = records[0]!;
  const lines = [JSON.stringify([partitionId, brokerVersion])];
  const known = new Map<string, { value: JsonObject; line: number; read: JsonObject }>();
  let readable: EngineRecord[] | null = null;
  for (const [line, record] of records.entries()) {
    const { key, valueType, intent, timestamp, value } = record;
    const before = known.get(key);
    const head = `["${key}","${valueType}","${intent}",${timestamp},`;
    let read = value;
    if (before !== undefined && alike(before.value, value)) {
      lines.push(`${head}${before.line}]`);
      read = before.read;
    } else {
      const { text, exact } = exactJson(value);
      if (exact) read = JSON.parse(text) as JsonObject;
      lines.push(`${head}${text}]`);
      known.set(key, { value, line, read });
    }
    if (read !== value) (readable ??= [...records])[line] = { ...record, value: read };
  }
  return { text: lines.join('\n'), readable: readable ?? records };
}

/** The records of a batch, by the text that keeps it and the position of its last. */
export function readRecordBatch(text: string, lastPosition: string): EngineRecord[] {
  const lines = text.split('\n');
  // A batch of earlier versions: each line is a whole record.
  if (text.startsWith(FIRST_OF_OBJECT)) return lines.map((line) => JSON.parse(line) as EngineRecord);
  const [partitionId, brokerVersion] = JSON.parse(lines[0]!) as [number, string];
  const first = BigInt(lastPosition) - BigInt(lines.length - 2);
  const values: JsonObject[] = [];
  return lines.slice(1).map((line, at) => {
    const [key, valueType, intent, timestamp, valueOrLine] = JSON.parse(line) as Entry;
    const value = typeof valueOrLine === 'number' ? values[valueOrLine]! : valueOrLine;
    values.push(value);
    return { position: (first + BigInt(at)).toString(), partitionId, key, recordType: 'EVENT', valueType, intent, timestamp, brokerVersion, value };
  });
}

/** Whether two values are the same as far as a look at their members tells; what is nested counts as the same only when it is the same object. */
function alike(one: JsonObject, other: JsonObject): boolean {
  if (one === other) return true;
  let members = 0;
  for (const name in one) {
    if (one[name] !== (other[name] as JsonValue | undefined)) return false;
    members += 1;
  }
  return Object.keys(other).length === members;
}
