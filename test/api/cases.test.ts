import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bpmn, chain, end, serviceTask, start, userTask } from '../support/bpmn.ts';
import { TestStack, type Browser } from '../support/stack.ts';

let stack: TestStack;
let wanglei: Browser;
let liuyang: Browser;
let folder: string;

const form = JSON.stringify({
  id: 'F-S', type: 'default', schemaVersion: 16,
  components: [
    { type: 'textfield', id: 'S_content', key: 'content', label: '内容', validate: { required: true } },
    { type: 'textfield', id: 'S_phone', key: 'phone', label: '电话', properties: { pii: 'true' } },
    { type: 'filepicker', id: 'S_files', key: 'evidence', label: '附件' },
  ],
});
const startEvent = '<bpmn:startEvent id="start"><bpmn:extensionElements><zeebe:formDefinition formId="F-S"/></bpmn:extensionElements></bpmn:startEvent>';
const process = bpmn('intake', startEvent + serviceTask('register', 'record.register') + userTask('look', '<zeebe:assignmentDefinition candidateGroups="cs_frontdesk"/>') + userTask('next', '<zeebe:assignmentDefinition candidateGroups="complaint_officer"/>') + end() + chain('start', 'register', 'look', 'next', 'end'));
const onlySupervisors = bpmn('closed_intake', startEvent + end() + chain('start', 'end')).replace('isExecutable="true">', 'isExecutable="true"><bpmn:extensionElements><zeebe:properties><zeebe:property name="startGroups" value="cs_supervisor, cs_manager"/></zeebe:properties></bpmn:extensionElements>');

const pdf = new TextEncoder().encode('%PDF-1.7 example');

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'guicheng-files-'));
  stack = await TestStack.start({ dataDir: folder });
  await stack.deploy({ 'intake.bpmn': process, 'closed.bpmn': onlySupervisors, 'F-S.form': form, 'called.bpmn': bpmn('called', start() + end() + chain('start', 'end')) });
  [wanglei, liuyang] = [await stack.as('wanglei'), await stack.as('liuyang')];
});
afterAll(async () => {
  expect(stack.errors).toEqual([]);
  await stack.stop();
});

/** Plays the worker that gives the case its number. */
async function register(caseNo: string): Promise<void> {
  for (;;) {
    const row = await stack.database.db('read_model.job').where({ type: 'record.register', state: 'created' }).first<{ key: string } | undefined>();
    if (row !== undefined) return stack.engine.completeJob(row.key, { caseNo });
    await stack.projection.waitUntil(async () => (await stack.database.db('read_model.job').where({ type: 'record.register', state: 'created' }).first()) !== undefined, 2000);
  }
}

async function startedCase(caseNo: string, values: object = {}): Promise<string> {
  const [answer] = await Promise.all([wanglei.post('/processes/intake/start', { values: { content: '柜台排队过久', phone: '13912345678', ...values } }), register(caseNo)]);
  expect(answer).toMatchObject({ status: 201, body: { caseNo, upToDate: true } });
  return answer.body.processInstanceKey;
}

describe('starting by form', () => {
  test('offers what has a deployed start form, to the people of its start groups', async () => {
    expect((await wanglei.get('/startable')).body.map((each: { bpmnProcessId: string }) => each.bpmnProcessId)).toEqual(['intake']);
    expect((await (await stack.as('liqiang')).get('/startable')).body.map((each: { bpmnProcessId: string }) => each.bpmnProcessId).sort()).toEqual(['closed_intake', 'intake']);
    expect((await wanglei.post('/processes/closed_intake/start', { values: { content: 'x' } })).body).toMatchObject({ code: 'forbidden' });
    expect((await wanglei.post('/processes/called/start', { values: {} })).body).toMatchObject({ code: 'not_found' });
  });

  test('checks the form, names the starter and waits for the case number', async () => {
    // given
    expect((await wanglei.post('/processes/intake/start', { values: { content: '' } })).body).toMatchObject({ code: 'form_invalid', fields: { S_content: [{ rule: 'required' }] } });

    // when
    const key = await startedCase('TS-A1', { initiator: 'somebody else' });

    // then
    const detail = (await wanglei.get(`/cases/${key}`)).body;
    expect(detail).toMatchObject({ caseNo: 'TS-A1', startedBy: '示例 · 王蕾', state: 'active' });
    expect(detail.facts).toContainEqual({ name: 'content', value: '柜台排队过久', masked: false });
    expect(detail.facts).toContainEqual({ name: 'phone', value: '139****5678', masked: true });
    expect(detail.path).toMatchObject({ active: ['look'], completed: ['register', 'start'], incidents: [] });
    expect(detail.timeline.map((entry: { kind: string }) => entry.kind)).toEqual(expect.arrayContaining(['started', 'worker', 'task_created']));
  });
});

