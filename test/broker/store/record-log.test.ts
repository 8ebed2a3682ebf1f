import { expect, test } from 'vitest';
import { readRecordBatch, writeRecordBatch } from '../../../engine/broker/store/postgres/record-log.ts';
import { exactJsonText, parseExactJson } from '../../../engine/contract/exact-json.ts';
import type { JsonObject, JsonValue } from '../../../engine/contract/json.ts';
import type { EngineRecord, ValueType } from '../../../engine/protocol/records.ts';

const record = (position: number, key: string, intent: string, value: JsonObject): EngineRecord => ({ position: String(position), partitionId: 2, key, recordType: 'EVENT', valueType: 'PROCESS_INSTANCE', intent, timestamp: 1_700_000_000_000 + position, brokerVersion: '8.5.8', value });

test('a batch of records is read back as it was written', () => {
  const records = [
    record(41, '100', 'ELEMENT_ACTIVATING', { elementId: '任务', tags: ['甲\n乙'] }),
    record(42, '101', 'ELEMENT_ACTIVATING', { elementId: 'b', nothing: null }),
    record(43, '100', 'ELEMENT_ACTIVATED', { elementId: '任务', tags: ['甲\n乙'] }),
  ];
  const text = writeRecordBatch(records);
  expect(readRecordBatch(text, '43')).toEqual(records);
});

test('a value that stays the same through several states of one key is written once', () => {
  const same = { elementId: 'a', version: 1 };
  const records = [record(7, '100', 'ELEMENT_ACTIVATING', same), record(8, '100', 'ELEMENT_ACTIVATED', { ...same }), record(9, '100', 'ELEMENT_COMPLETING', { ...same, version: 2 }), record(10, '100', 'ELEMENT_COMPLETED', { elementId: 'a' })];
  const text = writeRecordBatch(records);
  expect(text.match(/"a"/g)).toHaveLength(2);
  expect(text.match(/"version":1/g)).toHaveLength(1);
  expect(readRecordBatch(text, '10')).toEqual(records);
});

test('an exact number is written with all its digits, and is a plain number for who reads it', () => {
  const value = parseExactJson('{"amount":12345678901234567890}') as JsonObject;
  const records = [record(1, '100', 'CREATED', value), record(2, '100', 'UPDATED', { ...value })];
  const text = writeRecordBatch(records);
  expect(text).toContain('12345678901234567890');
  expect(readRecordBatch(text, '2').map((each) => each.value)).toEqual([{ amount: 12345678901234567000 }, { amount: 12345678901234567000 }]);
});

test('a batch kept by an earlier version, a whole record in each line, is still read', () => {
  const records = [record(1, '100', 'ELEMENT_ACTIVATING', { elementId: 'a' }), record(2, '100', 'ELEMENT_ACTIVATED', { elementId: 'a' })];
  expect(readRecordBatch(records.map((each) => JSON.stringify(each)).join('\n'), '2')).toEqual(records);
});

test('names of members are written once for all values that have them', () => {
  const records = [record(1, '100', 'CREATED', { elementId: 'a', version: 1 }), record(2, '101', 'CREATED', { elementId: 'b', version: 2 }), record(3, '102', 'CREATED', { version: 3 }), record(4, '103', 'CREATED', { elementId: 'c', version: 4 })];
  const text = writeRecordBatch(records);
  expect(text.match(/"elementId"/g)).toHaveLength(1);
  expect(readRecordBatch(text, '4')).toEqual(records);
});

test('variables an instance is created with are written once, and its creation has them when it is read', () => {
  const large = 'x'.repeat(1000);
  const variable = (position: number, name: string, value: string): EngineRecord => ({ ...record(position, `10${position}`, 'CREATED', { name, value, scopeKey: '7', processInstanceKey: '7' }), valueType: 'VARIABLE' });
  const creation = (position: number, processInstanceKey: string, variables: JsonObject): EngineRecord => ({ ...record(position, `10${position}`, 'CREATED', { processInstanceKey, variables, bpmnProcessId: 'p' }), valueType: 'PROCESS_INSTANCE_CREATION' });
  const records = [variable(1, 'document', JSON.stringify(large)), variable(2, 'flags', '[true,{"a":null}]'), creation(3, '7', { document: large, flags: [true, { a: null }] }), creation(4, '8', { document: 'of another' }), creation(5, '9', {})];
  const text = writeRecordBatch(records);
  expect(text.split(large)).toHaveLength(2);
  expect(readRecordBatch(text, '5')).toEqual(records);
});

test('an exact number among them is a plain one for who reads it', () => {
  const variables = parseExactJson('{"amount":12345678901234567890,"name":"a"}') as JsonObject;
  const variable = (position: number, name: string, value: string): EngineRecord => ({ ...record(position, `10${position}`, 'CREATED', { name, value, scopeKey: '7' }), valueType: 'VARIABLE' });
  const records: EngineRecord[] = [variable(1, 'amount', '12345678901234567890'), variable(2, 'name', '"a"'), { ...record(3, '103', 'CREATED', { processInstanceKey: '7', variables }), valueType: 'PROCESS_INSTANCE_CREATION' }];
  const text = writeRecordBatch(records);
  expect(readRecordBatch(text, '3')[2]!.value['variables']).toEqual({ amount: 12345678901234567000, name: 'a' });
});

