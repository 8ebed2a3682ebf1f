import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LedgerInfo, LedgerPage } from '../../engine/contract/api.ts';
import { ledgers } from '../../engine/api/ledgers/catalogue.ts';
import { csvOf } from '../../engine/api/ledgers/csv.ts';
import { bpmn, chain, end, start, userTask } from '../support/bpmn.ts';
import { TestStack, type Browser } from '../support/stack.ts';

let stack: TestStack;
let key: string;

beforeAll(async () => {
  stack = await TestStack.start();
  await stack.deploy({ 'p.bpmn': bpmn('p', start() + userTask('ask', '<zeebe:assignmentDefinition candidateGroups="cs_frontdesk"/>') + end() + chain('start', 'ask', 'end')) });
  key = await stack.create('p');
  await complaint('TS1', { process_instance_key: key, customer_name: '王小明', category: 'attitude', channel: 'phone', priority: 'normal', site: 'branch_east', amount: 1234.5, received_at: new Date('2026-09-01T02:00:00Z'), due_overall: new Date('2026-09-10T09:30:00Z') });
  await complaint('TS2', { customer_name: '李大力', category: 'process', channel: 'app', priority: 'urgent', site: 'branch_west', received_at: new Date('2026-09-02T02:00:00Z'), closed_at: new Date('2026-09-12T02:00:00Z'), outcome: 'closed', satisfaction: 5 });
  await complaint('TS3', { customer_name: '=cmd|"/c calc"!A1', category: null, channel: 'phone', priority: 'normal', site: 'branch_east', received_at: new Date('2026-08-31T17:00:00Z'), business_ref: 'REF,"1"' });
  await stack.database.db('app.task_participant').insert({ process_instance_key: key, user_id: 'wanglei' });
});
afterAll(async () => {
  expect(stack.errors).toEqual([]);
  await stack.stop();
});

async function complaint(no: string, values: object): Promise<void> {
  await stack.database.db('app.complaint').insert({ complaint_no: no, process_instance_key: '1', registered_at: new Date(0), ...values });
}

const keysOf = async (browser: Browser, query = ''): Promise<string[]> => ((await browser.get<LedgerPage>(`/ledgers/complaints${query}`)).body.items ?? []).map((row) => row.key);

describe('who sees a ledger', () => {
  test('overseers all of it with names, others what they work on, administrators no names', async () => {
    const rows = async (person: string) => ((await (await stack.as(person)).get<LedgerPage>('/ledgers/complaints?sort=complaintNo')).body.items).map((row) => [row.key, row.values['customerName']]);
    expect(await rows('chenjing')).toEqual([['TS1', '王小明'], ['TS2', '李大力'], ['TS3', '=cmd|"/c calc"!A1']]);
    expect(await rows('wanglei')).toEqual([['TS1', '王**']]);
    expect((await rows('zhaoyu')).slice(0, 2)).toEqual([['TS1', '王**'], ['TS2', '李**']]);
    expect(await rows('majun')).toEqual([]);
  });

  test('accountability is closed even to administrators and managers', async () => {
    const listed = async (person: string) => (await (await stack.as(person)).get<LedgerInfo[]>('/ledgers')).body.map((ledger) => ledger.id);
    expect(await listed('huangli')).toEqual(expect.arrayContaining(['violations', 'sanctions']));
    for (const person of ['zhaoyu', 'chenjing', 'wanglei']) {
      expect(await listed(person)).not.toContain('violations');
      expect((await (await stack.as(person)).get('/ledgers/violations')).status).toBe(403);
      expect((await (await stack.as(person)).get('/ledgers/sanctions/export?format=csv')).status).toBe(403);
    }
  });

  test('rows of cases one is recused from are not there, not even for overseers', async () => {
    // given
    await stack.database.db('read_model.process_instance').where({ key }).update({ exclude_users: ['chenjing'] });
    // then
    const chenjing = await stack.as('chenjing');
    expect(await keysOf(chenjing)).toEqual(['TS2', 'TS3']);
    expect((await chenjing.get('/ledgers/complaints/rows/TS1')).status).toBe(404);
    await stack.database.db('read_model.process_instance').where({ key }).update({ exclude_users: [] });
  });

  test('reading names is in the audit log', async () => {
    const entry = await stack.database.db('app.audit_log').where({ action: 'personal_data.read', object: 'ledger:complaints', actor: 'chenjing' }).first();
    expect(entry).toBeDefined();
  });

  test('a row leads to its case where the person may open it', async () => {
    const link = async (person: string) => (await (await stack.as(person)).get<LedgerPage>('/ledgers/complaints?search=TS1')).body.items[0]?.link;
    expect(await link('zhaoyu')).toBe(`/monitor/instances/${key}`);
    expect(await link('wanglei')).toMatch(/^\/tasks\/\d+$/);
    expect(await link('chenjing')).toBeNull();
  });
});

