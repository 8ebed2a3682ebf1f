import { boundary, bpmn, chain, end, serviceTask, start, timer } from '../../support/bpmn.ts';
import { line, node, handler, script } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';

type Kind = Parameters<typeof timer>[0];
const waiting = (kind: Kind, text: string) => line('p§', { wait: node('intermediateCatchEvent', 'wait', timer(kind, text)) });
const attached = (kind: Kind, text: string, interrupting: boolean) =>
  line('p§', { a: serviceTask('a', 'a§') }, boundary('late', 'a', timer(kind, text), interrupting) + serviceTask('b', 'b§') + end('end2') + chain('late', 'b', 'end2'));
const startedBy = (kind: Kind, text: string) => bpmn('p§', node('startEvent', 'start', timer(kind, text)) + serviceTask('a', 'a§') + end() + chain('start', 'a', 'end'));

export default scenarios({
  'a duration': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting('timeDuration', 'PT0.1S') });
    await t.run('p§', { x: 1 });
  },
  'a duration by expression: text and temporal': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting('timeDuration', '=wait') });
    await t.run('p§', { wait: 'PT0.1S' });
    await t.deploy({ 'p§.bpmn': waiting('timeDuration', '=duration(wait)') });
    await t.run('p§', { wait: 'PT0.1S' });
  },
  'a negative duration fires at once': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting('timeDuration', '=wait') });
    await t.run('p§', { wait: '-PT1H' });
    await t.run('p§', { wait: 'PT0S' });
  },
  'a date, by expression': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting('timeDate', '=now() + duration("PT0.1S")') });
    await t.run('p§');
    await t.deploy({ 'p§.bpmn': waiting('timeDate', '=at') });
    await t.run('p§', { at: '2020-01-01T00:00:00Z' });
    await t.run('p§', { at: '2020-01-01T00:00:00+08:00' });
  },
  'a date with zone in brackets': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting('timeDate', '=at') });
    await t.run('p§', { at: '2020-01-01T00:00:00+08:00[Asia/Shanghai]' });
  },
  'other forms of dates': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting('timeDate', '=at') });
    for (const at of ['2020-01-01T00:00:00', '2020-01-01', '', 'x', 7, null, '2020-01-01T00:00Z', '2020-01-01T00:00:00.123456789Z']) await t.create('p§', { at });
    await t.sleep(900);
  },
  'other forms of durations': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting('timeDuration', '=wait') });
    for (const wait of ['1 hour', '', 'P', 'PT', 7, null, 'P1Y2M3D', 'P1W', 'P1Y2M3DT4H', 'PT-1S', 'p1d', 'R/PT1S']) await t.create('p§', { wait });
    await t.sleep(900);
  },
  'plain text that is no timer is refused': async (t) => {
    await t.deploy({ 'p§.bpmn': waiting('timeDuration', '1 hour') });
    await t.deploy({ 'p§.bpmn': waiting('timeDate', 'tomorrow') });
    await t.deploy({ 'p§.bpmn': waiting('timeCycle', 'R/PT1S') });
    await t.deploy({ 'p§.bpmn': waiting('timeDuration', 'P1Y') });
  },
  'an interrupting boundary timer': async (t) => {
    await t.deploy({ 'p§.bpmn': attached('timeDuration', 'PT0.1S', true) });
    const done = t.start('p§');
    const job = await t.job('a§');
    await t.work('b§');
    await t.complete(job);
    await t.result(done);
  },
  'a non-interrupting boundary timer fires once': async (t) => {
    await t.deploy({ 'p§.bpmn': attached('timeDuration', 'PT0.1S', false) });
    const done = t.start('p§');
    await t.work('b§');
    await t.sleep(250);
    await t.noJob('b§');
    await t.work('a§');
    await t.result(done);
  },
  'a boundary cycle fires as often as it says': async (t) => {
    await t.deploy({ 'p§.bpmn': attached('timeCycle', 'R3/PT0.1S', false) });
    const done = t.start('p§');
    await t.sleep(900);
    for (const job of await t.jobs('b§', 3)) await t.complete(job);
    await t.noJob('b§');
    await t.work('a§');
    await t.result(done);
  },
  'an endless boundary cycle ends with its task': async (t) => {
    await t.deploy({ 'p§.bpmn': attached('timeCycle', '="R/PT1.8S"', false) });
    const done = t.start('p§');
    await t.work('b§');
    await t.work('b§');
    await t.work('a§');
    await t.result(done);
  },
  'a boundary timer does not outlive its task': async (t) => {
    await t.deploy({ 'p§.bpmn': attached('timeDuration', 'PT1S', false) });
    await t.create('p§');
    await t.work('a§');
    await t.sleep(1300);
    await t.noJob('b§');
  },
  'a boundary timer of a cycle may not interrupt': async (t) => {
    await t.deploy({ 'p§.bpmn': attached('timeCycle', 'R3/PT1S', true) });
  },
  'a boundary date in the past': async (t) => {
    await t.deploy({ 'p§.bpmn': attached('timeDate', '="2020-01-01T00:00:00Z"', true) });
    const done = t.start('p§');
    await t.work('b§');
    await t.result(done);
  },
  'a broken boundary timer is an incident': async (t) => {
    await t.deploy({ 'p§.bpmn': attached('timeDuration', '=wait', true) });
    const key = await t.create('p§');
    await t.noJob('a§');
    await t.setVariables(key, { wait: 'PT1H' });
    await t.resolveIncidents();
    await t.work('a§');
    await t.isRunning(key);
  },
  'a cycle with start and a cycle by cron': async (t) => {
    await t.deploy({ 'p§.bpmn': attached('timeCycle', '=cycle', false) });
    const done = t.start('p§', { cycle: 'R2/2020-01-01T00:00:00Z/PT0.2S' });
    await t.sleep(900);
    for (const job of await t.jobs('b§', 2)) await t.complete(job);
    await t.work('a§');
    await t.result(done);
    await t.deploy({ 'p§.bpmn': attached('timeCycle', '=cron', false) });
    await t.create('p§', { cron: '0/1 * * * * ?' });
    await t.work('b§');
    await t.work('b§');
    await t.work('a§');
  },
  'forms of cycles': async (t) => {
    await t.deploy({ 'p§.bpmn': attached('timeCycle', '=cycle', false) });
    for (const cycle of ['R/PT1H', 'R5/P1D', 'R0/PT0.1S', 'R-1/PT1H', 'PT1H', 'R/', '0 0 9-17 * * MON-FRI', '0 9 * * *', '@hourly', '@daily', '0 0 0 ? * 2#1', '0 0 0 L * *', '0 0 0 1W * *', '* * * * * * *', 'x', '', 7, null, '0 60 * * * *', 'R2/2090-01-01T00:00:00Z/PT1H', 'R/2090-01-01T00:00:00/PT1H']) await t.create('p§', { cycle });
    await t.sleep(700);
  },
  'an event subprocess begun by a timer': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, handler('late', timer('timeDuration', 'PT0.1S'), serviceTask('late_work', 'b§'))) });
    const done = t.start('p§');
    await t.work('b§');
    await t.noJob('a§');
    await t.result(done);
  },
  'a non-interrupting event subprocess on a cycle': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§') }, handler('late', timer('timeCycle', 'R2/PT0.1S'), serviceTask('late_work', 'b§'), false)) });
    const done = t.start('p§');
    await t.work('b§');
    await t.work('b§');
    await t.work('a§');
    await t.result(done);
  },
  'a timer starts an instance by date': async (t) => {
    await t.deploy({ 'p§.bpmn': startedBy('timeDate', '2020-01-01T00:00:00Z') });
    await t.work('a§');
    await t.noJob('a§');
  },
  'a cycle starts as many instances as it says': async (t) => {
    await t.deploy({ 'p§.bpmn': startedBy('timeCycle', 'R2/PT0.1S') });
    await t.jobs('a§', 2);
    await t.sleep(400);
    await t.noJob('a§');
  },
  'a new version takes the timer start over': async (t) => {
    await t.deploy({ 'p§.bpmn': startedBy('timeCycle', 'R1/PT1.5S') });
    await t.deploy({ 'p§.bpmn': startedBy('timeCycle', 'R1/PT1.5S').replaceAll('a§', 'b§') });
    await t.work('b§');
    await t.noJob('a§');
  },
  'a timer start by duration fires once': async (t) => {
    await t.deploy({ 'p§.bpmn': startedBy('timeDuration', 'PT0.1S') });
    await t.work('a§');
    await t.noJob('a§');
  },
  'a timer start whose expression fails is refused': async (t) => {
    await t.deploy({ 'p§.bpmn': startedBy('timeDate', '=missing') });
    await t.deploy({ 'p§.bpmn': startedBy('timeCycle', '="every day"') });
  },
  'a timer start by expression': async (t) => {
    await t.deploy({ 'p§.bpmn': startedBy('timeDate', '=now() + duration("PT0.1S")') });
    await t.work('a§');
  },
  'several timers due in order': async (t) => {
    const wait = (id: string, text: string) => node('intermediateCatchEvent', id, timer('timeDuration', text));
    await t.deploy({ 'p§.bpmn': bpmn('p§', start() + wait('one', 'PT1.5S') + wait('two', 'PT0.1S') + script('first', '"one"', 'last') + script('second', '"two"', 'last') + chain('start', 'one', 'first') + chain('start', 'two', 'second')) });
    await t.run('p§');
  },
});