test('a batch of an earlier version, values as objects, is still read', () => {
  const text = ['[2,"8.5.8"]', '["100","JOB","CREATED",1700000000041,{"type":"a","variables":{}}]', '["100","JOB","ACTIVATED",1700000000042,0]'].join('\n');
  expect(readRecordBatch(text, '42').map(({ position, intent, value }) => ({ position, intent, value }))).toEqual([{ position: '41', intent: 'CREATED', value: { type: 'a', variables: {} } }, { position: '42', intent: 'ACTIVATED', value: { type: 'a', variables: {} } }]);
});

test('a batch of an earlier version, values as lists behind names that are written once, is still read', () => {
  const long = JSON.stringify('长'.repeat(300));
  const text = [
    '[2,"8.5.8",6]',
    '["100","VARIABLE","CREATED",1700000000041,[["name","value","scopeKey"],"a",0,"7"]]',
    '["101","VARIABLE","CREATED",1700000000041,[0,"b","[1,{}]","7"]]',
    '["102","PROCESS_INSTANCE_CREATION","CREATED",1700000000041,[["processInstanceKey","variables"],"7",[["a",0],["b",1]]]]',
    '["103","PROCESS_INSTANCE","ELEMENT_ACTIVATING",1700000000042,[["elementId","tags"],"任务",["x"]]]',
    '["103","PROCESS_INSTANCE","ELEMENT_ACTIVATED",1700000000043,3]',
    '["104","PROCESS_INSTANCE","ELEMENT_ACTIVATING",1700000000043,[2,"b",[]]]',
    `=${long}`,
  ].join('\n');
  const a = { name: 'a', value: long, scopeKey: '7' };
  const b = { name: 'b', value: '[1,{}]', scopeKey: '7' };
  const creation = { processInstanceKey: '7', variables: { a: '长'.repeat(300), b: [1, {}] } };
  const task = { elementId: '任务', tags: ['x'] };
  expect(readRecordBatch(text, '46').map(({ value }) => value)).toEqual([a, b, creation, task, task, { elementId: 'b', tags: [] }]);
  expect(readRecordBatch(text, '46').map(({ position, key, timestamp }) => [position, key, timestamp - 1_700_000_000_000])).toEqual([['41', '100', 41], ['42', '101', 41], ['43', '102', 41], ['44', '103', 42], ['45', '103', 43], ['46', '104', 43]]);
});

test('a long value of a variable is kept as it is, and no line of it is taken for a record', () => {
  const value = JSON.stringify(['100', 'PROCESS', 'CREATED', { text: '"甲"\n'.repeat(100) }]);
  const records: EngineRecord[] = [{ ...record(1, '100', 'CREATED', { name: 'a', value, scopeKey: '7' }), valueType: 'VARIABLE' }, record(2, '101', 'ELEMENT_ACTIVATED', { elementId: 'b' }), { ...record(3, '100', 'UPDATED', { name: 'a', value, scopeKey: '7' }), valueType: 'VARIABLE' }];
  const text = writeRecordBatch(records);
  expect(text.split('\n').at(-1)).toBe(`=${value}`);
  expect(text.split(value)).toHaveLength(2);
  expect(readRecordBatch(text, '3')).toEqual(records);
});

test('whatever a batch holds is read back as JSON has it', () => {
  const random = seeded(7);
  for (let round = 0; round < 60; round += 1) {
    const records = anyRecords(random, 1 + Math.floor(random() * 120));
    expect(readRecordBatch(writeRecordBatch(records), records.at(-1)!.position)).toEqual(JSON.parse(exactJsonText(records)));
  }
});

