import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDown, People } from './people.ts';
import { Product } from './product.ts';

const WAIT = { timeout: 20_000, interval: 100 };

let product: Product;
let people: People;
let manager: Page;
let owner: Page;
let administrator: Page;

beforeAll(async () => {
  product = await Product.start();
  people = await People.at(product.address);
  const frontDesk = await people.enter('示例 · 王蕾');
  await people.begin(frontDesk, 'complaint_handling', { source: 'external', channel: 'phone', complainantName: '示例客户 · 乙', customerNo: 'C100002', phone: '13900000002', email: 'customer2@example.com', preferredChannel: 'email', business: 'account', occurredAt: new Date(Date.now() - 172_800_000).toISOString(), amountInvolved: 0, content: '排队两小时无人解释，业务也没有办成。', demand: '请说明原因并致歉', consent: true });
  [manager, owner, administrator] = [await people.enter('示例 · 陈静'), await people.enter('示例 · 林涛'), await people.enter('示例 · 赵宇')];
});

afterAll(() => closeDown(people, product));

describe('a ledger', () => {
  test('shows a complaint, opens it and exports what is left as a workbook', async () => {
    // given
    await people.open(manager, '/ledgers/complaints');
    const number = manager.getByRole('button', { name: /^TS\d{8}-\d{4}$/ });
    await expect.poll(async () => { await manager.reload(); await manager.locator('.gc-loading').first().waitFor({ state: 'detached' }); return number.count(); }, { timeout: 30_000, interval: 500 }).toBe(1);
    // when
    await number.click();
    await manager.getByRole('dialog').getByText('C100002').waitFor();
    expect(new URL(manager.url()).searchParams.get('row')).toMatch(/^TS/);
    await manager.getByRole('button', { name: '关闭' }).click();
    await manager.getByRole('button', { name: '导出' }).click();
    const [file] = await Promise.all([manager.waitForEvent('download'), manager.getByRole('menuitem', { name: /xlsx/ }).click()]);
    // then
    expect(file.suggestedFilename()).toMatch(/^投诉台账-\d{4}-\d\d-\d\d\.xlsx$/);
    expect((await readFile((await file.path())!)).subarray(0, 2).toString()).toBe('PK');
  });

  test('keeps its filters in the address and says when nothing is left', async () => {
    await people.open(manager, '/ledgers/complaints');
    await manager.getByRole('textbox', { name: '搜索台账' }).fill('没有这样的投诉');
    await manager.getByRole('heading', { name: '没有符合的记录' }).waitFor();
    expect(new URL(manager.url()).searchParams.get('search')).toBe('没有这样的投诉');
    await manager.getByRole('button', { name: '清除筛选' }).last().click();
    await manager.getByRole('button', { name: /^TS\d{8}-\d{4}$/ }).waitFor();
  });
});

describe('a dashboard', () => {
  test('leads from a figure to its cases', async () => {
    await people.open(manager, '/dashboards/complaints');
    await manager.getByRole('button', { name: /^延期率/ }).click();
    const behind = manager.getByRole('region', { name: '对应案件' }).first();
    await behind.getByRole('button', { name: /^TS\d{8}-\d{4}$/ }).waitFor();
    await behind.getByRole('link', { name: '在台账中打开' }).click();
    await manager.getByText(/^延期率 · /).waitFor();
    await manager.getByRole('button', { name: /^TS\d{8}-\d{4}$/ }).waitFor();
  });

  test('takes a target an owner changes', async () => {
    // given
    await people.open(administrator, '/dashboards/complaints');
    await administrator.getByText('目标 ≤ 48 小时').waitFor();
    // when
    await administrator.getByRole('button', { name: '目标', exact: true }).click();
    const dialog = administrator.getByRole('dialog');
    await dialog.getByRole('spinbutton', { name: '投诉平均首次答复' }).fill('36');
    await dialog.getByRole('textbox', { name: '原因' }).fill('年度目标');
    await dialog.getByRole('button', { name: '发布目标' }).click();
    // then
    await administrator.getByText('目标 ≤ 36 小时').waitFor();
  });
});

describe('the working calendar', () => {
  const file = (csv: string) => ({ name: '2027.csv', mimeType: 'text/csv', buffer: Buffer.from(`date,type,name,remark\n${csv}`) });

  test('names the wrong lines of a file and takes it once it is right', async () => {
    await people.open(administrator, '/admin/calendar?month=2027-01');
    await administrator.getByText(/缺少 2027 年节假日数据/).waitFor();
    await administrator.getByRole('button', { name: '导入' }).click();
    const dialog = administrator.getByRole('dialog').first();
    await dialog.locator('input[type=file]').setInputFiles(file('2027-01-01,holiday,元旦,\n2027-01-04,workday,调休,\n'));
    await dialog.getByText('周一至周五本来就上班，不能列为调休上班日').waitFor();
    expect(await dialog.getByRole('button', { name: '发布' }).isDisabled()).toBe(true);
    await dialog.locator('input[type=file]').setInputFiles(file('2027-01-01,holiday,元旦,\n2027-01-03,workday,元旦调休,\n'));
    await dialog.getByText(/文件无误，共 2 天/).waitFor();
    await dialog.getByRole('button', { name: '发布' }).click();
    const why = administrator.getByRole('dialog').last();
    await why.getByRole('textbox', { name: '原因' }).fill('国务院通知');
    await why.getByRole('button', { name: '发布' }).click();
    await administrator.getByText('已发布，共 2 天').waitFor();
    await administrator.getByRole('dialog').getByRole('button', { name: '重新计算期限' }).click();
    await administrator.getByRole('heading', { name: /没有期限需要移动/ }).waitFor();
  });

  test('is walked and changed with the keyboard alone', async () => {
    await people.open(administrator, '/admin/calendar?month=2027-01');
    const day = (date: string) => administrator.locator(`button[data-date="${date}"]`);
    await day('2027-01-01').focus();
    await administrator.keyboard.press('ArrowDown');
    await administrator.keyboard.press('ArrowRight');
    await expect.poll(() => day('2027-01-09').evaluate((button) => button === document.activeElement), WAIT).toBe(true);
    await administrator.keyboard.press('Enter');
    await administrator.getByRole('dialog').getByRole('radio', { name: '调休上班日' }).waitFor();
    await administrator.keyboard.press('Escape');
  });
});

describe('every page', () => {
  test.for([['zh-CN', 1440], ['en', 1440], ['zh-CN', 390], ['en', 390]] as const)('is free of serious barriers and does not spill in %s at %i', { timeout: 180_000 }, async ([language, width]) => {
    const pages: [Page, string[]][] = [
      [manager, ['/ledgers/complaints', '/ledgers/surveys', '/ledgers/violations', '/dashboards/complaints?figure=complaint_extended', '/dashboards/service']],
      [owner, ['/ledgers/risks', '/dashboards']],
      [administrator, ['/admin/calendar?month=2026-10', '/admin/calendar?month=2026-10&view=year', '/dashboards/risk']],
    ];
    await people.walk(pages, { language, width, shown: (page) => page.getByRole('banner') });
  });
});
