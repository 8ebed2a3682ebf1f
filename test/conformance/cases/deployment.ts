import { boundary, bpmn, chain, end, flow, message, messageEvent, serviceTask, start, timer } from '../../support/bpmn.ts';
import { handler, line, node, script, subProcess } from '../diagrams.ts';
import { scenarios } from '../scenario.ts';

const TASK = line('p§', { a: serviceTask('a', 'a§') });
const FORM = (text: string) => JSON.stringify({ id: 'f§', components: [{ type: 'text', text }], schemaVersion: 16 });
const DMN = (expression: string) => `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="drg§" name="DRG" namespace="n"><decision id="d§" name="D"><literalExpression id="l"><text>${expression}</text></literalExpression></decision></definitions>`;
const refused: Record<string, string> = {
  'no start event': bpmn('p§', end()),
  'two none starts': bpmn('p§', start() + start('start2') + end() + chain('start', 'end') + chain('start2', 'end')),
  'a service task without type': line('p§', { a: node('serviceTask', 'a') }),
  'an empty job type': line('p§', { a: serviceTask('a', '') }),
  'a broken expression': line('p§', { a: script('a', '1 +', 'y') }),
  'a script without result variable': line('p§', { a: node('scriptTask', 'a', '', '', '<zeebe:script expression="=1"/>') }),
  'a script task without anything': line('p§', { a: node('scriptTask', 'a') }),
  'a script task with both': line('p§', { a: node('scriptTask', 'a', '', '', '<zeebe:taskDefinition type="x"/><zeebe:script expression="=1" resultVariable="y"/>') }),
  'a business rule task without anything': line('p§', { a: node('businessRuleTask', 'a') }),
  'a call activity without process': line('p§', { a: node('callActivity', 'a') }),
  'a condition that is no expression': bpmn('p§', start() + node('exclusiveGateway', 'g') + end() + end('end2') + chain('start', 'g') + flow('g', 'end', 'true').replace('>=true<', '>true<') + flow('g', 'end2', 'false')),
  'an exclusive gateway with a flow without condition': bpmn('p§', start() + node('exclusiveGateway', 'g') + end() + end('end2') + chain('start', 'g') + flow('g', 'end', 'true') + flow('g', 'end2')),
  'an inclusive gateway with a flow without condition': bpmn('p§', start() + node('inclusiveGateway', 'g') + end() + end('end2') + chain('start', 'g') + flow('g', 'end', 'true') + flow('g', 'end2')),
  'a joining inclusive gateway': bpmn('p§', start() + node('inclusiveGateway', 'g', '', 'default="d"') + node('inclusiveGateway', 'j') + end() + chain('start', 'g') + flow('g', 'j', 'true') + flow('g', 'j', undefined, 'd') + chain('j', 'end')),
  'an event-based gateway with one event': bpmn('p§', start() + node('eventBasedGateway', 'g') + node('intermediateCatchEvent', 'w', timer('timeDuration', 'PT1S')) + chain('start', 'g', 'w')),
  'an event-based gateway before a task': bpmn('p§', start() + node('eventBasedGateway', 'g') + node('intermediateCatchEvent', 'w', timer('timeDuration', 'PT1S')) + serviceTask('a', 'a') + chain('start', 'g', 'w') + chain('g', 'a')),
  'a boundary event without flow': line('p§', { a: serviceTask('a', 'a') }, boundary('b', 'a', timer('timeDuration', 'PT1S'))),
  'a boundary event with incoming flow': line('p§', { a: serviceTask('a', 'a') }, boundary('b', 'a', timer('timeDuration', 'PT1S')) + end('end2') + flow('b', 'end2') + node('task', 'x') + flow('start', 'x') + flow('x', 'b')),
  'a boundary event on a gateway': bpmn('p§', start() + node('exclusiveGateway', 'g') + end() + chain('start', 'g', 'end') + boundary('b', 'g', timer('timeDuration', 'PT1S')) + flow('b', 'end')),
  'a boundary event without definition': line('p§', { a: serviceTask('a', 'a') }, boundary('b', 'a', '') + flow('b', 'end')),
  'a message without name': line('p§', { a: node('intermediateCatchEvent', 'a', messageEvent('m')) }, '', '<bpmn:message id="m"/>'),
  'a message without correlation key': line('p§', { a: node('intermediateCatchEvent', 'a', messageEvent('m')) }, '', message('m', 'm')),
  'a message event without message': line('p§', { a: node('intermediateCatchEvent', 'a', '<bpmn:messageEventDefinition/>') }),
  'a receive task without message': line('p§', { a: node('receiveTask', 'a') }),
  'a catch event without definition': line('p§', { a: node('intermediateCatchEvent', 'a') }),
  'a timer without time': line('p§', { a: node('intermediateCatchEvent', 'a', '<bpmn:timerEventDefinition/>') }),
  'a subprocess without start': line('p§', { a: subProcess('a', end('x')) }),
  'a subprocess with a message start': line('p§', { a: subProcess('a', node('startEvent', 's', messageEvent('m')) + end('x') + chain('s', 'x')) }, '', message('m', 'm', '=k')),
  'an event subprocess with none start': line('p§', { a: serviceTask('a', 'a') }, handler('on', '', serviceTask('on_work', 'b'))),
  'a complex gateway': line('p§', { a: node('complexGateway', 'a') }),
  'a transaction': line('p§', { a: `<bpmn:transaction id="a">${start('s')}</bpmn:transaction>` }),
  'two elements of one id': line('p§', { a: serviceTask('a', 'a') }, end('a')),
  'a flow to nowhere': bpmn('p§', start() + flow('start', 'nobody')),
  'a flow out of an end event': bpmn('p§', start() + end() + serviceTask('a', 'a') + chain('start', 'end', 'a')),
  'a mapping without target': line('p§', { a: serviceTask('a', 'a', '<zeebe:ioMapping><zeebe:input source="=1" target=""/></zeebe:ioMapping>') }),
  'a mapping to a bad path': line('p§', { a: serviceTask('a', 'a', '<zeebe:ioMapping><zeebe:input source="=1" target="a b"/></zeebe:ioMapping>') }),
  'a conditional event': line('p§', { a: serviceTask('a', 'a') }, boundary('b', 'a', '<bpmn:conditionalEventDefinition><bpmn:condition>=x</bpmn:condition></bpmn:conditionalEventDefinition>') + flow('b', 'end')),
  'a process that is not executable': TASK.replace('isExecutable="true"', 'isExecutable="false"'),
  'another XML': '<other/>',
  'no XML': 'nonsense',
  'children in another order than the schema has': line('p§', { a: `<bpmn:serviceTask id="a"><bpmn:incoming>x</bpmn:incoming><bpmn:extensionElements><zeebe:taskDefinition type="a"/></bpmn:extensionElements></bpmn:serviceTask>` }),
};
const accepted: Record<string, string> = {
  'a flow into a start event': bpmn('p§', start() + serviceTask('a', 'a') + chain('start', 'a') + flow('a', 'start')),
  'an element without outgoing flow': bpmn('p§', start() + serviceTask('a', 'a') + chain('start', 'a')),
  'an element nobody reaches': line('p§', { a: node('task', 'a') }, serviceTask('lost', 'a')),
  'lanes, data and annotations': line('p§', { a: node('task', 'a') }, '<bpmn:dataObject id="data"/><bpmn:dataObjectReference id="ref" dataObjectRef="data"/><bpmn:textAnnotation id="note"><bpmn:text>hello</bpmn:text></bpmn:textAnnotation>').replace('<bpmn:startEvent', '<bpmn:laneSet id="lanes"><bpmn:lane id="lane"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet><bpmn:startEvent'),
  'foreign extensions': line('p§', { a: node('task', 'a', '', 'xmlns:x="urn:x" x:hint="1"', '<x:own xmlns:x="urn:x" a="1"/>') }),
  'a default flow with other flows': bpmn('p§', start() + node('exclusiveGateway', 'g', '', 'default="d"') + end() + end('end2') + chain('start', 'g') + flow('g', 'end', 'true') + flow('g', 'end2', undefined, 'd')),
  'an unused message without name': line('p§', { a: node('task', 'a') }, '', '<bpmn:message id="m"/>'),
  'a task with two incoming and two outgoing flows': bpmn('p§', start() + node('task', 'a') + end() + end('end2') + flow('start', 'a') + flow('start', 'a') + flow('a', 'end') + flow('a', 'end2')),
  'properties, documentation and names': line('p§', { a: '<bpmn:task id="a" name="A"><bpmn:documentation>text</bpmn:documentation><bpmn:extensionElements><zeebe:properties><zeebe:property name="n" value="v"/></zeebe:properties></bpmn:extensionElements></bpmn:task>' }),
};

