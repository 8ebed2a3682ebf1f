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
  const { text, readable } = writeRecordBatch(records);
  expect(readable).toBe(records);
  expect(readRecordBatch(text, '43')).toEqual(records);
});

test('a value that stays the same through several states of one key is written once', () => {
  const same = { elementId: 'a', version: 1 };
  const records = [record(7, '100', 'ELEMENT_ACTIVATING', same), record(8, '100', 'ELEMENT_ACTIVATED', { ...same }), record(9, '100', 'ELEMENT_COMPLETING', { ...same, version: 2 }), record(10, '100', 'ELEMENT_COMPLETED', { elementId: 'a' })];
  const { text } = writeRecordBatch(records);
  expect(text.match(/"version":1/g)).toHaveLength(1);
  expect(text.match(/"version":2/g)).toHaveLength(1);
  expect(readRecordBatch(text, '10')).toEqual(records);
});

test('an exact number is written with all its digits, and is a plain number for who reads it', () => {
  const value = parseExactJson('{"amount":12345678901234567890}') as JsonObject;
  const records = [record(1, '100', 'CREATED', value), record(2, '100', 'UPDATED', { ...value })];
  const { text, readable } = writeRecordBatch(records);
  expect(text).toContain('12345678901234567890');
  expect(readable.map((each) => each.value)).toEqual([{ amount: 12345678901234567000 }, { amount: 12345678901234567000 }]);
  expect(readRecordBatch(text, '2')).toEqual(readable);
});

test('a batch kept by an earlier version, a whole record in each line, is still read', () => {
  const records = [record(1, '100', 'ELEMENT_ACTIVATING', { elementId: 'a' }), record(2, '100', 'ELEMENT_ACTIVATED', { elementId: 'a' })];
  expect(readRecordBatch(records.map((each) => JSON.stringify(each)).join('\n'), '2')).toEqual(records);
});
