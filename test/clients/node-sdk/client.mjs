// A client on the current Node SDK, as anybody would write it: reads what to do from its arguments, tells what it did on its output.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Camunda8 } from '@camunda8/sdk';

const [, , what, address, argument, how] = process.argv;
const client = new Camunda8({ ZEEBE_GRPC_ADDRESS: `grpc://${address}`, CAMUNDA_AUTH_STRATEGY: 'NONE', CAMUNDA_LOG_LEVEL: 'none', zeebeGrpcSettings: { ZEEBE_CLIENT_LOG_LEVEL: 'NONE' } }).getZeebeGrpcApiClient();

if (what === 'work') {
  const taskHandler = async (job) => {
    const outcome = await job.complete();
    process.stdout.write(`did ${job.key}\n`);
    return outcome;
  };
  // This client does not open a lost stream again, whatever engine it speaks to; the poll it has beside the stream (every 30 s unless told) goes on.
  if (how === 'stream') client.streamJobs({ type: argument, worker: 'streaming', timeout: 60_000, taskHandler, pollInterval: 3000 });
  else client.createWorker({ taskType: argument, taskHandler, pollInterval: 100, longPoll: 2000 });
  await sleep(1000);
  process.stdout.write('ready\n');
} else {
  await story(argument);
  process.exit(0);
}

/** Deploys, runs 20 instances to their results, fails with back-off, throws an error and publishes a message. */
async function story(folder) {
  const name = (each) => `node-sdk-${each}`;
  for (const each of ['double', 'trouble', 'waiting']) await client.deployResource({ name: `${name(each)}.bpmn`, process: readFileSync(`${folder}/${name(each)}.bpmn`) });
  const double = (job) => job.complete({ twice: job.variables.n * 2 });
  const polling = client.createWorker({ taskType: name('double'), taskHandler: double, pollInterval: 100, longPoll: 2000 });
  for (const round of ['false', 'true']) {
    if (round === 'true') {
      await polling.close();
      client.streamJobs({ type: name('double'), worker: 'streaming', timeout: 60_000, taskHandler: double, pollInterval: -1 });
      await sleep(1000);
    }
    const results = await Promise.all(Array.from({ length: 10 }, (_, n) => client.createProcessInstanceWithResult({ bpmnProcessId: name('double'), variables: { n }, requestTimeout: 20_000 })));
    process.stdout.write(`results ${round} ${results.reduce((sum, result) => sum + result.variables.twice, 0)}\n`);
  }
  let calls = 0;
  client.createWorker({
    taskType: name('trouble'),
    pollInterval: 100,
    taskHandler: (job) => ((calls += 1) === 1 ? job.fail({ errorMessage: 'again', retries: job.retries - 1, retryBackOff: 200 }) : job.error('trouble', 'as planned')),
  });
  const result = await client.createProcessInstanceWithResult({ bpmnProcessId: name('trouble'), variables: {}, requestTimeout: 20_000 });
  process.stdout.write(`trouble ${calls} ${JSON.stringify(result.variables)}\n`);
  const paid = client.createProcessInstanceWithResult({ bpmnProcessId: name('waiting'), variables: { key: 'k' }, fetchVariables: ['amount'], requestTimeout: 20_000 });
  await sleep(300);
  await client.publishMessage({ name: name('paid'), correlationKey: 'k', timeToLive: 60_000, variables: { amount: 3 } });
  process.stdout.write(`message ${JSON.stringify((await paid).variables)}\n`);
}