describe('case', () => {
  test('shows personal data in full to who has its task, and comments to all who work on it', async () => {
    // given
    const key = await startedCase('TS-A2');
    const task = await stack.database.db('read_model.user_task').where({ process_instance_key: key }).first();
    await wanglei.post(`/tasks/${task.key}/claim`);

    // when
    const comment = await wanglei.post(`/cases/${key}/comments`, { text: '已电话联系' });

    // then
    expect(comment).toMatchObject({ status: 201, body: { author: '示例 · 王蕾', text: '已电话联系' } });
    const detail = (await wanglei.get(`/cases/${key}`)).body;
    expect(detail.facts).toContainEqual({ name: 'phone', value: '13912345678', masked: false });
    expect(detail.comments).toHaveLength(1);

    // when the next group has it
    await wanglei.post(`/tasks/${task.key}/complete`, { values: {} });
    expect((await liuyang.get(`/cases/${key}`)).body.timeline).toContainEqual(expect.objectContaining({ kind: 'task_completed', actor: '示例 · 王蕾' }));
    expect((await wanglei.get(`/cases/${key}`)).body.facts).toContainEqual({ name: 'phone', value: '139****5678', masked: true });
  });

  test('is read by an administrator without personal data or files, and not changed', async () => {
    const key = await startedCase('TS-A3');
    await wanglei.upload(`/files?processInstanceKey=${key}`, 'a.pdf', pdf);
    const admin = await stack.as('zhaoyu');
    const detail = (await admin.get(`/cases/${key}`)).body;
    expect(detail.facts).toContainEqual({ name: 'phone', value: '139****5678', masked: true });
    expect(detail.files).toEqual([]);
    expect((await admin.post(`/cases/${key}/comments`, { text: 'x' })).status).toBe(404);
  });
});

describe('file', () => {
  test('is stored encrypted and served to who works on its case alone', async () => {
    // given
    const key = await startedCase('TS-A4');

    // when
    const { status, body } = await wanglei.upload(`/files?processInstanceKey=${key}`, '材料 一.pdf', pdf);

    // then
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: '材料 一.pdf', mediaType: 'application/pdf', size: pdf.length, uploadedBy: '示例 · 王蕾' });
    const response = await wanglei.fetch(`/files/${body.id}`);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(pdf);
    expect(response.headers.get('content-disposition')).toContain(encodeURIComponent('材料 一.pdf'));
    expect((await readFile(path.join(folder, 'files', body.id))).includes('%PDF')).toBe(false);
    for (const outsider of [liuyang, await stack.as('zhaoyu')]) expect((await outsider.get(`/files/${body.id}`)).body).toMatchObject({ code: 'not_found' });
    expect((await stack.browser().get(`/files/${body.id}`)).status).toBe(401);
    expect((await liuyang.upload(`/files?processInstanceKey=${key}`, 'a.pdf', pdf)).status).toBe(404);
  });

  test('of another kind, or another kind under a false name, is refused', async () => {
    for (const [name, bytes] of [['run.exe', pdf], ['page.html', pdf], ['false.png', pdf], ['noending', pdf]] as const) expect((await wanglei.upload('/files', name, bytes)).body).toMatchObject({ code: 'file_type' });
    const large = new Uint8Array(20 * 1024 * 1024 + 1);
    large.set(pdf);
    expect(await wanglei.upload('/files', 'large.pdf', large)).toMatchObject({ status: 413, body: { code: 'file_too_large' } });
    expect((await readdir(path.join(folder, 'files'))).every((name) => !name.endsWith('.part'))).toBe(true);
  });

  test('uploaded for a start form belongs to its uploader, then to the case; nobody may attach somebody else\'s', async () => {
    // given
    const { body: file } = await wanglei.upload('/files', 'b.pdf', pdf);
    const { body: foreign } = await liuyang.upload('/files', 'c.pdf', pdf);
    expect((await liuyang.get(`/files/${file.id}`)).status).toBe(404);

    // when, then
    expect((await wanglei.post('/processes/intake/start', { values: { content: 'x', evidence: [foreign] } })).body).toMatchObject({ code: 'form_invalid', fields: { S_files: [{ rule: 'file' }] } });
    const key = await startedCase('TS-A5', { evidence: [file] });
    expect((await wanglei.get(`/cases/${key}`)).body.files).toMatchObject([{ id: file.id }]);
  });
});
