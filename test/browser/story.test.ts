import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ZBClient } from 'zeebe-node';
import { choose, People, pickDate } from './people.ts';
import { Product } from './product.ts';
import { limitCheck } from './limit-check.ts';
import { dateInShanghai, dueAfterWorkingDays } from './working-days.ts';

const DAY_MS = 86_400_000;
const WAIT = { timeout: 20_000, interval: 100 };

let product: Product;
let people: People;
let zeebe: ZBClient;
let owner: Page;
let frontDesk: Page;
let investigator: Page;
let officer: Page;
let supervisor: Page;
let administrator: Page;
/** Number of the complaint that is taken to its end, and of the one that is canceled. */
let caseNo = '';
let otherNo = '';
let fileAddress = '';

beforeAll(async () => {
  product = await Product.start();
  people = await People.at(product.address);
  zeebe = new ZBClient(product.gatewayAddress, { usePlaintext: true, loglevel: 'NONE' } as never);
});

afterAll(async () => {
  await zeebe?.close();
  await people?.leave();
  expect(await product?.stop(), 'the product ends cleanly').toBe(0);
});

// With STORY_PICTURES=<folder>, what everybody saw when a test failed.
afterEach(async ({ task }) => {
  const folder = process.env['STORY_PICTURES'];
  if (folder && task.result?.state === 'fail') await people.picture(folder);
});

describe('the process owner', () => {
  test('signs in with one click and lands on the procedures', async () => {
    owner = await people.enter('示例 · 林涛');
    await owner.getByRole('heading', { level: 1, name: '流程' }).waitFor();
    await owner.getByRole('link', { name: /客户投诉处理/ }).click();
    await owner.getByText(/已发布 v1，/).waitFor();
  });

  test('selects a task on the canvas and renames it in the panel', async () => {
    const canvas = owner.locator('.gc-modeler');
    await canvas.locator('[data-element-id="ut_investigate"]').first().waitFor({ state: 'attached' });
    await owner.getByRole('button', { name: '显示全图' }).click();
    await canvas.locator('.djs-shape[data-element-id="ut_investigate"]').click();
    const name = owner.getByRole('complementary', { name: '属性' }).getByRole('textbox', { name: '名称' }).first();
    await expect.poll(() => name.inputValue(), WAIT).toBe('调查核实');
    await name.fill('调查与核实');
    await name.press('Enter');
    await owner.getByText(/草稿已保存 \d\d:\d\d/).waitFor();
    await owner.getByText('v2 草稿').waitFor();
  });

  test('shortens a deadline in the decision table', async () => {
    await owner.getByRole('tab', { name: /决策/ }).click();
    await owner.getByRole('button', { name: /投诉处理时限/ }).click();
    const rule = owner.getByRole('row').filter({ hasText: '"investigate"' }).filter({ hasNotText: '"complex"' });
    await expect.poll(() => rule.count(), WAIT).toBe(1);
    await rule.getByRole('cell', { name: '7', exact: true }).click();
    await owner.keyboard.press('Control+a');
    await owner.keyboard.type('5');
    await owner.keyboard.press('Enter');
    await rule.getByRole('cell', { name: '5', exact: true }).waitFor();
    await owner.getByText(/草稿已保存 \d\d:\d\d/).waitFor();
  });

  test('sees both changes before publishing', async () => {
    await owner.getByRole('tab', { name: /变更/ }).click();
    const drafts = owner.getByRole('region', { name: '与已发布版本的差异' });
    await drafts.getByRole('button', { name: /流程图.*客户投诉处理/ }).click();
    const change = drafts.getByRole('listitem').filter({ hasText: '修改' }).filter({ hasText: '调查核实' });
    await expect.poll(() => change.getByRole('insertion').allTextContents(), WAIT).toEqual(['调查与核实']);
    for (const side of ['已发布', '草稿']) await drafts.getByRole('group', { name: side }).locator('.gc-diff-changed[data-element-id="ut_investigate"]').first().waitFor();
    await drafts.getByRole('button', { name: /决策.*投诉处理时限/ }).click();
    await expect.poll(() => drafts.getByRole('deletion').allTextContents(), WAIT).toEqual(['7']);
    expect(await drafts.getByRole('insertion').allTextContents()).toEqual(['5']);
  });

  test('publishes with a comment and has version 2', async () => {
    await owner.getByRole('button', { name: '发布' }).click();
    const dialog = owner.getByRole('dialog');
    await expect.poll(() => dialog.getByRole('listitem').count()).toBe(2);
    await dialog.getByRole('textbox', { name: '原因' }).fill('一般投诉调查缩短到 5 个工作日');
    await dialog.getByRole('button', { name: '发布' }).click();
    await owner.getByText(/已发布 v2，/).waitFor();
    await owner.getByRole('region', { name: '发布记录' }).getByText('一般投诉调查缩短到 5 个工作日').waitFor();
  });
});

