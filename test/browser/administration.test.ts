import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { choose, closeDown, People } from './people.ts';
import { Product } from './product.ts';

/** Folder for pictures of every page; none are taken without it. */
const PICTURES = process.env['PICTURES'];

let product: Product;
let people: People;
let administrator: Page;
let archivist: Page;

beforeAll(async () => {
  product = await Product.start();
  people = await People.at(product.address);
  [administrator, archivist] = [await people.enter('示例 · 赵宇'), await people.enter('示例 · 黄丽')];
});

afterAll(() => closeDown(people, product));

describe('resources, catalogue and advisers', () => {
  test('a counter is added with a reason, refused while something is wrong, and taken out of service', async () => {
    // given
    await people.open(administrator, '/admin/services');
    await administrator.getByRole('button', { name: '新增资源' }).click();
    const dialog = administrator.getByRole('dialog');
    await dialog.getByRole('textbox', { name: /^编号/ }).fill('east_counter_3');
    await dialog.getByRole('textbox', { name: /^中文名称/ }).fill('城东支行 3 号预约窗口');
    await dialog.getByRole('textbox', { name: /^英文名称/ }).fill('East branch, counter 3');
    await choose(dialog, '服务岗位', '柜面服务人员');
    await choose(dialog, '网点', '示例 · 城东支行');
    await dialog.getByLabel('结束').first().fill('08:00');
    await dialog.getByRole('textbox', { name: '原因' }).fill('新设窗口');

    // when, then
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.getByText('没有保存：每个时段的结束须晚于开始。').waitFor();
    if (PICTURES) await administrator.screenshot({ path: path.join(PICTURES, 'resource-dialog.png') });
    expect(await people.barriers(administrator)).toEqual([]);
    await dialog.getByLabel('结束').first().fill('12:00');
    await dialog.getByRole('button', { name: '保存' }).click();
    const added = administrator.getByRole('row').filter({ hasText: '城东支行 3 号预约窗口' });
    await added.getByText('09:00–12:00').waitFor();

    // when
    await added.getByRole('button').click();
    await administrator.getByRole('dialog').getByRole('switch').click();
    await administrator.getByText(/停用后不再接受新预约；已有的 0 个未来预约不变/).waitFor();
    await administrator.getByRole('dialog').getByRole('textbox', { name: '原因' }).fill('装修');
    await administrator.getByRole('dialog').getByRole('button', { name: '保存' }).click();
    await added.getByText('停用').waitFor();
  });
});

describe('the telephone log', () => {
  const file = (csv: string) => ({ name: 'calls.csv', mimeType: 'text/csv', buffer: Buffer.from(`started,answered,ended,agent,customer\n${csv}`) });
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

  test('names the wrong lines, shows what it would bring, and gives its figures', async () => {
    await people.open(administrator, '/admin/calls');
    const input = administrator.locator('input[type=file]');
    await input.setInputFiles(file(`${day}T01:00:00Z,${day}T01:00:20Z,${day}T01:10:20Z,nobody,\n`));
    await administrator.getByRole('cell', { name: '没有这位坐席' }).waitFor();
    await input.setInputFiles(file(`${day}T01:00:00Z,${day}T01:00:20Z,${day}T01:10:20Z,wanglei,C100001\n${day}T02:00:00Z,,${day}T02:00:30Z,wanglei,\n`));
    await administrator.getByText('可导入 2 通电话').waitFor();
    if (PICTURES) await administrator.screenshot({ path: path.join(PICTURES, 'calls-preview.png') });
    expect(await people.barriers(administrator)).toEqual([]);
    await administrator.getByRole('button', { name: '导入', exact: true }).click();
    const why = administrator.getByRole('dialog');
    await why.getByRole('textbox', { name: '原因' }).fill('昨日话务');
    await why.getByRole('button', { name: '导入', exact: true }).click();
    const row = administrator.getByRole('region', { name: '电话' }).getByRole('row').nth(1);
    await row.getByText('10 分钟 达标').waitFor();
    await row.getByText('20 秒').waitFor();
  });
});

test('a customer reads the commitments without signing in', async () => {
  const stranger = await people.stranger();
  await people.open(stranger, '/p/commitments');
  await stranger.getByRole('heading', { name: '服务承诺', level: 1 }).waitFor();
  const promise = stranger.locator('.gc-promises div').filter({ hasText: '收到投诉后登记并与您联系' });
  await promise.getByText('24 小时内').waitFor();
  await stranger.close();
});

test('personal data in a task says how sensitive it is, under a watermark', async () => {
  // given
  const clerk = await people.enter('示例 · 王蕾');
  await people.begin(clerk, 'service_termination', { customerNo: 'C100001', customerName: '示例客户 · 甲', phone: '13900000001', email: 'customer1@example.com', customerType: 'individual', reason: 'no_need', settleTo: '6222****1234', dataRequest: 'none', consent: true });

  // when
  await people.open(clerk, '/tasks?view=group');
  await clerk.getByText('证件核验').first().click();
  await clerk.getByRole('button', { name: '认领' }).first().click();

  // then
  await clerk.getByText('客户信息 · 核心').first().waitFor();
  await clerk.getByText('客户信息 · 机密').first().waitFor();
  expect(await clerk.locator('.gc-marked').count()).toBe(1);
  for (const width of [1440, 390]) {
    await clerk.setViewportSize({ width, height: 900 });
    if (PICTURES) await clerk.screenshot({ path: path.join(PICTURES, `task-${width}.png`) });
    await people.expectSound(clerk, `a task at ${width}`, width);
  }
});

describe('every page', () => {
  test.for([['zh-CN', 1440], ['en', 1440], ['zh-CN', 390], ['en', 390]] as const)('is free of serious barriers and does not spill in %s at %i', { timeout: 180_000 }, async ([language, width]) => {
    const pages: [Page, string[]][] = [
      [administrator, ['/admin/services', '/admin/services?tab=products', '/admin/services?tab=advisers', '/admin/calls', '/admin/duties', '/p/commitments']],
      [archivist, ['/ledgers/duties', '/ledgers/archives']],
    ];
    const look = async (page: Page, address: string): Promise<void> => { if (PICTURES) await page.screenshot({ path: path.join(PICTURES, `${address.replaceAll(/\W+/g, '-').slice(1)}-${language}-${width}.png`) }); };
    await people.walk(pages, { language, width, shown: (page) => page.getByRole('heading', { level: 1 }), look });
  });
});
