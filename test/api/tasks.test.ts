import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bpmn, chain, end, mapping, start, userTask } from '../support/bpmn.ts';
import { TestStack, type Browser } from '../support/stack.ts';

let stack: TestStack;
let wanglei: Browser;
let liqiang: Browser;
let liuyang: Browser;

const form = JSON.stringify({
  id: 'F-T', type: 'default', schemaVersion: 16,
  components: [
    { type: 'textfield', id: 'F_answer', key: 'answer', label: '答复', validate: { required: true, maxLength: 20 } },
    { type: 'textfield', id: 'F_phone', key: 'phone', label: '电话', properties: { pii: 'true' } },
    { type: 'filepicker', id: 'F_files', key: 'evidence', label: '附件' },
  ],
});
const process = bpmn(
  'case', start() +
    userTask('first', '<zeebe:formDefinition formId="F-T"/><zeebe:assignmentDefinition candidateGroups="cs_frontdesk"/><zeebe:taskSchedule dueDate="=due"/>').replace('id="first"', 'id="first" name="登记"') +
    userTask('second', '<zeebe:assignmentDefinition assignee="liqiang"/>') + end() + chain('start', 'first', 'second', 'end'),
).replace('<bpmn:process id="case"', '<bpmn:process id="case" name="示例案件"');

beforeAll(async () => {
  stack = await TestStack.start();
  await stack.deploy({ 'case.bpmn': process, 'F-T.form': form, 'plain.bpmn': bpmn('plain', start() + userTask('only', `<zeebe:assignmentDefinition candidateGroups="cs_frontdesk"/>${mapping()}`) + end() + chain('start', 'only', 'end')) });
  [wanglei, liqiang, liuyang] = [await stack.as('wanglei'), await stack.as('liqiang'), await stack.as('liuyang')];
});
afterAll(async () => {
  expect(stack.errors).toEqual([]);
  await stack.stop();
});

async function newTask(variables: object = {}): Promise<{ key: string; instance: string }> {
  const instance = await stack.create('case', { due: '2026-09-21T17:30:00+08:00', phone: '13912345678', caseNo: `TS-${Math.floor(performance.now() * 1000)}`, content: '收费不明', ...variables });
  const row = await stack.database.db('read_model.user_task').where({ process_instance_key: instance }).first();
  return { key: row.key, instance };
}

describe('task list', () => {
  test('shows a group its free tasks with case, due date and counts, and others nothing', async () => {
    // given
    const { key, instance } = await newTask();

    // when
    const { body } = await wanglei.get('/tasks?view=group');

    // then
    const task = body.items.find((each: { key: string }) => each.key === key);
    expect(task).toMatchObject({ name: '登记', processName: '示例案件', processInstanceKey: instance, subject: '收费不明', assignee: null, candidateGroups: ['cs_frontdesk'], state: 'open', due: { at: '2026-09-21T09:30:00.000Z', state: 'ok', workingDays: 3 } });
    expect(body.counts.group).toBeGreaterThan(0);
    expect((await liuyang.get('/tasks?view=group')).body).toMatchObject({ items: [], total: 0 });
  });

  test('pages, and searches case number and subject', async () => {
    // given
    for (let count = 0; count < 3; count += 1) await newTask({ content: '找得到的100%内容' });

    // when
    const first = (await wanglei.get(`/tasks?view=group&search=${encodeURIComponent('100%')}&page=1&pageSize=2`)).body;
    const second = (await wanglei.get(`/tasks?view=group&search=${encodeURIComponent('100%')}&page=2&pageSize=2`)).body;
    const beyond = (await wanglei.get(`/tasks?view=group&search=${encodeURIComponent('100%')}&page=9&pageSize=2`)).body;

    // then
    expect([first.items.length, second.items.length, beyond.items.length]).toEqual([2, 1, 0]);
    expect([first.total, second.total, beyond.total]).toEqual([3, 3, 3]);
    expect(new Set([...first.items, ...second.items].map((task: { key: string }) => task.key)).size).toBe(3);
  });

  test('sorts tasks into due soon and overdue as time passes', async () => {
    // given a task with two hours, of which less than a quarter is left
    const { key } = await newTask({ due: new Date(stack.clock.now() + 7_200_000).toISOString(), content: '限时' });
    stack.clock.set(stack.clock.now() + 5_500_000);
    const has = async (view: string): Promise<boolean> => (await wanglei.get(`/tasks?view=${view}&pageSize=200`)).body.items.some((task: { key: string }) => task.key === key);

    // then
    expect([await has('due_soon'), await has('overdue')]).toEqual([true, false]);
    stack.clock.set(stack.clock.now() + 2_000_000);
    expect([await has('due_soon'), await has('overdue')]).toEqual([false, true]);
    expect((await wanglei.get(`/tasks/${key}`)).body.due).toMatchObject({ state: 'overdue', workingDays: null });
  });
});