describe('the staff', () => {
  test('the front desk starts a complaint by its form', async () => {
    frontDesk = await people.enter('示例 · 王蕾');
    await frontDesk.getByRole('button', { name: '发起案件' }).first().click();
    const dialog = frontDesk.getByRole('dialog');
    await dialog.getByRole('button', { name: /客户投诉处理/ }).click();
    await choose(dialog, '投诉来源', '外部投诉');
    await choose(dialog, '受理渠道', '电话');
    await dialog.getByRole('textbox', { name: '投诉人姓名' }).fill('示例客户 · 甲');
    await dialog.getByRole('textbox', { name: '客户号' }).fill('C100001');
    await dialog.getByRole('textbox', { name: '联系电话' }).fill('13900000001');
    await dialog.getByRole('textbox', { name: '电子邮箱' }).fill('customer1@example.com');
    await choose(dialog, '首选反馈方式', '邮件');
    await choose(dialog, '涉及业务', '账户');
    await pickDate(dialog, '发生时间', `${dateInShanghai(Date.now() - 2 * DAY_MS)} 10:00`);
    await dialog.getByRole('textbox', { name: '投诉内容' }).fill('柜员态度生硬，解释不清，等待时间过长。');
    await dialog.getByRole('textbox', { name: '投诉诉求' }).fill('请道歉并说明原因');
    await dialog.getByRole('checkbox', { name: /同意/ }).check();
    await dialog.getByRole('button', { name: '提交' }).click();
    const done = await frontDesk.getByText(/已发起案件 TS\d{8}-\d{4}/).textContent();
    caseNo = /TS\d{8}-\d{4}/.exec(done ?? '')?.[0] ?? '';
    expect(caseNo).not.toBe('');
  });

  test('registers it with the keyboard alone, and the next task stands there', async () => {
    // given a second complaint, so that there is a next task, and an investigator who waits at an empty list
    otherNo = await startComplaint(frontDesk, '排队两小时无人解释，业务也没有办成。');
    investigator = await people.enter('示例 · 张敏');
    await investigator.getByRole('heading', { name: '没有待办' }).waitFor();
    await frontDesk.goto(`${product.address}/tasks`);
    await taskLink(frontDesk, caseNo).waitFor();
    // when
    await frontDesk.keyboard.press('j');
    while (!(await taskLink(frontDesk, caseNo).evaluate((link) => link === document.activeElement))) await frontDesk.keyboard.press('j');
    await frontDesk.keyboard.press('Enter');
    await fillRegistration(frontDesk);
    await frontDesk.keyboard.press('Control+Enter');
    // then the next one stands there, and the investigator's list shows the new task without a reload
    await frontDesk.getByText('已提交“登记投诉”').waitFor();
    await expect.poll(() => frontDesk.getByRole('navigation', { name: '所在位置' }).textContent(), WAIT).toContain(otherNo);
    await taskLink(investigator, caseNo).waitFor();
  });

  test('the investigator sees the new name and five working days', async () => {
    const seen = Date.now();
    await taskLink(investigator, caseNo).click();
    await investigator.getByRole('heading', { level: 1, name: '调查与核实' }).waitFor();
    const due = await investigator.getByText(/^期限 \d{4}-/).textContent();
    expect([dueAfterWorkingDays(seen - 60_000, 5), dueAfterWorkingDays(seen, 5)]).toContain(due?.replace('期限 ', ''));
  });

  test('a field left wrong is named in Chinese, and a draft survives a reload', async () => {
    await investigator.getByRole('radiogroup', { name: '核实结论' }).getByText('属实', { exact: true }).click();
    await investigator.getByRole('textbox', { name: '调查事实' }).fill('监控已看');
    const row = investigator.getByRole('group', { name: '证据清单，第 1 条' });
    await choose(row, '类型', '录音录像');
    await row.getByRole('textbox', { name: '编号/位置' }).fill('R-1');
    await choose(investigator, '原因分类', '人员');
    await investigator.getByRole('textbox', { name: '原因分析' }).fill('新员工未完成岗前培训，主管未复核。');
    await investigator.getByRole('button', { name: '提交' }).click();
    await investigator.getByText('至少 20 个字，现在 4 个').waitFor();
    await investigator.getByText('1 处需改正：').waitFor();
    await investigator.getByText(/草稿已保存 \d\d:\d\d/).waitFor();
    expect(await people.barriers(investigator), 'an open task with an error').toEqual([]);
    await investigator.reload();
    await expect.poll(() => investigator.getByRole('textbox', { name: '原因分析' }).inputValue(), WAIT).toBe('新员工未完成岗前培训，主管未复核。');
    expect(await investigator.getByRole('textbox', { name: '调查事实' }).inputValue()).toBe('监控已看');
  });

  test('the investigator adds a file to the case and completes', async () => {
    await investigator.getByRole('tab', { name: '附件' }).click();
    await investigator.locator('input[type="file"][aria-label="添加附件"]').setInputFiles({ name: '谈话记录.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 示例') });
    const file = investigator.getByRole('link', { name: '谈话记录.pdf' });
    fileAddress = (await file.getAttribute('href')) ?? '';
    await investigator.getByRole('textbox', { name: '调查事实' }).fill('监控显示柜员当日未使用规范用语，客户所述属实，等候共 52 分钟。');
    await investigator.getByRole('button', { name: '提交' }).click();
    await investigator.getByText('已提交“调查与核实”').waitFor();
  });

  test('the officer claims with C and plans', async () => {
    officer = await people.enter('示例 · 刘洋');
    await officer.getByRole('link', { name: /我组的/ }).click();
    await taskLink(officer, caseNo).waitFor();
    await officer.keyboard.press('j');
    await officer.keyboard.press('c');
    await officer.getByText('已认领“制定处理方案”').waitFor();
    await officer.getByRole('checkbox', { name: '解释说明' }).check();
    await officer.getByRole('textbox', { name: '原因与处理说明' }).fill('我们核实后已安排当事员工接受培训，并向您致歉。');
    await officer.getByRole('textbox', { name: '预期效果及完成时间' }).fill('本月内完成培训');
    await pickDate(officer, '措施完成日期', dateInShanghai(Date.now() + 7 * DAY_MS));
    await officer.keyboard.press('Control+Enter');
    await officer.getByText('已提交“制定处理方案”').waitFor();
  });

  test('the customer answers and the supervisor closes the case', async () => {
    supervisor = await people.enter('示例 · 李强');
    await zeebe.publishMessage({ name: 'complaint_result_feedback', correlationKey: caseNo, variables: { satisfaction: 5 }, timeToLive: 60_000 });
    await supervisor.getByRole('link', { name: /我组的/ }).click();
    await taskLink(supervisor, caseNo).click();
    await supervisor.getByRole('button', { name: '认领' }).click();
    for (const check of ['原因已查清', '责任人员已处理', '整改措施已落实', '整改结果已验证']) await supervisor.getByRole('checkbox', { name: check }).check();
    await supervisor.getByRole('textbox', { name: '结案说明' }).fill('核查无误，结案');
    await supervisor.getByRole('button', { name: '提交' }).click();
    await supervisor.getByText(/已提交“/).waitFor();
  });

  test('the ledger shows it closed', async () => {
    await supervisor.getByRole('link', { name: '台账' }).click();
    const row = supervisor.getByRole('row').filter({ hasText: caseNo });
    await expect.poll(async () => (await row.textContent()) ?? '', WAIT).toContain('已解决');
    expect(await row.textContent()).not.toContain('在办');
  });

  test('nobody gets at what belongs to others by typing its address', async () => {
    // given the other complaint with the investigator, and somebody of the credit department
    await completeRegistration(frontDesk, otherNo);
    await taskLink(investigator, otherNo).click();
    const taskAddress = investigator.url();
    const stranger = await people.enter('示例 · 许诺');
    // when, then
    await stranger.goto(taskAddress);
    await stranger.getByText('没有找到，可能已被移走。').waitFor();
    expect(await stranger.getByText('排队两小时无人解释').count()).toBe(0);
    await stranger.goto(`${product.address}/monitor`);
    await stranger.getByRole('heading', { name: '你没有“监控”的权限' }).waitFor();
    const open = (address: string) => stranger.evaluate(async (url) => (await fetch(url)).status, address);
    expect(fileAddress).toMatch(/^\/api\/files\//);
    // Not even that they exist is told.
    expect(await open(fileAddress)).toBe(404);
    const key = await instanceKey(investigator, otherNo);
    expect(await open(`/api/cases/${key}`)).toBe(404);
    expect(await open(`/api/instances/${key}`)).toBe(403);
  });
});

