import { describe, expect, test } from 'vitest';
import { BackPressure } from '../../../engine/broker/processing/back-pressure.ts';
import { CommandQueue } from '../../../engine/broker/processing/command-queue.ts';
import { FairQueue } from '../../../engine/broker/processing/fair-queue.ts';
import { StreamProcessor } from '../../../engine/broker/processing/stream-processor.ts';
import { MemoryStore } from '../../../engine/broker/store/memory/memory-store.ts';
import { VirtualClock } from '../../../engine/contract/clock.ts';
import type { Command } from '../../../engine/protocol/commands.ts';
import { bpmn, chain, end, serviceTask, start } from '../../support/bpmn.ts';

function queueOf(counts: Record<string, number>): FairQueue<string> {
  const queue = new FairQueue<string>();
  for (const [source, count] of Object.entries(counts)) for (let at = 1; at <= count; at += 1) queue.push(source, `${source}${at}`);
  return queue;
}

describe('the queue of commands', () => {
  test('keeps the order of each source', () => {
    const queue = queueOf({ a: 5 });
    expect(queue.take(3)).toEqual(['a1', 'a2', 'a3']);
    expect(queue.take(Infinity)).toEqual(['a4', 'a5']);
    expect(queue.length).toBe(0);
    expect(queue.take(3)).toEqual([]);
  });

  test('lets nobody wait behind a greedy one', () => {
    const queue = queueOf({ greedy: 1000, b: 2, c: 1 });
    expect(queue.take(6)).toEqual(['greedy1', 'greedy2', 'b1', 'b2', 'c1', 'greedy3']);
    expect([queue.length, queue.waitingOf('greedy'), queue.sources]).toEqual([997, 997, 1]);
  });

  test('turns: who was first this time is last the next', () => {
    const queue = queueOf({ a: 9, b: 9, c: 9 });
    expect(queue.take(2)).toEqual(['a1', 'b1']);
    expect(queue.take(3)).toEqual(['c1', 'a2', 'b2']);
  });
});

test('the faster batches are decided, the more may wait; never fewer than a burst', () => {
  const pressure = new BackPressure();
  for (let count = 0; count < 50; count += 1) pressure.measure(256, 32);
  expect(pressure.most).toBe(6000);
  for (let count = 0; count < 50; count += 1) pressure.measure(10, 1000);
  expect(pressure.most).toBe(512);
});

test('a client that asks for more than can be answered in time is refused; another is served, and so is the broker itself', async () => {
  const processor = new StreamProcessor({ store: new MemoryStore(), clock: new VirtualClock('2026-09-17T08:20:00Z'), partition: 1, onError: (error) => expect.fail(error.message) });
  await processor.start();
  const model = bpmn('p', start() + serviceTask('one') + end() + chain('start', 'one', 'end'));
  await processor.submit({ type: 'deploy_resources', resources: [{ name: 'p.bpmn', content: model, checksum: model }] });
  const create = (source?: string) => processor.submit({ type: 'create_process_instance', bpmnProcessId: 'p', processDefinitionKey: '0', version: -1, variables: {}, ...(source === undefined ? {} : { source }) });
  const greedy = Array.from({ length: 5000 }, () => create('greedy'));
  const modest = Array.from({ length: 20 }, () => create('modest'));
  const own = Array.from({ length: 20 }, () => create());
  expect((await Promise.all([...modest, ...own])).every(({ ok }) => ok)).toBe(true);
  const refused = (await Promise.all(greedy)).filter(({ ok }) => !ok);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.every((answer) => !answer.ok && answer.rejection === 'RESOURCE_EXHAUSTED')).toBe(true);
  expect(await create('greedy')).toMatchObject({ ok: true });
  await processor.stop();
});

test('what the broker asks of itself has up to seven eighths of a batch, however much clients ask', () => {
  const queue = new CommandQueue();
  const ask = (count: number, source?: string): void => {
    for (let at = 0; at < count; at += 1) void queue.add({ type: 'trigger_timer', timerKey: `${at}`, ...(source === undefined ? {} : { source }) });
  };
  ask(300, 'client');
  ask(300);
  const batch = queue.take(100);
  expect(batch.filter(({ command }) => command.source === undefined)).toHaveLength(87 + 6);
  expect(batch.slice(0, 87).every(({ command }) => command.source === undefined)).toBe(true);
  expect(queue.take(Infinity)).toHaveLength(500);
});

test('who asks for jobs waits for nothing that is to be completed, but leaves half of the batch to it', () => {
  const queue = new CommandQueue();
  const activate = { type: 'activate_jobs', jobType: 'a', worker: 'w', timeoutMs: 1000, maxJobs: 1, fetchVariables: [], source: 'client' } as unknown as Extract<Command, { type: 'activate_jobs' }>;
  for (let at = 0; at < 100; at += 1) void queue.add({ type: 'complete_job', jobKey: `${at}`, variables: {}, source: 'client' });
  for (let at = 0; at < 30; at += 1) void queue.add(activate, { command: activate, resolve: () => undefined, canceled: false });
  const batch = queue.take(40);
  expect(batch.map(({ command }) => command.type)).toEqual([...Array<string>(20).fill('activate_jobs'), ...Array<string>(20).fill('complete_job')]);
  expect(queue.length).toBe(90);
});
