import { expect, test } from 'vitest';
import { readRecordBatch, writeRecordBatch } from '../../../engine/broker/store/postgres/record-log.ts';
import { parseExactJson } from '../../../engine/contract/exact-json.ts';
import type { JsonObject } from '../../../engine/contract/json.ts';
import type { EngineRecord } from '../../../engine/protocol/records.ts';

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
  expect(text.match(/"a",1\]/g)).toHaveLength(1);
  expect(text.match(/"a",2\]/g)).toHaveLength(1);
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

test('a long value of a variable is kept as it is, and no line of it is taken for a record', () => {
  const value = JSON.stringify(['100', 'PROCESS', 'CREATED', { text: '"甲"\n'.repeat(100) }]);
  const records: EngineRecord[] = [{ ...record(1, '100', 'CREATED', { name: 'a', value, scopeKey: '7' }), valueType: 'VARIABLE' }, record(2, '101', 'ELEMENT_ACTIVATED', { elementId: 'b' }), { ...record(3, '100', 'UPDATED', { name: 'a', value, scopeKey: '7' }), valueType: 'VARIABLE' }];
  const text = writeRecordBatch(records);
  expect(text.split('\n').at(-1)).toBe(`=${value}`);
  expect(text.split(value)).toHaveLength(2);
  expect(readRecordBatch(text, '3')).toEqual(records);
});
