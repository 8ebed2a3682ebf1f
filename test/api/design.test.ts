import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployShipped } from '../../engine/api/index.ts';
import { bpmn, chain, end, flow, serviceTask, start, userTask } from '../support/bpmn.ts';
import { TestStack, type Browser } from '../support/stack.ts';

let stack: TestStack;
let owner: Browser;
let other: Browser;

const form = (id: string, key = 'a') => JSON.stringify({ id, type: 'default', schemaVersion: 16, components: [{ type: 'textfield', id: `${id}_1`, key, label: key }] });
const process = bpmn('p', start() + userTask('ask', '<zeebe:formDefinition formId="F-P"/><zeebe:assignmentDefinition candidateGroups="cs_frontdesk"/>') + end() + chain('start', 'ask', 'end'));

beforeAll(async () => {
  stack = await TestStack.start();
  await stack.deploy({ 'x/p.bpmn': process, 'x/F-P.form': form('F-P') });
  [owner, other] = [await stack.as('lintao'), await stack.as('zhaoyu')];
});
afterAll(async () => {
  expect(stack.errors).toEqual([]);
  await stack.stop();
});

describe('procedures', () => {
  test('are for process owners alone', async () => {
    const staff = await stack.as('wanglei');
    for (const address of ['/design/procedures', '/design/procedures/p', '/design/resources/process/p', '/design/procedures/p/check', '/design/element-templates']) expect((await staff.get(address)).body).toMatchObject({ code: 'forbidden' });
    expect((await staff.put('/design/resources/process/p', { content: 'x', revision: 0 })).body).toMatchObject({ code: 'forbidden' });
    expect((await staff.post('/design/procedures/p/publish', { comment: 'x' })).body).toMatchObject({ code: 'forbidden' });
  });

  test('are found from what is deployed, with the forms they name and what runs', async () => {
    await stack.create('p');
    expect((await owner.get('/design/procedures')).body).toMatchObject([{ bpmnProcessId: 'p', publishedVersion: 1, hasDraft: false, runningInstances: 1, problems: { errors: 0, warnings: 0 } }]);
    const { body } = await owner.get('/design/procedures/p');
    expect(body.resources).toMatchObject([{ kind: 'process', id: 'p' }, { kind: 'form', id: 'F-P' }]);
    expect(body.history).toMatchObject([{ version: 1, by: 'system' }]);
    expect((await owner.get('/design/procedures/none')).status).toBe(404);
  });

  test('ship element templates', async () => {
    expect((await owner.get('/design/element-templates')).body).toContainEqual(expect.objectContaining({ id: 'guicheng.record.register' }));
  });
});

describe('draft', () => {
  test('does not overwrite what somebody else saved in between, also after it was discarded', async () => {
    // given
    expect((await owner.get('/design/resources/form/F-P')).body).toMatchObject({ revision: 0, hasDraft: false, published: form('F-P') });

    // when
    const saved = await owner.put('/design/resources/form/F-P', { content: form('F-P', 'b'), revision: 0 });
    const conflict = await other.put('/design/resources/form/F-P', { content: form('F-P', 'c'), revision: 0 });

    // then
    expect(saved.body).toMatchObject({ revision: 1, hasDraft: true, content: form('F-P', 'b'), changedBy: '示例 · 林涛' });
    expect(conflict).toMatchObject({ status: 409, body: { code: 'draft_conflict', params: { revision: 1, by: '示例 · 林涛' } } });

    // when it is discarded and begun anew
    expect((await other.delete('/design/resources/form/F-P')).body).toMatchObject({ hasDraft: false, content: form('F-P') });
    expect((await owner.put('/design/resources/form/F-P', { content: form('F-P', 'd'), revision: 1 })).body).toMatchObject({ code: 'draft_conflict' });
    expect((await owner.get('/design/resources/form/F-P')).body.hasDraft).toBe(false);
  });
});

describe('publication', () => {
  test('deploys all drafts at once under their names, with who and why', async () => {
    // given
    const changed = process.replace('id="ask"', 'id="ask" name="问询"');
    const { revision } = (await owner.get('/design/resources/form/F-P')).body;
    await owner.put('/design/resources/form/F-P', { content: form('F-P', 'b'), revision });
    await owner.put('/design/resources/process/p', { content: changed, revision: 0 });
    expect((await owner.post('/design/procedures/p/publish', { comment: ' ' })).status).toBe(400);

    // when
    const answer = await owner.post('/design/procedures/p/publish', { comment: '改名' });

    // then
    expect(answer.body).toMatchObject({ version: 2, by: '示例 · 林涛', comment: '改名', resources: [{ kind: 'process', id: 'p' }, { kind: 'form', id: 'F-P' }] });
    const detail = (await owner.get('/design/procedures/p')).body;
    expect(detail).toMatchObject({ publishedVersion: 2, hasDraft: false, history: [{ version: 2, comment: '改名' }, { version: 1 }] });
    expect(await stack.database.db('read_model.process_definition').distinct().pluck('resource_name')).toEqual(['x/p.bpmn']);
    expect((await owner.get('/design/procedures/p/versions/1')).body).toEqual({ xml: process });
    expect((await owner.get('/design/procedures/p/versions/2')).body).toEqual({ xml: changed });
    expect((await owner.post('/design/procedures/p/publish', { comment: 'x' })).body).toMatchObject({ code: 'bad_request' });
  });

  test('is refused with the check\'s or the engine\'s reasons, and the draft stays', async () => {
    // given a diagram the check finds fault with, then one only the engine does
    const wrong = [process.replace('formId="F-P"', 'formId="F-GONE"'), bpmn('p', start() + '<bpmn:exclusiveGateway id="xor"/>' + end() + end('end2') + chain('start', 'xor', 'end') + flow('xor', 'end2'))];
    for (const content of wrong) {
      const { revision } = (await owner.get('/design/resources/process/p')).body;
      await owner.put('/design/resources/process/p', { content, revision });

      // when
      const answer = await owner.post('/design/procedures/p/publish', { comment: 'x' });

      // then
      expect(answer).toMatchObject({ status: 422, body: { code: 'not_deployable' } });
      expect(answer.body.message).toMatch(/F-GONE|condition or be default/);
    }
    expect((await owner.get('/design/resources/process/p')).body.hasDraft).toBe(true);
    await owner.delete('/design/resources/process/p');
  });
});

