import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ActivatedJob, Answer } from '../../../engine/protocol/commands.ts';
import { bpmn, chain, end, serviceTask, start } from '../../support/bpmn.ts';
import { TestBroker } from '../../support/broker.ts';

let broker: TestBroker;
beforeEach(async () => {
  broker = await TestBroker.start();
  await broker.deploy({ 'p.bpmn': bpmn('p', start() + serviceTask('a') + end() + chain('start', 'a', 'end')) });
});
afterEach(() => broker.stop());

const ask = (maxJobs = 5) => broker.broker.requestJobs({ type: 'activate_jobs', jobType: 'a', worker: 'test', timeoutMs: 60_000, maxJobs, fetchVariables: [] });
const jobsOf = (answer: Answer): ActivatedJob[] => (answer.ok ? (answer.value as ActivatedJob[]) : []);
const told = (answer: Promise<Answer>): { jobs: ActivatedJob[] | null } => {
  const seen: { jobs: ActivatedJob[] | null } = { jobs: null };
  void answer.then((given) => (seen.jobs = jobsOf(given)));
  return seen;
};

describe('a request for jobs', () => {
  test('waits, and is given the job in the batch that makes it', async () => {
    const { answer } = ask();
    await broker.broker.idle();
    const created = broker.create('p');
    expect(jobsOf(await answer)).toMatchObject([{ elementId: 'a' }]);
    await created;
    expect(await broker.activate('a')).toEqual([]);
  });

  test('gives each job once: the oldest request first, the others go on waiting', async () => {
    const [first, second] = [ask(1), ask(1)];
    const seen = [told(first.answer), told(second.answer)];
    await broker.broker.idle();
    await broker.create('p');
    await first.answer;
    expect(seen.map(({ jobs }) => jobs?.length ?? null)).toEqual([1, null]);
    await broker.create('p');
    expect(jobsOf(await second.answer)).toHaveLength(1);
    expect(seen[1]!.jobs![0]!.key).not.toBe(seen[0]!.jobs![0]!.key);
  });

  test('is answered with nothing when it is canceled, and takes no job then', async () => {
    const { answer, cancel } = ask();
    await broker.broker.idle();
    cancel();
    expect(jobsOf(await answer)).toEqual([]);
    await broker.create('p');
    expect(await broker.activate('a')).toHaveLength(1);
  });

  test('canceled before it is considered takes what is there, or nothing', async () => {
    const { answer, cancel } = ask();
    cancel();
    expect(jobsOf(await answer)).toEqual([]);
  });

  test('leaves jobs to who listens for them, and is asked when they take none', async () => {
    let takes = true;
    const offered: string[] = [];
    const end = broker.broker.onJobs('a', (keys) => (offered.push(...keys), takes));
    const { answer } = ask();
    const seen = told(answer);
    await broker.broker.idle();
    await broker.create('p');
    await broker.broker.idle();
    expect([offered.length, seen.jobs]).toEqual([1, null]);
    takes = false;
    await broker.create('p');
    // Both are there still: the listener has activated neither.
    expect(jobsOf(await answer)).toHaveLength(2);
    end();
  });

  test('ends with nothing when the broker ends', async () => {
    const { answer } = ask();
    await broker.broker.idle();
    await broker.broker.stop();
    expect(jobsOf(await answer)).toEqual([]);
  });
});
