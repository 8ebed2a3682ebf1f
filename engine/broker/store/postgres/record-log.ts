import { exactJsonText } from '../../../contract/exact-json.ts';
import type { JsonObject, JsonValue } from '../../../contract/json.ts';
import type { EngineRecord, LoggedRecord, ValueType } from '../../../protocol/records.ts';
import { LONG_VALUE, LongValues } from './long-values.ts';
import { isLong } from './stored-row.ts';

/**
 * A value as its line says it: the line (from 0) that has the same one; or its members in order, behind their names or, where an earlier value of the
 * batch had the same names, the number of those names. Values of earlier versions are objects.
 */
type Value = number | [names: string[] | number, ...members: JsonValue[]] | JsonObject;

/**
 * One record of a batch as its line says it. An element goes through several states with one value: it is written once. Variables that an instance is
 * created with have records of their own: its creation names their lines.
 */
type Entry = [key: string, valueType: ValueType, intent: string, timestamp: number, value: Value];

const FIRST_OF_OBJECT = '{';

/**
 * The text that keeps a batch of records: a line that says what all have in common, then a line each; behind them the long values of variables as they
 * are, whose records have their numbers instead.
 */
export function writeRecordBatch(records: readonly EngineRecord[]): string {
  const { partitionId, brokerVersion } = records[0]!;
  const lines = [''];
  const long: string[] = [];
  const known = new Map<string, { value: JsonObject; line: number }>();
  const shapes = new Shapes();
  const created = new Map<string, number>();
  for (const [line, { key, valueType, intent, timestamp, value }] of records.entries()) {
    const before = known.get(key);
    const head = `["${key}","${valueType}","${intent}",${timestamp},`;
    if (before !== undefined && alike(before.value, value)) {
      lines.push(`${head}${before.line}]`);
      continue;
    }
    let members = valueType === 'PROCESS_INSTANCE_CREATION' ? withoutVariables(value, created) : value;
    if (valueType === 'VARIABLE' && isLong(value['value'])) {
      members = { ...value, value: long.length };
      long.push(LONG_VALUE + value['value']);
    }
    lines.push(`${head}${exactJsonText(shapes.write(valueType, members))}]`);
    known.set(key, { value, line });
    if (valueType === 'VARIABLE' && intent === 'CREATED') created.set(`${value['scopeKey'] as string}:${value['name'] as string}`, line);
  }
  lines[0] = JSON.stringify([partitionId, brokerVersion, records.length]);
  return [...lines, ...long].join('\n');
}

/** The records of a batch, by the text that keeps it and the position of its last. */
export function readRecordBatch(text: string, lastPosition: string): LoggedRecord[] {
  const lines = text.split('\n');
  // A batch of the first version: each line is a whole record.
  if (text.startsWith(FIRST_OF_OBJECT)) return lines.map((line) => JSON.parse(line) as EngineRecord);
  const [partitionId, brokerVersion, count = lines.length - 1] = JSON.parse(lines[0]!) as [number, string, number?];
  const first = BigInt(lastPosition) - BigInt(count - 1);
  const long = new LongValues(lines, count + 1, lastPosition);
  const values: JsonObject[] = [];
  const shapes: string[][] = [];
  return lines.slice(1, count + 1).map((line, at) => {
    const [key, valueType, intent, timestamp, written] = JSON.parse(line) as Entry;
    const value = typeof written === 'number' ? values[written]! : readValue(written, shapes);
    if (valueType === 'VARIABLE') long.restore(value);
    if (valueType === 'PROCESS_INSTANCE_CREATION' && Array.isArray(value['variables'])) tellVariables(value, value['variables'] as [string, number][], values);
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

/** Gives a creation its variables. They may be long, and few ask for them: they are parsed when somebody does. */
function tellVariables(value: JsonObject, places: readonly [name: string, line: number][], values: readonly JsonObject[]): void {
  const get = (): JsonObject => Object.fromEntries(places.map(([name, line]) => [name, JSON.parse(values[line]!['value'] as string) as JsonValue]));
  Object.defineProperty(value, 'variables', { get, enumerable: true });
}

/** Names of the members of a batch's values, each list written once. */
class Shapes {
  private readonly last = new Map<ValueType, { names: string[]; number: number }[]>();
  private count = 0;

  /** The value as its line says it. */
  write(valueType: ValueType, value: JsonObject): Value {
    const members = Object.values(value);
    // A list cannot leave anything out.
    if (members.includes(undefined as unknown as JsonValue)) return value;
    let known = this.last.get(valueType);
    if (known === undefined) this.last.set(valueType, (known = []));
    const shape = known.find(({ names }) => hasNames(value, names));
    if (shape !== undefined) return [shape.number, ...members];
    const names = Object.keys(value);
    known.push({ names, number: this.count });
    this.count += 1;
    return [names, ...members];
  }
}

function hasNames(value: JsonObject, names: readonly string[]): boolean {
  let at = 0;
  for (const name in value) if (names[at++] !== name) return false;
  return at === names.length;
}

/** The creation of an instance with the lines of its variables in their place, where the batch has them all. */
function withoutVariables(value: JsonObject, created: ReadonlyMap<string, number>): JsonObject {
  const places: [string, number][] = [];
  for (const name of Object.keys(value['variables'] as JsonObject)) {
    const line = created.get(`${value['processInstanceKey'] as string}:${name}`);
    if (line === undefined) return value;
    places.push([name, line]);
  }
  return { ...value, variables: places };
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