test('of passes of a multi-instance only what is different takes room', () => {
  // given: what a hundred passes begin with, in the order of the engine's records
  const element = { bpmnProcessId: 'bench_multi', version: 1, processDefinitionKey: '2251799813685250', processInstanceKey: '2251799813685260', elementId: 'work', flowScopeKey: '2251799813685262', bpmnElementType: 'SERVICE_TASK', bpmnEventType: 'UNSPECIFIED', parentProcessInstanceKey: '-1', parentElementInstanceKey: '-1', tenantId: '<default>' };
  const job = { type: 'work', retries: 3, worker: '', deadline: -1, customHeaders: {}, variables: {}, errorMessage: '', errorCode: '', elementId: 'work', processInstanceKey: '2251799813685260', processDefinitionKey: '2251799813685250', bpmnProcessId: 'bench_multi', processDefinitionVersion: 1, tenantId: '<default>' };
  const records = Array.from({ length: 100 }, (_, at) => at).flatMap((at): EngineRecord[] => {
    const key = `22517998136${86_000 + at * 3}`;
    const ofPass: EngineRecord[] = [
      record(at * 4 + 1, key, 'ELEMENT_ACTIVATING', { ...element }),
      { ...record(at * 4 + 2, `22517998136${86_001 + at * 3}`, 'CREATED', { name: 'item', value: String(at), scopeKey: key, processInstanceKey: '2251799813685260', tenantId: '<default>' }), valueType: 'VARIABLE' },
      record(at * 4 + 3, key, 'ELEMENT_ACTIVATED', { ...element }),
      { ...record(at * 4 + 4, `22517998136${86_002 + at * 3}`, 'CREATED', { ...job, elementInstanceKey: key, customHeaders: {}, variables: {} }), valueType: 'JOB' },
    ];
    return ofPass.map((each) => ({ ...each, timestamp: 1_700_000_000_000 }));
  });

  // when
  const text = writeRecordBatch(records);

  // then
  expect(readRecordBatch(text, '400')).toEqual(records);
  expect(text.length).toBeLessThan(400 * 40);
  expect(text.match(/SERVICE_TASK/g)).toHaveLength(1);
});

test('the first line names the kinds of records, and the long values are the last lines', () => {
  const long = (length: number): string => JSON.stringify('长'.repeat(length));
  const variable = (position: number, value: string): EngineRecord => ({ ...record(position, `10${position}`, 'CREATED', { name: 'a', value, scopeKey: '7' }), valueType: 'VARIABLE' });
  const lines = writeRecordBatch([variable(1, long(300)), variable(2, '"short"'), record(3, '103', 'ELEMENT_ACTIVATED', {}), variable(4, long(400))]).split('\n');
  expect(JSON.parse(lines[0]!)).toEqual({ format: 3, partition: 2, brokerVersion: '8.5.8', records: 4, from: 1_700_000_000_001, kinds: ['VARIABLE CREATED', 'PROCESS_INSTANCE ELEMENT_ACTIVATED'] });
  expect(lines.slice(2)).toEqual([`=${long(300)}`, `=${long(400)}`]);
});

/** Numbers from 0 to 1, the same for a seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** Records of a few keys with values that are alike, or not at all. */
function anyRecords(random: () => number, count: number): EngineRecord[] {
  const among = <Each>(all: readonly Each[]): Each => all[Math.floor(random() * all.length)]!;
  const member = (): JsonValue =>
    among<() => JsonValue>([
      () => among(['', 'a', '任务', 'line\nbreak', '"=["', '\u2028', '\ud800', '😀']),
      () => among([0, 1, -1, 2 ** 31, 0.5, null, true, false]),
      () => among<JsonValue>([{}, [], { a: {} }, [[]], { 0: 1, b: [null, '甲\n乙'] }]),
      () => parseExactJson(among(['12345678901234567890', '1.0', '-0.0', '{"deep":[1.0,12345678901234567890]}'])),
    ])();
  const shapes: string[][] = [[], ['a'], ['a', 'b', 'c'], ['a', 'c', 'b'], ['c', 'b', 'a', 'd', 'value'], ['1', '0', 'x'], Array.from({ length: 30 }, (_, at) => `m${at}`), Array.from({ length: 31 }, (_, at) => `m${at}`)];
  const values: JsonObject[] = [];
  const value = (): JsonObject => {
    const before = values.length > 0 && random() < 0.7 ? among(values) : null;
    const next: JsonObject = before === null ? Object.fromEntries(among(shapes).map((name) => [name, member()])) : { ...before };
    for (const name of Object.keys(next)) if (random() < 0.1) next[name] = random() < 0.1 ? (undefined as unknown as JsonValue) : member();
    values.push(next);
    return next;
  };
  const variable = (): JsonObject => ({ name: among(['a', 'b']), value: among(['1', 'null', JSON.stringify('x'.repeat(300)), JSON.stringify(`${'长\n'.repeat(150)}`)]), scopeKey: among(['7', '8']), processInstanceKey: '7' });
  const creation = (): JsonObject => ({ processInstanceKey: among(['7', '8']), variables: among<JsonObject>([{}, { a: 1 }, { b: [] }]) });
  let timestamp = 1_700_000_000_000;
  return Array.from({ length: count }, (_, at) => {
    timestamp += among([0, 0, 0, 1, 5, -2]);
    const about: { valueType: ValueType; value: JsonObject } = among([() => ({ valueType: 'VARIABLE' as const, value: variable() }), () => ({ valueType: 'PROCESS_INSTANCE_CREATION' as const, value: creation() }), () => ({ valueType: among<ValueType>(['JOB', 'PROCESS_INSTANCE', 'SIGNAL']), value: value() })])();
    return { ...record(at + 1, about.valueType === 'PROCESS_INSTANCE_CREATION' ? `9${at}` : `10${Math.floor(random() * 20)}`, among(['ELEMENT_ACTIVATED', 'UPDATED']), about.value), valueType: about.valueType, timestamp };
  });
}