describe('the administrator', () => {
  test('resolves an incident by mending its variable, with a reason', async () => {
    await zeebe.deployResource({ process: Buffer.from(limitCheck), name: 'limit-check.bpmn' });
    const { processInstanceKey } = await zeebe.createProcessInstance({ bpmnProcessId: 'limit_check', variables: { amount: 'many' } });
    administrator = await people.enter('示例 · 赵宇');
    await administrator.getByRole('checkbox', { name: '只看有异常的' }).click();
    await administrator.getByRole('link', { name: processInstanceKey }).click();
    const incident = administrator.getByRole('article', { name: '取值失败' });
    await incident.getByText(/amount/).first().waitFor();
    await administrator.getByRole('button', { name: '修改变量 amount' }).click();
    const dialog = administrator.getByRole('dialog');
    await dialog.getByRole('textbox', { name: '新的值（JSON）' }).fill('42');
    await dialog.getByRole('textbox', { name: '原因' }).fill('申请人更正了金额');
    await dialog.getByRole('button', { name: '保存' }).click();
    await administrator.getByText('变量已修改').waitFor();
    await incident.getByRole('button', { name: '重试' }).click();
    await administrator.getByRole('dialog').getByRole('textbox', { name: '原因' }).fill('金额已更正');
    await administrator.getByRole('dialog').getByRole('button', { name: '重试' }).click();
    await administrator.getByText('没有未解决的异常').waitFor();
    await administrator.getByText('已完成').first().waitFor();
    await administrator.getByRole('tab', { name: '审计' }).click();
    for (const reason of ['申请人更正了金额', '金额已更正']) await administrator.getByRole('cell', { name: reason }).waitFor();
  });

  test('sees a case on its diagram and cancels it with a reason', async () => {
    // given
    await administrator.getByRole('link', { name: '监控' }).first().click();
    await administrator.getByRole('link', { name: otherNo }).click();
    const diagram = administrator.getByRole('group', { name: '流程图：客户投诉处理' });
    await diagram.locator('.gc-active[data-element-id="ut_investigate"]').first().waitFor({ state: 'attached' });
    await diagram.locator('.gc-completed[data-element-id="ut_register"]').first().waitFor({ state: 'attached' });
    expect(await diagram.locator('.gc-taken').count()).toBeGreaterThan(5);
    expect(await diagram.locator('.gc-count-badge').allTextContents()).toContain('1');
    await administrator.getByRole('navigation', { name: '元素实例' }).getByRole('button', { name: /调查与核实/ }).waitFor();
    // when
    await administrator.getByRole('button', { name: '取消实例' }).click();
    const dialog = administrator.getByRole('dialog');
    await dialog.getByText(/将撤回 1 项人工任务/).waitFor();
    await dialog.getByRole('textbox', { name: '原因' }).fill('重复录入');
    await dialog.getByRole('button', { name: '取消实例' }).click();
    // then it is gone everywhere, at once
    await administrator.getByText('已取消').first().waitFor();
    await expect.poll(() => taskLink(investigator, otherNo).count(), WAIT).toBe(0);
    await administrator.getByRole('tab', { name: '审计' }).click();
    await administrator.getByRole('cell', { name: '重复录入' }).waitFor();
  });
});

