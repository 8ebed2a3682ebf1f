import { expect, test } from 'vitest';
import { readRecordBatch, writeRecordBatch } from '../../../engine/broker/store/postgres/record-log.ts';
import type { JsonObject } from '../../../engine/contract/json.ts';
import type { EngineRecord, ValueType } from '../../../engine/protocol/records.ts';

const record = (position: number, valueType: ValueType, key: string, value: JsonObject): EngineRecord => ({ position: String(position), partitionId: 1, key, recordType: 'EVENT', valueType, intent: 'CREATED', timestamp: 1_700_000_000_000, brokerVersion: '8.5.8', value });
const variable = (position: number, key: string, value: string): EngineRecord => record(position, 'VARIABLE', key, { name: `v${key}`, value: JSON.stringify(value), scopeKey: '7', processInstanceKey: '7' });

test('a record of a long value says on which line of its batch that is, others say nothing', () => {
  // given: a second record of the same value, one that is not long enough, and one of another type
  const [first, second] = ['甲"\n'.repeat(9000), '='.repeat(9000)];
  const records = [variable(11, '1', first), variable(12, '2', 'x'.repeat(7000)), record(13, 'JOB', '3', { value: 'y'.repeat(9000) }), variable(14, '1', first), variable(15, '4', second), variable(16, '5', 'short')];

  // when
  const text = writeRecordBatch(records);
  const read = readRecordBatch(text, '16');

  // then
  expect(read.map(({ valuePlace: _place, ...each }) => each)).toEqual(records);
  expect(read.map(({ valuePlace }) => valuePlace?.batch)).toEqual(['16', undefined, undefined, '16', '16', undefined]);
  const lines = text.split('\n');
  for (const { valuePlace, value } of read) if (valuePlace !== undefined) expect(lines[valuePlace.line - 1]).toBe(`=${value['value'] as string}`);
});

test('the creation of an instance has its long variables too, however often they are asked for', () => {
  const [long, list] = ['规程'.repeat(9000), [1, { a: null }]];
  const records = [variable(1, '1', long), { ...variable(2, '2', ''), value: { name: 'list', value: JSON.stringify(list), scopeKey: '7', processInstanceKey: '7' } }, record(3, 'PROCESS_INSTANCE_CREATION', '9', { processInstanceKey: '7', variables: { v1: long, list }, bpmnProcessId: 'p' })];
  const creation = readRecordBatch(writeRecordBatch(records), '3')[2]!;
  for (let count = 0; count < 2; count += 1) expect(creation).toEqual(records[2]);
  expect(JSON.parse(JSON.stringify(creation))).toEqual(records[2]);
});
