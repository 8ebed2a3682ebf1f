import { exactJsonText } from '../../../contract/exact-json.ts';
import type { JsonObject, JsonValue } from '../../../contract/json.ts';
import type { Key } from '../../../protocol/key.ts';
import type { EngineRecord, LoggedRecord, ValueType } from '../../../protocol/records.ts';
import { DeltaReader, DeltaWriter } from './delta.ts';
import { readEarlierRecordBatch } from './earlier-record-log.ts';
import { LONG_VALUE, LongValues } from './long-values.ts';
import { isLong } from './stored-row.ts';

/** What all records of a batch have in common, or is said once. `kinds`: value type and intent of its records, apart by a space, in the order in which they first come. */
interface Head {
  format: 3;
  partition: number;
  brokerVersion: string;
  records: number;
  /** Timestamp of the first. */
  from: number;
  kinds: string[];
}

const OF_THIS_FORMAT = '{"format":3,';

/** Lines before the long values. */
const FIRST_LONG = 2;

/**
 * The text that keeps a batch of records: a line that says what they have in common; a line with all of them, as one list; then a line for each long value of
 * a variable, as it is. Each record has its kind's number, doubled, and one more when milliseconds since the record before follow; its key, or the
 * number of that key among those of the batch; its value. Variables that an instance is created with have records of their own: its creation names those.
 */
export function writeRecordBatch(records: readonly EngineRecord[]): string {
  const { partitionId, brokerVersion, timestamp: from } = records[0]!;
  const long: string[] = [];
  const values = new DeltaWriter((value, valueType) => (valueType === 'VARIABLE' ? long.push(LONG_VALUE + value) - 1 : null));
  const { tokens } = values;
  const kinds = new Kinds();
  const keys = new Map<Key, number>();
  const lastOfKey: JsonObject[] = [];
  const created = new CreatedVariables();
  let now = from;
  for (let at = 0; at < records.length; at += 1) {
    const { key, valueType, intent, timestamp, value } = records[at]!;
    const kind = kinds.numberOf(valueType, intent) * 2;
    if (timestamp === now) tokens.push(kind);
    else tokens.push(kind + 1, timestamp - now);
    now = timestamp;
    const known = keys.get(key);
    tokens.push(known ?? key);
    values.write(valueType, valueType === 'PROCESS_INSTANCE_CREATION' ? created.namedIn(value) : value, known === undefined ? undefined : lastOfKey[known]);
    if (known === undefined) keys.set(key, lastOfKey.push(value) - 1);
    else lastOfKey[known] = value;
    if (valueType === 'VARIABLE' && intent === 'CREATED') created.add(value, at);
  }
  const head = `${OF_THIS_FORMAT}"partition":${partitionId},"brokerVersion":"${brokerVersion}","records":${records.length},"from":${from},"kinds":["${kinds.names.join('","')}"]}`;
  const text = `${head}\n${exactJsonText(tokens)}`;
  return long.length === 0 ? text : `${text}\n${long.join('\n')}`;
}

/** The records of a batch, by the text that keeps it and the position of its last. Equal values may be one object: they are not to be changed. */
export function readRecordBatch(text: string, lastPosition: string): LoggedRecord[] {
  if (!text.startsWith(OF_THIS_FORMAT)) return readEarlierRecordBatch(text, lastPosition);
  const lines = text.split('\n');
  const { partition: partitionId, brokerVersion, records: count, from, kinds: names } = JSON.parse(lines[0]!) as Head;
  const kinds = names.map((kind) => kind.split(' ') as [ValueType, string]);
  const long = new LongValues(lines, FIRST_LONG, lastPosition);
  const values = new DeltaReader(JSON.parse(lines[1]!) as JsonValue[], (number) => long.text(number));
  const keys: Key[] = [];
  const lastOfKey: JsonObject[] = [];
  const records: LoggedRecord[] = [];
  const first = Number(lastPosition) - count + 1;
  let timestamp = from;
  for (let at = 0; at < count; at += 1) {
    const kind = values.next() as number;
    const [valueType, intent] = kinds[kind >> 1]!;
    if ((kind & 1) === 1) timestamp += values.next() as number;
    const key = values.next() as Key | number;
    const known = typeof key === 'number' ? key : keys.push(key) - 1;
    const value = values.read(lastOfKey[known]);
    lastOfKey[known] = value;
    const record: EngineRecord = { position: String(first + at), partitionId, key: keys[known]!, recordType: 'EVENT', valueType, intent, timestamp, brokerVersion, value };
    if (valueType === 'PROCESS_INSTANCE_CREATION') record.value = toldVariables(value, records);
    records.push(valueType === 'VARIABLE' ? long.placed(record) : record);
  }
  return records;
}

/** The creation with its variables, where it names the records that tell them. Long ones are parsed when somebody asks for them: few do. */
function toldVariables(creation: JsonObject, records: readonly EngineRecord[]): JsonObject {
  const places = creation['variables'];
  if (!Array.isArray(places)) return creation;
  const told = (places as [name: string, at: number][]).map(([name, at]): [string, string] => [name, records[at]!.value['value'] as string]);
  const variables = (): JsonObject => Object.fromEntries(told.map(([name, text]) => [name, JSON.parse(text) as JsonValue]));
  if (told.every(([, text]) => !isLong(text))) return { ...creation, variables: variables() };
  return Object.defineProperty({ ...creation }, 'variables', { get: variables, enumerable: true });
}

/** Value types and intents of a batch, each pair by a number. */
class Kinds {
  readonly names: string[] = [];
  private readonly numbers = new Map<ValueType, Map<string, number>>();

  numberOf(valueType: ValueType, intent: string): number {
    let intents = this.numbers.get(valueType);
    if (intents === undefined) this.numbers.set(valueType, (intents = new Map()));
    let number = intents.get(intent);
    if (number === undefined) intents.set(intent, (number = this.names.push(`${valueType} ${intent}`) - 1));
    return number;
  }
}

/** Which records of a batch tell of the variables that instances are created with. */
class CreatedVariables {
  private readonly places = new Map<Key, [name: string, at: number][]>();

  /** Record `at` says that a variable has come to be. */
  add({ scopeKey, processInstanceKey, name }: JsonObject, at: number): void {
    if (scopeKey !== processInstanceKey) return;
    const places = this.places.get(scopeKey as Key);
    if (places === undefined) this.places.set(scopeKey as Key, [[name as string, at]]);
    else places.push([name as string, at]);
  }

  /** The creation of an instance with the numbers of the records in place of its variables, where the batch has them all. */
  namedIn(creation: JsonObject): JsonObject {
    const names = Object.keys(creation['variables'] as JsonObject);
    const places = this.places.get(creation['processInstanceKey'] as Key)?.slice(0, names.length) ?? [];
    return places.length === names.length && names.every((name, at) => places[at]![0] === name) ? { ...creation, variables: places } : creation;
  }
}