describe('every page', () => {
  test.for(['zh-CN', 'en'] as const)('is free of serious barriers in %s', { timeout: 120_000 }, async (language) => {
    const procedure = '/design/complaint_handling';
    const pages: [Page, string[]][] = [
      [investigator, ['/tasks', '/tasks?view=done', '/tasks?start=1']],
      [frontDesk, ['/monitor', '/nowhere', '/ledgers/complaints']],
      [owner, ['/design', `${procedure}/diagram`, `${procedure}/forms`, `${procedure}/decisions`, `${procedure}/change`]],
      [administrator, ['/monitor', '/ledgers/complaints', new URL(administrator.url()).pathname]],
    ];
    const look = async ([page, addresses]: (typeof pages)[number]) => {
      await page.goto(product.address);
      await page.getByRole('button', { name: language === 'en' ? 'EN' : '中', exact: true }).click();
      for (const address of addresses) {
        await page.goto(product.address + address);
        await page.locator('.gc-loading').first().waitFor({ state: 'detached' });
        expect(await people.barriers(page), `${address} in ${language}`).toEqual([]);
      }
    };
    await Promise.all(pages.map(look));
    const stranger = await people.stranger();
    await stranger.getByRole('button', { name: language === 'en' ? 'EN' : '中', exact: true }).click();
    expect(await people.barriers(stranger), `sign-in in ${language}`).toEqual([]);
  });

  test('has no Chinese on its frame in English', async () => {
    for (const page of [owner, investigator, administrator]) {
      await page.goto(product.address);
      await page.getByRole('navigation', { name: 'Areas' }).first().waitFor();
      const frame = await page.evaluate(() => {
        const mine = [...document.querySelectorAll('.gc-me, .gc-language')].map((element) => (element as HTMLElement).innerText);
        return mine.reduce((text, own) => text.replace(own, ''), [...document.querySelectorAll<HTMLElement>('header.gc-top, nav.gc-nav, main h1')].map((element) => element.innerText).join('\n'));
      });
      expect(frame).not.toMatch(/[一-鿿]/);
    }
  });

  test('names an instance and its diagram in English where English is shown', async () => {
    await administrator.getByRole('navigation', { name: 'Areas' }).first().waitFor();
    await administrator.goto(`${product.address}/monitor`);
    await administrator.getByRole('cell', { name: 'Complaint handling' }).first().waitFor();
    await administrator.getByRole('link', { name: /^TS\d/ }).first().click();
    const diagram = administrator.getByRole('group', { name: /Complaint handling/ });
    await diagram.getByText('Investigate', { exact: true }).first().waitFor();
    const words = `${await diagram.locator('.djs-container').first().textContent()} ${await administrator.locator('.gc-tree').first().innerText()}`;
    expect(words).not.toMatch(/[一-鿿]/);
  });

  test('threw no error that nobody caught', () => {
    expect(people.troubles).toEqual([]);
  });
});

