import { credentials, status, type Client, type ServiceError } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ZBClient } from 'zeebe-node-as-published';
import { Broker } from '../../engine/broker/index.ts';
import { MemoryStore } from '../../engine/broker/store/memory/memory-store.ts';
import { systemClock } from '../../engine/contract/clock.ts';
import { startGateway, type Gateway } from '../../engine/gateway/gateway-service.ts';
import { gatewayProtocol } from '../../engine/protocol/gateway-protocol.ts';
import { bpmn, chain, end, message, messageEvent, serviceTask, start } from '../support/bpmn.ts';

let broker: Broker;
let gateway: Gateway;
let client: ZBClient;

beforeAll(async () => {
  broker = new Broker({ stores: [new MemoryStore()], clock: systemClock, onError: (error) => expect.unreachable(error.message) });
  await broker.start();
  gateway = await startGateway({ broker, clock: systemClock, port: 0 });
  client = new ZBClient(gateway.address, { loglevel: 'NONE', retry: false, longPoll: 5000, useTLS: false } as ConstructorParameters<typeof ZBClient>[1] & object);
});
afterAll(async () => {
  await client.close();
  await gateway.stop();
  await broker.stop();
});

const deploy = (name: string, xml: string) => client.deployResource({ name: `${name}.bpmn`, process: Buffer.from(xml) });

describe('an unchanged zeebe-node 8.3.2 client', () => {
  test('sees one broker that leads its partition', async () => {
    const topology = await client.topology();
    expect(topology).toMatchObject({ clusterSize: 1, partitionsCount: 1, gatewayVersion: '8.5.8' });
    expect(topology.brokers[0]?.partitions[0]).toMatchObject({ partitionId: 1, role: 'LEADER' });
  });

  test('deploys, creates with result, and works the job', async () => {
    const deployed = await deploy('order', bpmn('order', start() + serviceTask('work', 'order.work') + end() + chain('start', 'work', 'end')));
    expect(deployed.deployments[0]).toMatchObject({ process: { bpmnProcessId: 'order', version: 1, resourceName: 'order.bpmn' } });
    const worker = client.createWorker({ taskType: 'order.work', taskHandler: (job) => job.complete({ answer: Number(job.variables['question']) * 2 }) });
    const result = await client.createProcessInstanceWithResult({ bpmnProcessId: 'order', variables: { question: 21 }, requestTimeout: 10_000 });
    expect(result).toMatchObject({ bpmnProcessId: 'order', version: 1, variables: { question: 21, answer: 42 } });
    await worker.close();
  });

  test('gets jobs that arrive while its long poll waits', async () => {
    await deploy('late', bpmn('late', start() + serviceTask('work', 'late.work') + end() + chain('start', 'work', 'end')));
    const polling = client.activateJobs({ type: 'late.work', worker: 'test', timeout: 60_000, maxJobsToActivate: 5, requestTimeout: 10_000 });
    await client.createProcessInstance({ bpmnProcessId: 'late', variables: {} });
    const jobs = await polling;
    expect(jobs).toHaveLength(1);
    await client.completeJob({ jobKey: jobs[0]!.key, variables: {} });
  });

  test('publishes messages, fails jobs, throws errors, sets variables, cancels', async () => {
    await deploy('msg', bpmn('msg', `<bpmn:startEvent id="got">${messageEvent('m')}</bpmn:startEvent>` + serviceTask('work', 'msg.work') + end() + chain('got', 'work', 'end'), message('m', 'msg.start')));
    await client.publishStartMessage({ name: 'msg.start', variables: { n: 1 }, timeToLive: 0 } as Parameters<typeof client.publishStartMessage>[0]);
    const [job] = await client.activateJobs({ type: 'msg.work', worker: 'test', timeout: 60_000, maxJobsToActivate: 1, requestTimeout: 5000 });
    expect(job!.variables).toEqual({ n: 1 });
    await client.setVariables({ elementInstanceKey: job!.processInstanceKey, variables: { n: 2 }, local: false });
    await client.failJob({ jobKey: job!.key, retries: 2, errorMessage: 'again', retryBackOff: 0 });
    const [again] = await client.activateJobs({ type: 'msg.work', worker: 'test', timeout: 60_000, maxJobsToActivate: 1, requestTimeout: 5000 });
    expect(again).toMatchObject({ key: job!.key, retries: 2, variables: { n: 2 } });
    await client.cancelProcessInstance(job!.processInstanceKey);
    await expect(client.completeJob({ jobKey: job!.key, variables: {} })).rejects.toMatchObject({ code: 5, details: expect.stringContaining(`Command 'COMPLETE' rejected with code 'NOT_FOUND': Expected to complete job with key '${job!.key}', but no such job was found`) });
  });

  test('can call on and on over one client: connections are replaced before the HTTP/2 library ends them', async () => {
    for (let round = 0; round < 40; round += 1) await Promise.all(Array.from({ length: 50 }, () => client.topology()));
  });

  test('is refused with the status codes of Zeebe', async () => {
    await expect(client.createProcessInstance({ bpmnProcessId: 'nobody', variables: {} })).rejects.toMatchObject({ code: 5 });
    await expect(deploy('bad', '<nonsense/>')).rejects.toMatchObject({ code: 3 });
    await expect(client.completeJob({ jobKey: '2251799813699999', variables: {} })).rejects.toMatchObject({ code: 5 });
    await expect(client.evaluateDecision({ decisionId: 'nothing', variables: {} } as never)).rejects.toMatchObject({ code: 3 });
  });
});