describe('every ledger', () => {
  test.each(ledgers.map((ledger) => ledger.id))('%s is read, sorted by every column, narrowed by every filter and exported', async (id) => {
    const browser = await stack.as('wutao');
    const huangli = await stack.as('huangli');
    const { body } = await browser.get<LedgerInfo[]>('/ledgers');
    const info = body.find((each) => each.id === id)!;
    const ask = async (query: string) => expect([query, (await browser.get(`/ledgers/${id}?${query}`)).status]).toEqual([query, 200]);
    for (const column of info.columns) {
      await ask(`sort=${column.id}`);
      if (column.filter) await ask(`${column.id}=a,-`);
    }
    await ask('search=100%25_x');
    await ask('from=2026-01-01&to=2026-12-31');
    for (const state of ['open', 'closed', 'overdue']) await ask(`state=${state}`);
    for (const figure of info.figures) for (const met of ['', '&met=no', '&met=yes']) await ask(`figure=${figure.id}&period=2026-07..2026-09${met}`);
    expect((await browser.fetch(`/ledgers/${id}/export?format=xlsx`)).status).toBe(200);
    expect((await huangli.get('/ledgers')).status).toBe(200);
  });
});

describe('search, filters, order and pages', () => {
  test('work in the database, together', async () => {
    const browser = await stack.as('chenjing');
    expect(await keysOf(browser)).toEqual(['TS2', 'TS1', 'TS3']);
    expect(await keysOf(browser, '?search=小明')).toEqual(['TS1']);
    expect(await keysOf(browser, '?channel=phone&sort=-complaintNo')).toEqual(['TS3', 'TS1']);
    expect(await keysOf(browser, '?category=-')).toEqual(['TS3']);
    expect(await keysOf(browser, '?category=attitude,-&sort=complaintNo')).toEqual(['TS1', 'TS3']);
    expect(await keysOf(browser, '?state=closed')).toEqual(['TS2']);
    expect(await keysOf(browser, '?state=overdue')).toEqual(['TS1']);
    expect(await keysOf(browser, '?sort=complaintNo&page=2&pageSize=2')).toEqual(['TS3']);
    expect((await browser.get<LedgerPage>('/ledgers/complaints?pageSize=2')).body.total).toBe(3);
    expect((await browser.get('/ledgers/complaints?sort=;drop')).status).toBe(400);
    expect((await browser.get('/ledgers/nothing')).status).toBe(404);
  });

  test('dates are those of the institution: half past midnight there is not the day before', async () => {
    const browser = await stack.as('chenjing');
    expect(await keysOf(browser, '?from=2026-09-01&to=2026-09-01&sort=complaintNo')).toEqual(['TS1', 'TS3']);
    expect(await keysOf(browser, '?to=2026-08-31')).toEqual([]);
  });

  test('a sheet holds the deadlines of the case and what other ledgers say about it', async () => {
    // given
    const { db } = stack.database;
    await db('app.deadline').insert({ process_instance_key: key, stage: 'overall', case_no: 'TS1', process_id: 'p', started_at: new Date('2026-09-01T02:00:00Z'), due_at: new Date('2026-09-10T09:30:00Z'), remind_at: new Date('2026-09-09T09:30:00Z'), amount: 7, unit: 'wd', remind_at_pct: 80 });
    await db('app.rectification').insert({ rect_no: 'ZG1', source_no: 'TS1', process_instance_key: key, problem: '流程不清', status: 'open', opened_at: new Date(0) });
    // when
    const { body } = await (await stack.as('chenjing')).get('/ledgers/complaints/rows/TS1');
    // then
    expect(body).toMatchObject({ row: { key: 'TS1', overdue: true }, deadlines: [{ stage: 'overall', stageName: '整体办结', stageNameEn: 'The whole case', endedAt: null, due: { state: 'overdue' } }], related: [{ ledger: 'rectifications', key: 'ZG1' }] });
  });

  test('a stage that was over in time is on time for ever, one that still runs is overdue once its date has passed', async () => {
    // given: two stages with deadlines that have passed; of the first nothing listens for a moved deadline any more
    const { db } = stack.database;
    const listening = { process_instance_key: key, message_name: 'sla_due', element_id: 'bm' };
    for (const stage of ['accept', 'plan']) await db('app.deadline').insert({ process_instance_key: key, stage, case_no: 'TS1', process_id: 'p', started_at: new Date('2026-09-01T02:00:00Z'), due_at: new Date('2026-09-02T02:00:00Z'), remind_at: new Date('2026-09-01T20:00:00Z'), amount: 24, unit: 'h', remind_at_pct: 80 });
    await db('read_model.message_subscription').insert([
      { ...listening, key: '9000000000001', correlation_key: 'TS1:accept', state: 'deleted', at: new Date('2026-09-01T05:00:00Z') },
      { ...listening, key: '9000000000002', correlation_key: 'TS1:plan', state: 'deleted', at: new Date('2026-09-01T06:00:00Z') },
      { ...listening, key: '9000000000003', correlation_key: 'TS1:plan', state: 'waiting', at: new Date('2026-09-01T06:00:00Z') },
    ]);
    // when
    const { body } = await (await stack.as('chenjing')).get('/ledgers/complaints/rows/TS1');
    // then
    const of = (stage: string): unknown => (body as { deadlines: { stage: string }[] }).deadlines.find((each) => each.stage === stage);
    expect(of('accept')).toMatchObject({ endedAt: '2026-09-01T05:00:00.000Z', due: { state: 'ok' } });
    expect(of('plan')).toMatchObject({ endedAt: null, due: { state: 'overdue' } });
  });
});

