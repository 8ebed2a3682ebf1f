import { bpmn, chain, end, flow, serviceTask, start } from '../../support/bpmn.ts';
import { compensatedBy, compensateEvent, line, linkEvent, node, script, signal, signalEvent, subProcess } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';
import type { Transcript } from '../transcript.ts';

const native = (id: string, extra = '') => node('userTask', id, '', '', `<zeebe:userTask/>${extra}`);
const assigned = '<zeebe:assignmentDefinition assignee="wang"/>';
const throwing = (id: string) => node('intermediateThrowEvent', id, compensateEvent());

const modify = (t: Transcript, processInstanceKey: string, activated: string[], terminated: string[] = []) =>
  t.call('modifyProcessInstance', { processInstanceKey, activateInstructions: activated.map((elementId) => ({ elementId, ancestorElementInstanceKey: '-1' })), terminateInstructions: terminated.map((elementInstanceKey) => ({ elementInstanceKey })) });

const startAt = (...ids: string[]) => ({ startInstructions: ids.map((elementId) => ({ elementId })) });

export default scenarios({
  'modifying to a user task of the engine': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§'), b: native('b', assigned) }) });
    const key = await t.create('p§');
    const job = await t.job('a§');
    await modify(t, key, ['b'], [job.elementInstanceKey]);
    const [task] = await t.userTasks();
    await t.onUserTask('complete', task!);
    await t.isRunning(key);
  },
  'modifying to a signal, a link and compensation': async (t) => {
    const model = bpmn('p§', start() + serviceTask('a', 'a§') + end() + chain('start', 'a', 'end') + node('intermediateThrowEvent', 'tell', signalEvent('s')) + end('e2') + chain('tell', 'e2') + node('intermediateThrowEvent', 'jump', linkEvent('L')) + node('intermediateCatchEvent', 'land', linkEvent('L')) + script('x', '1', 'x') + end('e3') + chain('land', 'x', 'e3') + throwing('undo') + end('e4') + chain('undo', 'e4') + node('intermediateCatchEvent', 'wait', signalEvent('s')) + end('e5') + chain('wait', 'e5'), signal('s', 's§'));
    for (const id of ['tell', 'jump', 'land', 'undo', 'wait']) {
      await t.deploy({ 'p§.bpmn': model });
      const key = await t.create('p§');
      await t.job('a§');
      await modify(t, key, [id]);
      await t.settle();
      if (id === 'wait') await t.broadcast('s§', { heard: 1 });
      await t.cancel(key);
    }
  },
  'modifying a subprocess away that could be undone': async (t) => {
    const inside = start('s') + serviceTask('a', 'a§') + serviceTask('b', 'b§') + end('e') + chain('s', 'a', 'b', 'e') + compensatedBy('a', 'ua', serviceTask('ua', 'u§'));
    await t.deploy({ 'p§.bpmn': line('p§', { sub: subProcess('sub', inside), undo: throwing('undo') }) });
    const key = await t.create('p§');
    await t.work('a§');
    await t.job('b§');
    const [sub] = await t.instancesOf('sub');
    await modify(t, key, ['undo'], [sub!]);
    await t.isRunning(key);
  },
  'ending a throw event that waits for its handlers': async (t) => {
    await t.deploy({ 'p§.bpmn': line('p§', { a: serviceTask('a', 'a§'), undo: throwing('undo'), c: serviceTask('c', 'c§') }, compensatedBy('a', 'ua', serviceTask('ua', 'u§'))) });
    const key = await t.create('p§');
    await t.work('a§');
    const handler = await t.job('u§');
    const [undo] = await t.instancesOf('undo');
    await modify(t, key, ['c'], [undo!]);
    await t.complete(handler);
    await t.work('c§');
    await t.isRunning(key);
  },
  'starting at signals, links and compensation': async (t) => {
    const model = bpmn('p§', start() + end() + flow('start', 'end') + node('endEvent', 'tell', signalEvent('s')) + node('intermediateThrowEvent', 'jump', linkEvent('L')) + node('intermediateCatchEvent', 'land', linkEvent('L')) + script('x', '1', 'x') + end('e3') + chain('land', 'x', 'e3') + node('endEvent', 'undo', compensateEvent()) + native('u') + end('e4') + chain('u', 'e4'), signal('s', 's§'));
    await t.deploy({ 'p§.bpmn': model });
    for (const id of ['tell', 'jump', 'land', 'undo']) await t.isRunning(await t.create('p§', {}, startAt(id)));
    await t.create('p§', {}, startAt('u'));
    const [task] = await t.userTasks();
    await t.onUserTask('complete', task!);
  },
});
