import { expect, test } from 'vitest';
import type { RowChange } from '../../../engine/broker/state/row-cache.ts';
import { readChanges, writeChanges } from '../../../engine/broker/store/postgres/redo-log.ts';
import type { EngineRecord } from '../../../engine/protocol/records.ts';

const LONG = JSON.stringify('"长"'.repeat(200));
const change = (table: string, key: string, row: unknown, more: Partial<RowChange> = {}): RowChange => ({ table, key, unit: 'pi|1', row, fresh: true, dueAt: null, queue: null, ...more });
const record = (value: string): EngineRecord => ({ position: '1', partitionId: 1, key: '7', recordType: 'EVENT', valueType: 'VARIABLE', intent: 'CREATED', timestamp: 1, brokerVersion: '8.5.8', value: { name: 'a', value, scopeKey: '1' } });

const CHANGES: readonly RowChange[] = [
  change('job', '1', { key: '1', type: 'pay', retries: 3, headers: {} }, { queue: 'pay' }),
  change('job', '2', { key: '2', type: 'pay', retries: 3, headers: {} }, { dueAt: 1_700_000_000_000 }),
  change('job', '2', { key: '2', type: 'pay', retries: 3, headers: {} }, { fresh: false }),
  change('element_instance', '3', { key: '3', carried: [['variable', '3:a', { name: 'a', value: '1' }]] }, { unit: 'pi|2' }),
  change('element_instance', '4', { key: '4', carried: [['variable', '4:a', { name: 'a', value: '"甲\\n乙"' }], ['taken_flow', '5', {}]] }, { unit: 'pi|2' }),
  change('job', '1', undefined, { fresh: false }),
  change('variable', '1:a', { name: 'a', value: LONG }),
  change('variable', '1:b', { name: 'b', value: `${LONG} ` }),
  change('variable', '1:c', { name: 'c', value: '2' }),
  change('variable', '1:d', { name: 'd', value: `${LONG}  ` }),
  change('job', '6', { key: '6', type: '任务', retries: 0, headers: { a: { b: [null, 1.5] } } }),
];

test('changes of rows are read back as they were written, what a record tells at length from the record', () => {
  const records = [record('1'), record(LONG)];
  const text = writeChanges(CHANGES, records);
  expect(readChanges(text, () => records)).toEqual(CHANGES);
  expect(text.split(LONG)).toHaveLength(3); // the two that no record tells
});

test('rows of a table that differ in one member take little more than that member', () => {
  const row = { type: 'work', retries: 3, worker: '', deadline: -1, customHeaders: {}, elementId: 'work', bpmnProcessId: 'p', tenantId: '<default>' };
  const changes = Array.from({ length: 100 }, (_, at) => change('job', `22517998136${85_000 + at}`, { key: `22517998136${85_000 + at}`, ...row, customHeaders: {} }, { queue: 'work' }));
  const text = writeChanges(changes, []);
  expect(readChanges(text, () => [])).toEqual(changes);
  expect(text.length).toBeLessThan(100 * 65);
});

test('a member that is there without a value is left out, as JSON does', () => {
  const changes = [change('job', '1', { key: '1', worker: undefined }), change('job', '2', { key: '2', worker: 'w' }), change('job', '3', { key: '3', worker: undefined })];
  expect(readChanges(writeChanges(changes, []), () => []).map(({ row }) => row)).toEqual([{ key: '1' }, { key: '2', worker: 'w' }, { key: '3' }]);
});

test('changes that an earlier version has written are still read', () => {
  const text = [
    '["job","1","pi|1",null,"pay",1,1]',
    '{"key":"1","type":"pay"}',
    '["job","2","pi|1",1700000000000,null,0,0]',
    '["variable","1:a","pi|1",null,null,1,3,0]',
    '{"name":"a"}',
    '["variable","1:b","pi|1",null,null,1,2]',
    '{"name":"b"}',
    `${LONG} `,
  ].join('\n');
  expect(readChanges(text, () => [record(LONG)])).toEqual([
    change('job', '1', { key: '1', type: 'pay' }, { queue: 'pay' }),
    change('job', '2', undefined, { fresh: false, dueAt: 1_700_000_000_000 }),
    change('variable', '1:a', { name: 'a', value: LONG }),
    change('variable', '1:b', { name: 'b', value: `${LONG} ` }),
  ]);
});