/** Files of a zip, read by its directory. */
function unzip(bytes: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = bytes.length - 22;
  expect(bytes.readUInt32LE(end)).toBe(0x06054b50);
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [size, nameLength, offset] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt32LE(at + 42)];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const from = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
    files.set(name, inflateRawSync(bytes.subarray(from, from + size)).toString('utf8'));
    at += 46 + nameLength;
  }
  return files;
}

describe('export', () => {
  let browser: Browser;
  beforeEach(async () => {
    browser = await stack.as('chenjing');
  });

  test('csv opens in Excel: byte order mark, words, quotes, and no formula', async () => {
    const response = await browser.fetch('/ledgers/complaints/export?format=csv&sort=complaintNo&columns=complaintNo,customerName,category,businessRef,receivedAt,amount,site');
    expect(response.headers.get('content-disposition')).toContain(`filename*=UTF-8''${encodeURIComponent('投诉台账-2026-09-17.csv')}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(bytes.toString('utf8').slice(1).split('\r\n')).toEqual([
      '投诉编号,投诉人,类别,业务编号,网点,涉及金额,受理时间',
      'TS1,王小明,服务态度,,示例 · 城东支行,1234.5,2026-09-01 10:00',
      'TS2,李大力,服务流程,,示例 · 城西支行,,2026-09-02 10:00',
      `TS3,"'=cmd|""/c calc""!A1",,"REF,""1""",示例 · 城东支行,,2026-09-01 01:00`,
      '机密 · 示例 · 陈静 (chenjing) · 2026-09-17 16:20',
      '',
    ]);
  });

  test.each(['=1+1', '+1', '-1', '@a', '\t=1', ' =1'])('%j is no formula in a csv', (text) => {
    const line = csvOf({ name: '', columns: [{ title: 'a', kind: 'text' }], rows: [[text]] }).toString('utf8').split('\r\n')[1]!;
    expect(line.replace(/^"/, '').startsWith("'")).toBe(true);
  });

  test('xlsx has the rows that are left, dates and amounts as such, and says who took it', async () => {
    const response = await browser.fetch('/ledgers/complaints/export?format=xlsx&lang=en&channel=phone&sort=complaintNo&columns=complaintNo,customerName,receivedAt,amount,satisfaction');
    expect(response.headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    const files = unzip(Buffer.from(await response.arrayBuffer()));
    expect([...files.keys()]).toEqual(['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/styles.xml', 'xl/worksheets/sheet1.xml', 'xl/worksheets/sheet2.xml']);
    const sheet = files.get('xl/worksheets/sheet1.xml')!;
    expect([...sheet.matchAll(/<c r="(\w+)"[^>]*>(?:<is><t[^>]*>([^<]*)<\/t><\/is>|<v>([^<]*)<\/v>)<\/c>/g)].map(([, at, text, value]) => [at, text ?? Number(value)])).toEqual([
      ['A1', 'Complaint no.'], ['B1', 'Complainant'], ['C1', 'Amount'], ['D1', 'Received'], ['E1', 'Satisfaction'],
      ['A2', 'TS1'], ['B2', '王小明'], ['C2', 1234.5], ['D2', 46266 + 10 / 24],
      ['A3', 'TS3'], ['B3', '=cmd|&quot;/c calc&quot;!A1'], ['D3', 46266 + 1 / 24],
    ]);
    expect(sheet).not.toContain('<f>');
    expect(files.get('xl/worksheets/sheet2.xml')).toContain('channel=phone');
    expect(files.get('xl/worksheets/sheet2.xml')).toContain('chenjing');
  });

  test('is in the audit log with rows, columns and filter', async () => {
    await browser.fetch('/ledgers/complaints/export?format=csv&priority=urgent&columns=complaintNo');
    const entry = await stack.database.db('app.audit_log').where({ action: 'ledger.export', actor: 'chenjing' }).orderBy('seq', 'desc').first();
    expect(entry).toMatchObject({ object: 'ledger:complaints', after: { format: 'csv', rows: 1, columns: ['complaintNo'], filter: { priority: 'urgent' }, personalData: 'none' } });
  });

  test('names are masked in the file of who sees them masked', async () => {
    const text = await (await (await stack.as('zhaoyu')).fetch('/ledgers/complaints/export?format=csv&search=TS1')).text();
    expect(text).toContain('王**');
    expect(text).not.toContain('王小明');
  });

  test('beyond the limit it says how many there are and takes none', async () => {
    // given
    await stack.database.db.raw(`insert into app.complaint (complaint_no, process_instance_key, source, received_at, registered_at) select 'M' || n, 1, 'media', now(), now() from generate_series(1, 20001) n`);
    // when
    const refused = await browser.get('/ledgers/complaints/export?format=csv');
    // then
    expect(refused).toMatchObject({ status: 413, body: { code: 'export_too_large', params: { limit: 20_000 } } });
    expect((await browser.fetch('/ledgers/complaints/export?format=csv&channel=phone')).status).toBe(200);
    await stack.database.db('app.complaint').where({ source: 'media' }).delete();
  });
});