export default scenarios({
  ...Object.fromEntries(Object.entries(refused).map(([what, xml]) => [`refused: ${what}`, async (t) => void (await t.deploy({ 'p§.bpmn': xml }))])),
  ...Object.fromEntries(Object.entries(accepted).map(([what, xml]) => [`accepted: ${what}`, async (t) => void (await t.deploy({ 'p§.bpmn': xml }))])),
  'the same content keeps its version, another gets the next': async (t) => {
    await t.deploy({ 'p§.bpmn': TASK });
    await t.deploy({ 'p§.bpmn': TASK });
    await t.deploy({ 'other§.bpmn': TASK });
    await t.deploy({ 'other§.bpmn': TASK.replace('isExecutable', 'name="named" isExecutable') });
  },
  'decisions and forms have versions too': async (t) => {
    for (const n of [1, 1, 2]) await t.deploy({ 'd§.dmn': DMN(String(n)), 'f§.form': FORM(String(n)) });
    await t.deploy({ 'd2§.dmn': DMN('2'), 'f2§.form': FORM('2') });
  },
  'one refused resource refuses all': async (t) => {
    await t.deploy({ 'p§.bpmn': TASK, 'q§.bpmn': bpmn('q§', end()) });
    await t.create('p§');
  },
  'nothing, and unknown kinds of files': async (t) => {
    await t.deploy({});
    await t.deploy({ 'readme§.txt': 'hello' });
    await t.deploy({ 'p§.xml': TASK });
    await t.deploy({ 'f§.form': '{}' });
    await t.deploy({ 'f§.form': 'nonsense' });
    await t.deploy({ 'f§.form': '{"id": ""}' });
  },
  'one process id in two files is refused': async (t) => {
    await t.deploy({ 'a§.bpmn': TASK, 'b§.bpmn': TASK.replaceAll('"a"', '"b"') });
    await t.deploy({ 'a§.form': FORM('1'), 'b§.form': FORM('2') });
    await t.deploy({ 'a§.dmn': DMN('1'), 'b§.dmn': DMN('2') });
  },
  'two processes in one file': async (t) => {
    const second = `<bpmn:process id="q§" isExecutable="true">${start('s2')}${end('e2')}${chain('s2', 'e2')}</bpmn:process></bpmn:definitions>`;
    await t.deploy({ 'p§.bpmn': TASK.replace('</bpmn:definitions>', second) });
    await t.run('q§');
  },
  'a deleted definition is gone, and its version is not given again': async (t) => {
    const one = await t.deploy({ 'p§.bpmn': TASK });
    const two = await t.deploy({ 'p§.bpmn': TASK.replace('isExecutable', 'name="two" isExecutable') });
    await t.call('deleteResource', { resourceKey: two.keys[0]! });
    await t.call('deleteResource', { resourceKey: two.keys[0]! });
    await t.create('p§');
    await t.call('deleteResource', { resourceKey: one.keys[0]! });
    await t.work('a§');
    await t.deploy({ 'p§.bpmn': TASK.replace('isExecutable', 'name="three" isExecutable') });
  },
  'a deleted decision and form are gone': async (t) => {
    const { keys } = await t.deploy({ 'd§.dmn': DMN('1'), 'f§.form': FORM('1') });
    await t.call('deleteResource', { resourceKey: keys[1]! });
    await t.evaluate({ decisionId: 'd§' });
    await t.call('deleteResource', { resourceKey: '2251799813999999' });
    await t.call('deleteResource', { resourceKey: '7' });
  },
  'deleting the newest version gives its starts back to the one before': async (t) => {
    const by = (type: string) => bpmn('p§', node('startEvent', 'start', messageEvent('m')) + serviceTask('a', type) + chain('start', 'a'), message('m', 'm§'));
    await t.deploy({ 'p§.bpmn': by('a§') });
    const { keys } = await t.deploy({ 'p§.bpmn': by('b§') });
    await t.call('deleteResource', { resourceKey: keys[0]! });
    await t.settle();
    await t.publish('m§', '', { n: 1 });
    await t.work('a§');
  },
});
