import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Broker } from '../../engine/broker/index.ts';
import { MemoryStore } from '../../engine/broker/store/memory/memory-store.ts';
import { systemClock } from '../../engine/contract/clock.ts';
import { startGateway, type Gateway } from '../../engine/gateway/gateway-service.ts';
import { GatewayClient } from '../conformance/gateway-client.ts';
import { bpmn, chain, end, serviceTask, start } from '../support/bpmn.ts';

let broker: Broker;
let gateway: Gateway;
let client: GatewayClient;
let activationDelayMs = 0;

beforeEach(async () => {
  broker = new Broker({ stores: [new MemoryStore()], clock: systemClock, onError: (error) => expect.unreachable(error.message) });
  await broker.start();
  // The answer of an activation takes its time: long enough for the client to go away.
  const slow = {
    partitionCount: 1,
    onJobs: broker.onJobs.bind(broker),
    requestJobs: (command: Parameters<Broker['requestJobs']>[0]) => {
      const { answer, cancel } = broker.requestJobs(command);
      return { answer: answer.then((jobs) => sleep(activationDelayMs).then(() => jobs)), cancel };
    },
    submit: async (command: Parameters<Broker['submit']>[0]) => {
      const answer = await broker.submit(command);
      if (command.type === 'activate_jobs') await sleep(activationDelayMs);
      return answer;
    },
  };
  gateway = await startGateway({ broker: slow, clock: systemClock, port: 0 });
  client = new GatewayClient(gateway.address);
  await client.call('deployResource', { resources: [{ name: 'p.bpmn', content: Buffer.from(bpmn('p', start() + serviceTask('work') + end() + chain('start', 'work', 'end'))) }] });
});
afterEach(async () => {
  client.close();
  await gateway.stop();
  await broker.stop();
});

const REQUEST = { type: 'work', worker: 'test', timeout: 600_000, maxJobsToActivate: 5, requestTimeout: 2000 };
const activated = () => client.stream<{ jobs: { retries: number }[] }>('activateJobs', REQUEST);

describe('a client that goes away before it is given its jobs', () => {
  test.each(['activateJobs', 'streamActivatedJobs'])('leaves them to others at once (%s)', async (rpc) => {
    // given
    activationDelayMs = 150;
    const call = client.open(rpc, REQUEST);
    await sleep(50);
    await client.call('createProcessInstance', { bpmnProcessId: 'p', version: -1 });
    await sleep(50);

    // when
    call.cancel();
    await sleep(200);
    activationDelayMs = 0;

    // then
    expect(await activated()).toMatchObject({ ok: true, response: [{ jobs: [{ retries: 3 }] }] });
  });
});

test('a client that awaits the result of an instance is told at once when it is cancelled', async () => {
  // given
  const began = Date.now();
  const awaiting = client.call('createProcessInstanceWithResult', { request: { bpmnProcessId: 'p', version: -1 }, requestTimeout: 20_000 });
  const jobs = await client.stream<{ jobs: { processInstanceKey: string }[] }>('activateJobs', REQUEST);

  // when
  await client.call('cancelProcessInstance', { processInstanceKey: jobs.ok ? jobs.response[0]!.jobs[0]!.processInstanceKey : '' });

  // then
  expect(await awaiting).toMatchObject({ ok: false, code: 'DEADLINE_EXCEEDED' });
  expect(Date.now() - began).toBeLessThan(5000);
});
