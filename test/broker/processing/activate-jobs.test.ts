import { afterEach, beforeEach, expect, test } from 'vitest';
import { serviceTask } from '../../support/bpmn.ts';
import { TestBroker } from '../../support/broker.ts';
import { line } from '../../conformance/diagrams.ts';

let broker: TestBroker;
beforeEach(async () => {
  broker = await TestBroker.start();
  await broker.deploy({ 'p.bpmn': line('p', { a: serviceTask('a') }) });
});
afterEach(() => broker.stop());

test('a job whose variables are larger than a message may be becomes an incident, and comes back once they are smaller', async () => {
  const large = '大'.repeat(700_000);
  const key = await broker.create('p', { one: large, two: large });
  expect(await broker.activate('a')).toEqual([]);
  expect(await broker.activate('a')).toEqual([]);
  const incidents = await broker.records('INCIDENT', 'CREATED');
  expect(incidents).toMatchObject([{ value: { errorType: 'MESSAGE_SIZE_EXCEEDED', elementId: 'a' } }]);

  await broker.done({ type: 'set_variables', elementInstanceKey: key, variables: { two: 'small' }, local: true });
  await broker.done({ type: 'resolve_incident', incidentKey: incidents[0]!.key });
  expect(await broker.activate('a')).toHaveLength(1);
});

test('jobs that do not fit into one message come with the next activations', async () => {
  for (let count = 0; count < 4; count += 1) await broker.create('p', { text: '大'.repeat(500_000) });
  expect(await broker.activate('a')).toHaveLength(2);
  expect(await broker.activate('a')).toHaveLength(2);
});
