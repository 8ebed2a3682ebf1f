import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../engine/database/migrate.ts';
import { applyRecords, projectionMigrations, readPosition } from '../../engine/projection/index.ts';
import { bpmn, boundary, chain, end, flow, serviceTask, start } from '../support/bpmn.ts';
import { TestBroker } from '../support/broker.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.db, 'read_model', projectionMigrations);
});
afterAll(() => database.drop());

test('signals, compensation and user tasks of the engine leave instances right, and no record of theirs stops the rest', async () => {
  // given
  const broker = await TestBroker.start();
  const undo = `<bpmn:boundaryEvent id="a_undo" attachedToRef="a"><bpmn:compensateEventDefinition id="c1"/></bpmn:boundaryEvent>${serviceTask('ua').replace('id="ua"', 'id="ua" isForCompensation="true"')}`;
  const inside =
    start() + serviceTask('a') + undo + '<bpmn:userTask id="u"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements></bpmn:userTask>' +
    boundary('heard', 'u', '<bpmn:signalEventDefinition id="sd" signalRef="s"/>', false) + end('e2') + flow('heard', 'e2') +
    '<bpmn:endEvent id="undo"><bpmn:compensateEventDefinition id="c2"/></bpmn:endEvent>' + chain('start', 'a', 'u', 'undo') +
    '<bpmn:association id="as" associationDirection="One" sourceRef="a_undo" targetRef="ua"/>';
  await broker.deploy({ 'p.bpmn': bpmn('p', inside, '<bpmn:signal id="s" name="go"/>') });
  const instance = await broker.create('p');
  await broker.complete('a');
  await broker.done({ type: 'broadcast_signal', signalName: 'go', variables: { heard: true } });
  const [task] = await broker.records('USER_TASK', 'CREATED');
  await broker.done({ type: 'complete_user_task', userTaskKey: task!.key, variables: { done: 1 }, action: '' });
  await broker.complete('ua');
  const records = await broker.records();

  // when
  await applyRecords(database.db, 1, records);

  // then
  expect(records.map((record) => record.valueType)).toEqual(expect.arrayContaining(['SIGNAL', 'SIGNAL_SUBSCRIPTION', 'COMPENSATION_SUBSCRIPTION', 'USER_TASK']));
  expect(await readPosition(database.db, 1)).toBe(records.at(-1)!.position);
  expect(await database.db('read_model.process_instance').where({ key: instance }).first()).toMatchObject({ state: 'completed' });
  expect(await database.db('read_model.element_instance').where({ process_instance_key: instance, state: 'active' })).toEqual([]);
  await broker.stop();
  expect(broker.errors).toEqual([]);
});