describe('check', () => {
  test('finds what is broken, missing, unassigned or no expression', async () => {
    // given
    await owner.post('/design/procedures', { bpmnProcessId: 'q', name: '检查' });
    const draft = bpmn('q', start() + userTask('nobody') + userTask('form', '<zeebe:formDefinition formId="F-NONE"/><zeebe:assignmentDefinition assignee="=1 +"/>') +
      '<bpmn:businessRuleTask id="rule"><bpmn:extensionElements><zeebe:calledDecision decisionId="none" resultVariable="r"/></bpmn:extensionElements></bpmn:businessRuleTask>' +
      '<bpmn:callActivity id="call"><bpmn:extensionElements><zeebe:calledElement processId="none"/></bpmn:extensionElements></bpmn:callActivity>' + serviceTask('sla', 'calendar.deadline', '<zeebe:taskHeaders><zeebe:header key="decisionId" value="none_sla"/></zeebe:taskHeaders>') + end() + chain('start', 'nobody', 'form', 'rule', 'call', 'sla') + flow('sla', 'end', 'a >'));
    await owner.put('/design/resources/process/q', { content: draft, revision: 1 });

    // when
    const { body } = await owner.get('/design/procedures/q/check');

    // then
    const found = body.map((problem: { severity: string; rule: string; elementId: string }) => `${problem.severity} ${problem.rule} ${problem.elementId.replace(/flow_\d+/, 'flow')}`).sort();
    expect(found).toEqual(['error feel_invalid flow', 'error feel_invalid form', 'error missing_decision rule', 'error missing_form form', 'error task_unassigned nobody', 'warning missing_decision sla', 'warning missing_process call']);

    // when the file itself is broken
    await owner.put('/design/resources/process/q', { content: draft.slice(0, -30), revision: 2 });
    expect((await owner.get('/design/procedures/q/check')).body).toMatchObject([{ rule: 'xml_invalid', severity: 'error' }]);
    expect((await owner.get('/design/procedures')).body.find((card: { bpmnProcessId: string }) => card.bpmnProcessId === 'q')).toMatchObject({ problems: { errors: 1 }, publishedVersion: null, hasDraft: true });
  });

  test('looks into forms and decision tables added to a procedure', async () => {
    await owner.post('/design/procedures', { bpmnProcessId: 'r', name: '新流程' });
    expect((await owner.post('/design/procedures/r/resources', { kind: 'form', id: 'F-R', name: '新表单' })).status).toBe(201);
    expect((await owner.post('/design/procedures/r/resources', { kind: 'decision', id: 'drg_r', name: '新决策' })).body.resources).toHaveLength(3);
    expect((await owner.post('/design/procedures/r/resources', { kind: 'form', id: 'F-R', name: '再来' })).body).toMatchObject({ code: 'exists' });
    expect((await owner.get('/design/procedures/r/check')).body).toEqual([]);
    await owner.put('/design/resources/form/F-R', { content: JSON.stringify({ id: 'F-R', components: [{ type: 'textfield', id: 'one', key: 'a', conditional: { hide: '=b >' } }] }), revision: 1 });
    const { content } = (await owner.get('/design/resources/decision/drg_r')).body;
    await owner.put('/design/resources/decision/drg_r', { content: content.replace('<text></text>', '<text>1 +</text>'), revision: 1 });
    expect((await owner.get('/design/procedures/r/check')).body).toMatchObject([{ kind: 'form', rule: 'feel_invalid', elementId: 'one' }, { kind: 'decision', rule: 'feel_invalid' }]);
  });
});

describe('shipped procedures', () => {
  test('are deployed once, again when they change, and never over what an owner has published', async () => {
    // given
    const shippedDir = await mkdtemp(path.join(os.tmpdir(), 'guicheng-shipped-'));
    const write = async (name: string, content: string): Promise<void> => {
      await mkdir(path.dirname(path.join(shippedDir, name)), { recursive: true });
      await writeFile(path.join(shippedDir, name), content);
    };
    const ship = () => deployShipped({ shippedDir, db: stack.database.db, client: stack.engine, clock: stack.clock, log: pino({ level: 'silent' }) });
    await write('processes/s/s.bpmn', bpmn('s', start() + end() + chain('start', 'end')));
    await write('forms/s/F-S.form', form('F-S'));
    await write('forms/s/F-P.form', form('F-P'));

    // when, then: F-P was published by an owner above
    expect(await ship()).toEqual({ deployed: ['forms/s/F-S.form', 'processes/s/s.bpmn'], skipped: ['forms/s/F-P.form'] });
    expect(await ship()).toEqual({ deployed: [], skipped: ['forms/s/F-P.form'] });
    await write('forms/s/F-S.form', form('F-S', 'changed'));
    expect((await ship()).deployed).toContain('forms/s/F-S.form');
    await stack.caughtUp();
    expect(await stack.database.db('read_model.form_definition').where({ form_id: 'F-S' }).orderBy('version').pluck('version')).toEqual([1, 2]);
    expect(await stack.database.db('read_model.process_definition').where({ bpmn_process_id: 's' }).pluck('version')).toEqual([1]);
    await rm(shippedDir, { recursive: true });
  });
});
