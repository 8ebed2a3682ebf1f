import { bpmn, chain, end, message, messageEvent, serviceTask, start } from '../../support/bpmn.ts';
import { line, node } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';
import type { Transcript } from '../transcript.ts';

const PARTS = ['one', 'two', 'three', 'four', 'five'];

/** Gives an instance more than 4 MB of variables, in parts that Zeebe takes. */
async function fill(t: Transcript, key: string): Promise<void> {
  for (const part of PARTS) await t.setVariables(key, { [part]: 'x'.repeat(900_000) });
}

export default scenarios({
  'a job that is too large to be handed out is an incident until it is smaller': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }) });
    const key = await t.create('p§');
    await fill(t, key);
    await t.jobs('a§', 1, { requestTimeout: -1 });
    await t.noJob('a§');
    await t.resolveIncidents();
    await t.jobs('a§', 1, { requestTimeout: -1 });
    for (const part of PARTS) await t.setVariables(key, { [part]: part.length });
    await t.resolveIncidents();
    await t.work('a§');
    await t.isRunning(key);
  },
  'a job that is too large does not keep back the others': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }) });
    const key = await t.create('p§');
    await fill(t, key);
    await t.create('p§', { small: 1 });
    await t.work('a§');
    await t.cancel(key);
  },
  'one of the variables of a large job alone is handed out': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }) });
    const key = await t.create('p§', { small: 1 });
    await fill(t, key);
    await t.complete(await t.job('a§', { fetchVariable: ['small'] }));
    await t.isRunning(key);
  },
  'a message starts one instance for each correlation key at a time': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', node('startEvent', 'start', messageEvent('m')) + serviceTask('a', 'a§') + end() + chain('start', 'a', 'end'), message('m', 'm§')) });
    await t.publish('m§', 'k1', { n: 1 });
    await t.publish('m§', 'k1', { n: 2 });
    await t.publish('m§', 'k2', { n: 3 });
    await t.publish('m§', '', { n: 4 });
    await t.publish('m§', '', { n: 5 });
    const first = await t.jobs('a§', 4);
    await t.noJob('a§');
    await t.complete(first[0]!);
    await t.work('a§');
    await t.publish('m§', 'k1', { n: 6 }, { timeToLive: 0 });
    await t.work('a§');
    await t.noJob('a§');
  },
  'a message start and an instance of the same process that waits for it': async (t) => {
    await t.deploy({ 'p§.bpmn': bpmn('p§', node('startEvent', 'begin', messageEvent('m')) + start() + node('intermediateCatchEvent', 'wait', messageEvent('w')) + serviceTask('a', 'a§') + end() + chain('begin', 'a', 'end') + chain('start', 'wait', 'a'), message('m', 'm§') + message('w', 'm§', '=key')) });
    await t.create('p§', { key: 'k' });
    await t.settle();
    await t.publish('m§', 'k', { n: 1 });
    await t.jobs('a§', 2);
  },
});