describe('the bare protocol', () => {
  let bare: Client & Record<string, (request: object, callback?: (error: ServiceError | null, response: unknown) => void) => NodeJS.EventEmitter>;
  beforeAll(() => {
    bare = new gatewayProtocol.Client(gateway.address, credentials.createInsecure()) as typeof bare;
  });
  afterAll(() => bare.close());

  /** Reads a stream to its end: its messages, or the status it was refused with. */
  const stream = (rpc: string, request: object) =>
    new Promise<unknown[] | number>((resolve) => {
      const messages: unknown[] = [];
      const call = bare[rpc]!(request);
      call.on('data', (each: unknown) => messages.push(each));
      call.on('error', (error: ServiceError) => resolve(error.code));
      call.on('end', () => resolve(messages));
    });

  test('activates nothing when asked for no jobs or when there are none, and refuses a timeout of zero', async () => {
    expect(await stream('activateJobs', { type: 'none', worker: '', timeout: 1000, maxJobsToActivate: 0, requestTimeout: -1 })).toEqual([]);
    expect(await stream('activateJobs', { type: 'none', worker: '', timeout: 1000, maxJobsToActivate: 5, requestTimeout: -1 })).toEqual([]);
    expect(await stream('activateJobs', { type: 'none', worker: '', timeout: 0, maxJobsToActivate: 5, requestTimeout: -1 })).toBe(status.INVALID_ARGUMENT);
    expect(await stream('activateJobs', { type: '', worker: '', timeout: 1000, maxJobsToActivate: 5, requestTimeout: -1 })).toBe(status.INVALID_ARGUMENT);
  });

  test('a key of no partition is unavailable, an unknown key inside one not found', async () => {
    const completing = (jobKey: string) => new Promise<number | undefined>((resolve) => void bare['completeJob']!({ jobKey, variables: '{}' }, (error) => resolve(error?.code)));
    expect(await completing('7')).toBe(status.UNAVAILABLE);
    expect(await completing('2251799813699999')).toBe(status.NOT_FOUND);
  });

  test('a job stream pushes the jobs that become activatable after it was opened', async () => {
    await deploy('pushed', bpmn('pushed', start() + serviceTask('work', 'pushed.work') + end() + chain('start', 'work', 'end')));
    const call = bare['streamActivatedJobs']!({ type: 'pushed.work', worker: 'test', timeout: 60_000 }) as NodeJS.EventEmitter & { cancel(): void };
    const pushed = new Promise<{ variables: string }>((resolve, reject) => {
      call.once('data', resolve);
      call.once('error', reject);
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await client.createProcessInstance({ bpmnProcessId: 'pushed', variables: { n: 9 } });
    expect(JSON.parse((await pushed).variables)).toEqual({ n: 9 });
    call.on('error', () => undefined); // the cancellation below
    call.cancel();
  });
});