describe('one task', () => {
  test('is unknown to people outside, whatever address they type', async () => {
    const { key, instance } = await newTask();
    const admin = await stack.as('zhaoyu');
    for (const outsider of [liuyang, admin]) {
      expect((await outsider.get(`/tasks/${key}`)).body).toMatchObject({ code: 'not_found' });
      expect((await outsider.post(`/tasks/${key}/claim`)).status).toBe(404);
      expect((await outsider.post(`/tasks/${key}/complete`, { values: { answer: 'x' } })).status).toBe(404);
      expect((await outsider.put(`/tasks/${key}/draft`, { values: {}, revision: 0 })).status).toBe(404);
      expect((await outsider.post(`/tasks/${key}/assign`, { userId: 'liuyang', reason: 'x' })).status).toBe(404);
    }
    expect((await liuyang.get(`/cases/${instance}`)).status).toBe(404);
    expect((await liuyang.post(`/cases/${instance}/comments`, { text: 'x' })).status).toBe(404);
    expect((await stack.browser().get(`/tasks/${key}`)).body).toMatchObject({ code: 'not_signed_in' });
  });

  test('masks personal data until it is claimed, and notes its reading', async () => {
    // given
    const { key } = await newTask();

    // when, then
    const before = (await wanglei.get(`/tasks/${key}`)).body;
    expect(before.variables.phone).toBe('139****5678');
    expect(before.permissions).toEqual({ claim: true, unclaim: false, complete: false, assign: true });
    const after = (await wanglei.post(`/tasks/${key}/claim`)).body;
    expect(after.variables.phone).toBe('13912345678');
    expect(after).toMatchObject({ assignee: { id: 'wanglei' }, formId: 'F-T', permissions: { claim: false, unclaim: true, complete: true, assign: true } });
    const notes = await stack.database.db('app.audit_log').where({ action: 'personal_data.read', actor: 'wanglei' }).whereRaw("after ->> 'task' = ?", [key]);
    expect(notes).toHaveLength(1);
    expect(JSON.stringify(notes)).not.toContain('13912345678');
  });

  test('is refused to somebody recused, who is told so', async () => {
    // given
    const { key, instance } = await newTask({ excludeUsers: ['wanglei'] });

    // when, then
    expect((await wanglei.post(`/tasks/${key}/claim`)).body).toMatchObject({ code: 'recused' });
    expect((await wanglei.get(`/tasks/${key}`)).status).toBe(403);
    expect((await wanglei.get('/tasks?view=group&pageSize=200')).body.items.some((task: { key: string }) => task.key === key)).toBe(false);
    expect((await wanglei.get(`/cases/${instance}`)).status).toBe(404);
  });

  test('goes to the first of two who claim it at once', async () => {
    // given a second member of the group
    await stack.database.db('app.app_user').where({ id: 'gaoxiang' }).update({ groups: ['cs_frontdesk'] });
    const gaoxiang = await stack.as('gaoxiang');
    const { key } = await newTask();

    // when
    const answers = await Promise.all([wanglei.post(`/tasks/${key}/claim`), gaoxiang.post(`/tasks/${key}/claim`)]);

    // then
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    expect(answers.find((answer) => answer.status === 409)?.body).toMatchObject({ code: 'already_claimed' });
  });

  test('is passed on with a reason, only to who may have it', async () => {
    // given
    const { key } = await newTask({ excludeUsers: ['xunuo'] });
    await wanglei.post(`/tasks/${key}/claim`);
    await stack.database.db('app.app_user').where({ id: 'gaoxiang' }).update({ groups: ['cs_frontdesk'] });

    // when, then
    expect((await wanglei.post(`/tasks/${key}/assign`, { userId: 'gaoxiang', reason: '' })).status).toBe(400);
    expect((await wanglei.post(`/tasks/${key}/assign`, { userId: 'liuyang', reason: '休假' })).body).toMatchObject({ code: 'forbidden' });
    expect((await wanglei.post(`/tasks/${key}/assign`, { userId: 'xunuo', reason: '休假' })).body).toMatchObject({ code: 'recused' });
    const passed = (await wanglei.post(`/tasks/${key}/assign`, { userId: 'gaoxiang', reason: '休假' })).body;
    expect(passed).toMatchObject({ assignee: { id: 'gaoxiang' }, permissions: { complete: false }, variables: { phone: '139****5678' } });
    expect(await stack.database.db('app.inbox_message').where({ user_id: 'gaoxiang' }).first()).toMatchObject({ link: `/tasks/${key}` });
  });

  test('follows a supervisor\'s intervention made after it, not one made before', async () => {
    // given
    const earlier = await newTask();
    const override = (instance: string, change: object) => stack.database.db('app.task_override').insert({ process_instance_key: instance, element_id: 'first', at: new Date(stack.clock.now()), ...change });
    await wanglei.post(`/tasks/${earlier.key}/claim`);
    stack.clock.set(stack.clock.now() + 1000);

    // when a group takes over and the time is extended
    await override(earlier.instance, { candidate_group: 'cs_supervisor' });
    await override(earlier.instance, { due_at: new Date('2026-09-30T09:30:00Z') });

    // then
    expect((await wanglei.get(`/tasks/${earlier.key}`)).status).toBe(404);
    expect((await liqiang.get(`/tasks/${earlier.key}`)).body).toMatchObject({ assignee: null, candidateGroups: ['cs_supervisor'], due: { at: '2026-09-30T09:30:00.000Z' } });

    // when somebody of it claims
    expect((await liqiang.post(`/tasks/${earlier.key}/claim`)).body.assignee.id).toBe('liqiang');
  });
});

