import { afterEach, expect, test } from 'vitest';
import { Broker } from '../../engine/broker/index.ts';
import { MemoryStore } from '../../engine/broker/store/memory/memory-store.ts';
import type { ActivatedJob, Command } from '../../engine/protocol/commands.ts';
import { bpmn, chain, end, serviceTask, start, timer } from '../support/bpmn.ts';

const HOUR = 3_600_000;
const NOON = Date.parse('2026-09-17T12:00:00Z');
const MODEL = bpmn(
  'p',
  start() + `<bpmn:intermediateCatchEvent id="wait">${timer('timeDuration', 'PT10M')}</bpmn:intermediateCatchEvent>` + serviceTask('one') + end() + chain('start', 'wait', 'one', 'end'),
);

const brokers: Broker[] = [];
afterEach(async () => {
  for (const broker of brokers.splice(0)) await broker.stop();
});

/** A broker whose clock the machine's administrator sets as he likes. */
async function begin(): Promise<{ broker: Broker; clock: { at: number }; done: <Value>(command: Command) => Promise<Value> }> {
  const clock = { at: NOON };
  const errors: Error[] = [];
  const broker = new Broker({ stores: [new MemoryStore()], clock: { now: () => clock.at }, onError: (error) => void errors.push(error) });
  await broker.start();
  brokers.push(broker);
  const done = async <Value>(command: Command): Promise<Value> => {
    const answer = await broker.submit(command);
    if (!answer.ok) throw new Error(answer.reason);
    expect(errors).toEqual([]);
    return answer.value as Value;
  };
  await done({ type: 'deploy_resources', resources: [{ name: 'p.bpmn', content: MODEL, checksum: MODEL }] });
  return { broker, clock, done };
}

const CREATE = { type: 'create_process_instance', bpmnProcessId: 'p', processDefinitionKey: '0', version: -1, variables: {} } as const;
const ACTIVATE: Command = { type: 'activate_jobs', jobType: 'one', worker: 'test', timeoutMs: 60_000, maxJobs: 10, fetchVariables: [] };

test('a clock set back by an hour: what was due before comes when its time does, what begins afterwards after its own', async () => {
  // given: a timer due at 12:10
  const { broker, clock, done } = await begin();
  await done(CREATE);
  clock.at = NOON + 60_000;
  await broker.idle();

  // when: it is 11:01, and another begins, due at 11:11
  clock.at = NOON + 60_000 - HOUR;
  await done(CREATE);
  clock.at += 9 * 60_000;
  await broker.idle();
  expect(await done<ActivatedJob[]>(ACTIVATE)).toEqual([]);
  clock.at += 60_000;
  await broker.idle();

  // then
  const second = await done<ActivatedJob[]>(ACTIVATE);
  expect(second).toHaveLength(1);
  await done({ type: 'complete_job', jobKey: second[0]!.key, variables: {} });
  clock.at = NOON + 10 * 60_000;
  await broker.idle();
  expect(await done<ActivatedJob[]>(ACTIVATE)).toHaveLength(1);
});

test('a job that was given out is given to nobody else earlier than its deadline, and is again after it', async () => {
  // given: a job whose deadline is 12:11
  const { broker, clock, done } = await begin();
  await done(CREATE);
  clock.at = NOON + 10 * 60_000;
  await broker.idle();
  expect(await done<ActivatedJob[]>(ACTIVATE)).toHaveLength(1);

  // when
  clock.at = NOON - HOUR;
  await broker.idle();

  // then
  expect(await done<ActivatedJob[]>(ACTIVATE)).toEqual([]);
  clock.at = NOON + 11 * 60_000 + 1;
  await broker.idle();
  expect(await done<ActivatedJob[]>(ACTIVATE)).toHaveLength(1);
});

test('messages expire when their time comes, and positions and keys go on rising', async () => {
  // given
  const { broker, clock, done } = await begin();
  const publish = (messageId: string): Command => ({ type: 'publish_message', name: 'm', correlationKey: 'k', messageId, timeToLiveMs: 10_000, variables: {} });
  await done(publish('1'));

  // when
  clock.at = NOON - HOUR;
  await done(publish('2'));
  clock.at += 10_001;
  await broker.idle();

  // then: the second has gone, the first is still kept, and its id refused
  await done(publish('2'));
  expect(await broker.submit(publish('1'))).toMatchObject({ ok: false, rejection: 'ALREADY_EXISTS' });
  const records = await broker.readRecords(1, '0', 1000);
  expect(records.map(({ position }) => Number(position))).toEqual(records.map((_, at) => at + 1));
});
