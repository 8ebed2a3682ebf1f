// A client in Node, as anybody would write it: reads what to do from its arguments, tells what it did on its output.
// zeebe-node 8.3 knows no job streams: `stream` polls, too.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ZBClient } from 'zeebe-node-as-published';

const [, , what, address, argument] = process.argv;
const client = new ZBClient(address, { loglevel: 'NONE', retry: true, longPoll: 2000, pollInterval: 100, useTLS: false });

if (what === 'work') {
  client.createWorker({
    taskType: argument,
    taskHandler: async (job) => {
      const outcome = await job.complete();
      process.stdout.write(`did ${job.key}\n`);
      return outcome;
    },
  });
  process.stdout.write('ready\n');
} else {
  await story(argument);
  // Left open on purpose: closing this client's connections while streams are being reset can end Node 20 itself by an assertion of its HTTP/2.
  process.exit(0);
}

/** Deploys, runs 20 instances to their results, fails with back-off, throws an error and publishes a message. */
async function story(folder) {
  for (const name of ['double', 'trouble', 'waiting']) await client.deployResource({ name: `node-${name}.bpmn`, process: readFileSync(`${folder}/node-${name}.bpmn`) });
  client.createWorker({ taskType: 'node-double', taskHandler: (job) => job.complete({ twice: job.variables.n * 2 }) });
  for (const round of ['false', 'true']) {
    const results = await Promise.all(Array.from({ length: 10 }, (_, n) => client.createProcessInstanceWithResult({ bpmnProcessId: 'node-double', variables: { n }, requestTimeout: 20_000 })));
    process.stdout.write(`results ${round} ${results.reduce((sum, result) => sum + result.variables.twice, 0)}\n`);
  }
  let calls = 0;
  client.createWorker({
    taskType: 'node-trouble',
    taskHandler: (job) => ((calls += 1) === 1 ? job.fail({ errorMessage: 'again', retries: job.retries - 1, retryBackOff: 200 }) : job.error('trouble', 'as planned')),
  });
  const result = await client.createProcessInstanceWithResult({ bpmnProcessId: 'node-trouble', variables: {}, requestTimeout: 20_000 });
  process.stdout.write(`trouble ${calls} ${JSON.stringify(result.variables)}\n`);
  const paid = client.createProcessInstanceWithResult({ bpmnProcessId: 'node-waiting', variables: { key: 'k' }, fetchVariables: ['amount'], requestTimeout: 20_000 });
  await sleep(300);
  await client.publishMessage({ name: 'node-paid', correlationKey: 'k', timeToLive: 60_000, variables: { amount: 3 } });
  process.stdout.write(`message ${JSON.stringify((await paid).variables)}\n`);
}