describe('draft', () => {
  test('is saved by the assignee, refused on a stale revision, and follows a reassignment', async () => {
    // given
    const { key } = await newTask();
    expect((await wanglei.put(`/tasks/${key}/draft`, { values: {}, revision: 0 })).body).toMatchObject({ code: 'forbidden' });
    await wanglei.post(`/tasks/${key}/claim`);

    // when
    const saved = await wanglei.put(`/tasks/${key}/draft`, { values: { answer: '一' }, revision: 0 });
    const stale = await wanglei.put(`/tasks/${key}/draft`, { values: { answer: '二' }, revision: 0 });

    // then
    expect(saved.body).toMatchObject({ revision: 1, values: { answer: '一' } });
    expect(stale).toMatchObject({ status: 409, body: { code: 'draft_conflict', params: { revision: 1 } } });
    expect((await wanglei.get(`/tasks/${key}`)).body.draft).toMatchObject({ revision: 1, values: { answer: '一' } });
  });
});

describe('completion', () => {
  test('needs a claim first', async () => {
    const { key } = await newTask();
    expect((await wanglei.post(`/tasks/${key}/complete`, { values: { answer: '好' } })).body).toMatchObject({ code: 'forbidden' });
  });

  test('names the fields that break the form\'s rules', async () => {
    const { key } = await newTask();
    await wanglei.post(`/tasks/${key}/claim`);
    const answer = await wanglei.post(`/tasks/${key}/complete`, { values: { answer: '', evidence: [{ id: '00000000-0000-4000-8000-000000000000', name: 'x.pdf', size: 1, mediaType: 'application/pdf' }] } });
    expect(answer).toMatchObject({ status: 422, body: { code: 'form_invalid', fields: { F_answer: [{ rule: 'required' }], F_files: [{ rule: 'file' }] } } });
  });

  test('hands the engine the form\'s own data alone, and at once the list no longer has it', async () => {
    // given
    const { key, instance } = await newTask();
    await wanglei.post(`/tasks/${key}/claim`);
    await wanglei.put(`/tasks/${key}/draft`, { values: { answer: '一' }, revision: 0 });

    // when
    const answer = await wanglei.post(`/tasks/${key}/complete`, { values: { answer: '已答复', phone: '13912345678', smuggled: true } });

    // then
    expect(answer).toMatchObject({ status: 200, body: { upToDate: true } });
    expect((await wanglei.get('/tasks?view=mine&pageSize=200')).body.items.some((task: { key: string }) => task.key === key)).toBe(false);
    expect((await wanglei.get('/tasks?view=done&pageSize=200')).body.items[0]).toMatchObject({ key, state: 'completed' });
    expect((await wanglei.get(`/tasks/${key}`)).body).toMatchObject({ state: 'completed', draft: null, permissions: { complete: false }, variables: { phone: '139****5678' } });
    const names = await stack.database.db('read_model.variable').where({ process_instance_key: instance }).pluck('name');
    expect(names).toContain('answer');
    expect(names).not.toContain('smuggled');
    expect((await liqiang.get('/tasks?view=mine&pageSize=200')).body.items).toContainEqual(expect.objectContaining({ processInstanceKey: instance, elementId: 'second' }));
    const note = await stack.database.db('app.audit_log').where({ action: 'task.complete', actor: 'wanglei' }).orderBy('seq', 'desc').first();
    expect(note.after).toMatchObject({ task: key, values: { answer: '已答复' } });

    // when it is done once more
    expect((await wanglei.post(`/tasks/${key}/complete`, { values: { answer: 'x' } })).body).toMatchObject({ code: 'task_gone' });
  });

  test('shows the next task of the list', async () => {
    // given
    const one = await newTask({ due: '2026-01-01T00:00:00Z' });
    const two = await newTask({ due: '2026-01-02T00:00:00Z' });
    for (const { key } of [one, two]) await wanglei.post(`/tasks/${key}/claim`);

    // when
    const { body } = await wanglei.post(`/tasks/${one.key}/complete`, { values: { answer: '好' } });

    // then
    expect(body.next.key).toBe(two.key);
  });

  test('of a task that the engine has ended meanwhile says that it is gone', async () => {
    const { key, instance } = await newTask();
    await wanglei.post(`/tasks/${key}/claim`);
    await stack.engine.cancelInstance(instance);
    expect((await wanglei.post(`/tasks/${key}/complete`, { values: { answer: '好' } })).body).toMatchObject({ code: 'task_gone' });
    await stack.caughtUp();
  });
});
