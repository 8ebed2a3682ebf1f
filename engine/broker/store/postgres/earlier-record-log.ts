import type { JsonObject, JsonValue } from '../../../contract/json.ts';
import type { EngineRecord, LoggedRecord, ValueType } from '../../../protocol/records.ts';
import { LongValues } from './long-values.ts';

/**
 * A value as its line says it: the line (from 0) that has the same one; or its members in order, behind their names or, where an earlier value of the
 * batch had the same names, the number of those names. Values of the oldest batches are objects.
 */
type Value = number | [names: string[] | number, ...members: JsonValue[]] | JsonObject;

/** One record of a batch as its line says it. An instance's creation names the lines of its variables. */
type Entry = [key: string, valueType: ValueType, intent: string, timestamp: number, value: Value];

const FIRST_OF_OBJECT = '{';

/** The records of a batch as versions before the third format have written it: a line each. */
export function readEarlierRecordBatch(text: string, lastPosition: string): LoggedRecord[] {
  const lines = text.split('\n');
  // The first format: each line is a whole record.
  if (text.startsWith(FIRST_OF_OBJECT)) return lines.map((line) => JSON.parse(line) as EngineRecord);
  const [partitionId, brokerVersion, count = lines.length - 1] = JSON.parse(lines[0]!) as [number, string, number?];
  const first = BigInt(lastPosition) - BigInt(count - 1);
  const long = new LongValues(lines, count + 1, lastPosition);
  const values: JsonObject[] = [];
  const shapes: string[][] = [];
  return lines.slice(1, count + 1).map((line, at) => {
    const [key, valueType, intent, timestamp, written] = JSON.parse(line) as Entry;
    const value = typeof written === 'number' ? values[written]! : readValue(written, shapes);
    if (valueType === 'VARIABLE' && typeof value['value'] === 'number') value['value'] = long.text(value['value']);
    if (valueType === 'PROCESS_INSTANCE_CREATION' && Array.isArray(value['variables'])) value['variables'] = variablesAt(value['variables'] as [string, number][], values);
    values.push(value);
    return long.placed({ position: (first + BigInt(at)).toString(), partitionId, key, recordType: 'EVENT', valueType, intent, timestamp, brokerVersion, value });
  });
}

function readValue(written: Exclude<Value, number>, shapes: string[][]): JsonObject {
  if (!Array.isArray(written)) return written;
  const [shape, ...members] = written as [string[] | number, ...JsonValue[]];
  if (typeof shape !== 'number') shapes.push(shape);
  const names = typeof shape === 'number' ? shapes[shape]! : shape;
  const value: JsonObject = {};
  for (const [at, name] of names.entries()) value[name] = members[at]!;
  return value;
}

const variablesAt = (places: readonly [name: string, line: number][], values: readonly JsonObject[]): JsonObject => Object.fromEntries(places.map(([name, line]) => [name, JSON.parse(values[line]!['value'] as string) as JsonValue]));
