import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BrokerMetrics } from '../../engine/broker-metrics.ts';
import { TestStack } from '../support/stack.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await TestStack.start();
});
afterAll(() => stack.stop());

test('every figure the Grafana dashboard shows is given out', async () => {
  const metrics = new BrokerMetrics();
  metrics.batch({ partition: 1, commands: 3, records: 30, rows: 12, commitMs: 4, waiting: 0 });
  await stack.browser().get('/health');
  const given = (await metrics.registry.metrics()) + String((await stack.browser().get('/metrics')).body);
  const dashboard = await readFile(path.resolve(import.meta.dirname, '../../deploy/grafana/guicheng.json'), 'utf8');
  const names = new Set([...dashboard.matchAll(/\b((?:guicheng|nodejs|process)_[a-z0-9_]+)/g)].map(([, name]) => name!));
  expect(names.size).toBeGreaterThan(12);
  for (const name of names) expect(given, name).toMatch(new RegExp(`^${name}[ {]`, 'm'));
});

test('the broker counts its batches', async () => {
  const metrics = new BrokerMetrics();
  metrics.batch({ partition: 1, commands: 3, records: 30, rows: 12, commitMs: 4, waiting: 2 });
  metrics.batch({ partition: 1, commands: 1, records: 10, rows: 4, commitMs: 2, waiting: 0 });
  const text = await metrics.registry.metrics();
  expect(text).toContain('guicheng_broker_commands_total{partition="1"} 4');
  expect(text).toContain('guicheng_broker_records_total{partition="1"} 40');
  expect(text).toContain('guicheng_broker_batch_commands_count{partition="1"} 2');
  expect(text).toContain('guicheng_broker_commit_seconds_bucket{le="0.0025",partition="1"} 1');
  expect(text).toContain('guicheng_broker_commands_waiting{partition="1"} 0');
});