const taskLink = (page: Page, no: string) => page.getByRole('region', { name: '任务列表' }).getByRole('link').filter({ hasText: no });

/** Starts a complaint as the page does, without its form. */
async function startComplaint(page: Page, content: string): Promise<string> {
  const values = {
    source: 'external', channel: 'phone', complainantName: '示例客户 · 乙', customerNo: 'C100002', phone: '13900000002', email: 'customer2@example.com', preferredChannel: 'email', business: 'account',
    occurredAt: `${dateInShanghai(Date.now() - 2 * DAY_MS)}T10:00+08:00`, amountInvolved: 0, content, demand: '请说明原因并致歉', consent: true,
  };
  return page.evaluate(async (body) => {
    const { csrfToken } = (await (await fetch('/api/session')).json()) as { csrfToken: string };
    const answer = await fetch('/api/processes/complaint_handling/start', { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken }, body: JSON.stringify({ values: body }) });
    if (!answer.ok) throw new Error(await answer.text());
    return ((await answer.json()) as { caseNo: string }).caseNo;
  }, values);
}

async function fillRegistration(page: Page): Promise<void> {
  await page.getByRole('radiogroup', { name: '受理决定' }).getByText('受理', { exact: true }).click();
  await choose(page, '投诉类别', '服务态度');
  await page.getByRole('radiogroup', { name: '复杂程度' }).getByText('一般', { exact: true }).click();
  await page.getByRole('textbox', { name: '首问答复记录' }).fill('已向客户致歉并说明流程');
}

async function completeRegistration(page: Page, no: string): Promise<void> {
  await taskLink(page, no).click();
  await fillRegistration(page);
  await page.getByRole('button', { name: '提交' }).click();
  await expect.poll(() => taskLink(page, no).count(), WAIT).toBe(0);
}

/** Key of the case whose task is open on the page. */
async function instanceKey(page: Page, no: string): Promise<string> {
  return page.evaluate(async (wanted) => {
    const { items } = (await (await fetch('/api/tasks?view=mine')).json()) as { items: { caseNo: string; processInstanceKey: string }[] };
    return items.find((task) => task.caseNo === wanted)!.processInstanceKey;
  }, no);
}
