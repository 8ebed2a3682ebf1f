import { afterAll, beforeAll, expect, test } from 'vitest';
import { factsOf } from '../../engine/api/public/link-facts.ts';
import type { OpenLink } from '../../engine/api/public/open-link.ts';
import type { Purpose } from '../../engine/api/public/purposes.ts';
import { bpmn, chain, end, mapping, start, userTask } from '../support/bpmn.ts';
import { TestStack, type Browser } from '../support/stack.ts';

let stack: TestStack;
let admin: Browser;
let wanglei: Browser;
let instance: string;

const content = `内容 ${'很长的"内容"\n'.repeat(5000)}`;
const document = '规程'.repeat(50_000);
const local = 'local '.repeat(5000);

beforeAll(async () => {
  stack = await TestStack.start({}, 'database');
  await stack.deploy({ 'p.bpmn': bpmn('p', start() + userTask('look', `<zeebe:assignmentDefinition candidateGroups="cs_frontdesk"/>${mapping([['=inner', 'document']])}`) + end() + chain('start', 'look', 'end')) });
  [admin, wanglei] = [await stack.as('zhaoyu'), await stack.as('wanglei')];
  instance = await stack.create('p', { caseNo: 'TS-LONG', content, document, inner: local, amount: 1 });
});
afterAll(async () => {
  expect(stack.errors).toEqual([]);
  await stack.stop();
});

test('a long value that the read model has in the record log alone is shown whole by the monitor, the task and the case', async () => {
  // given
  const kept = await stack.database.db('read_model.variable').where({ process_instance_key: instance }).whereNotNull('value').pluck('name');
  expect(kept.toSorted()).toEqual(['amount', 'caseNo']);

  // then
  const variables = (await admin.get(`/instances/${instance}/variables`)).body as { scopeKey: string; name: string; value: string }[];
  const inScope = (name: string) => variables.filter((each) => each.name === name).map(({ scopeKey, value }) => [scopeKey === instance, JSON.parse(value)]);
  expect(inScope('content')).toEqual([[true, content]]);
  expect(inScope('document').toSorted()).toEqual([[false, local], [true, document]]);
  const task = await stack.database.db('read_model.user_task').where({ process_instance_key: instance }).first<{ key: string }>();
  expect((await wanglei.get(`/tasks/${task.key}`)).body).toMatchObject({ variables: { content, document: local, amount: 1 } });
  expect((await wanglei.get(`/cases/${instance}`)).body.facts).toContainEqual({ name: 'content', value: content, masked: false });
  expect(await factsOf(stack.database.db, { processInstanceKey: instance } as OpenLink, { facts: ['document'] } as unknown as Purpose)).toEqual({ document });
  await stack.create('p', { caseNo: 'TS-OTHER', content: '别的' });
  expect((await admin.get(`/instances?search=${encodeURIComponent('很长的')}`)).body.items).toMatchObject([{ key: instance }]);
});

test('it is changed to a short value and to a long one, and the change is seen at once', async () => {
  for (const value of ['"short"', JSON.stringify('changed '.repeat(4000)), JSON.stringify(document)]) {
    // when
    const answer = await admin.put(`/instances/${instance}/variables`, { scopeKey: instance, name: 'document', value, reason: '更正' });

    // then
    expect(answer.body).toMatchObject({ name: 'document', value });
  }
  expect(await stack.database.db('app.audit_log').where({ action: 'variable.change' }).whereRaw("before #>> '{}' = ?", ['changed '.repeat(4000)])).toHaveLength(1);
});
