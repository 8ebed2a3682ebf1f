import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DataClasses } from '../../engine/contract/administration.ts';
import type { DesignProblem } from '../../engine/contract/api.ts';
import { TestStack, type Browser } from '../support/stack.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
let stack: TestStack;
let owner: Browser;

beforeAll(async () => {
  stack = await TestStack.start();
  const names = (folder: string, ending: RegExp): Promise<string[]> => readdir(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).then((found) => found.filter((name) => ending.test(name)).map((name) => `${folder}/${name}`));
  const files = [...(await names('processes', /\.(bpmn|dmn)$/)), ...(await names('forms', /\.form$/))];
  await stack.deploy(Object.fromEntries(await Promise.all(files.map(async (name) => [name, await readFile(path.join(ROOT, name), 'utf8')] as const))));
  owner = await stack.as('lintao');
});
afterAll(async () => {
  expect(stack.errors).toEqual([]);
  await stack.stop();
});

const db = () => stack.database.db;
const excess = async (procedure: string): Promise<[string, string | null][]> => (await owner.get<DesignProblem[]>(`/design/procedures/${procedure}/check`)).body.filter((problem) => problem.rule === 'personal_data_excess').map((problem) => [problem.resourceId, problem.elementId]);

describe('the minimum of personal data', () => {
  test('is kept by every shipped form', async () => {
    const procedures = (await owner.get<{ bpmnProcessId: string }[]>('/design/procedures')).body.map((one) => one.bpmnProcessId);
    expect(procedures.length).toBeGreaterThan(15);
    for (const procedure of procedures) expect([procedure, await excess(procedure)]).toEqual([procedure, []]);
  });

  test('is exceeded by a field nobody has allowed, also by its name alone, until the owner of the table allows it', async () => {
    // given a form of the survey that asks for an identity number and, without a mark, for a phone number
    const before = (await owner.get('/design/resources/form/F-Y02')).body;
    const form = JSON.parse(before.published) as { components: object[] };
    form.components.push({ type: 'textfield', id: 'FY02x_card', key: 'cardHolder', label: '持卡人', properties: { pii: 'true' } }, { type: 'textfield', id: 'FY02x_phone', key: 'phone', label: '电话' }, { type: 'textfield', id: 'FY02x_shown', key: 'email', label: '邮箱', readonly: true });
    await owner.put('/design/resources/form/F-Y02', { content: JSON.stringify(form), revision: before.revision });

    // then
    expect(await excess('satisfaction_survey')).toEqual([['F-Y02', 'FY02x_card'], ['F-Y02', 'FY02x_phone']]);
    expect((await owner.get('/design/procedures')).body.find((one: { bpmnProcessId: string }) => one.bpmnProcessId === 'satisfaction_survey').problems).toMatchObject({ errors: 0, warnings: expect.any(Number) });

    // when the table is changed, as a draft first
    const table = (await owner.get('/design/resources/decision/drg_personal_data_minimum')).body;
    const allowed = (table.published as string).replace('"customer_feedback"', '"satisfaction_survey"').replace('&quot;customer_feedback&quot;', '&quot;satisfaction_survey&quot;');
    expect(allowed).not.toBe(table.published);
    expect((await owner.put('/design/resources/decision/drg_personal_data_minimum', { content: allowed, revision: table.revision })).status).toBe(200);

    // then
    expect(await excess('satisfaction_survey')).toEqual([['F-Y02', 'FY02x_card']]);
    expect(await excess('customer_feedback')).toEqual([['F-O01', expect.any(String)]]);
    expect((await owner.get('/design/procedures/identity_verification')).body.resources.map((one: { id: string }) => one.id)).toContain('drg_personal_data_minimum');
  });
});

describe('data classes', () => {
  test('are those of the published decision, for everybody signed in, and follow it', async () => {
    // given
    const clerk = await stack.as('wanglei');

    // when
    const { body } = await clerk.get<DataClasses>('/data-classes?fields=phone,idNo,amount,reporterName,somethingElse,%27');

    // then
    expect(body.fields).toEqual({
      phone: { dataClass: 'customer_info', sensitivity: 'confidential' }, idNo: { dataClass: 'customer_info', sensitivity: 'core' }, amount: { dataClass: 'txn_data', sensitivity: 'confidential' },
      reporterName: { dataClass: 'internal', sensitivity: 'core' }, somethingElse: { dataClass: 'customer_info', sensitivity: 'confidential' },
    });
    expect((await stack.browser().get('/data-classes?fields=phone')).status).toBe(401);

    // when an owner grades it anew
    const dmn = await readFile(path.join(ROOT, 'processes/shared/data-classification.dmn'), 'utf8');
    await stack.deploy({ 'processes/shared/data-classification.dmn': dmn.replaceAll('&quot;core&quot;', '&quot;confidential&quot;') });
    expect((await clerk.get<DataClasses>('/data-classes?fields=idNo')).body.fields['idNo']).toEqual({ dataClass: 'customer_info', sensitivity: 'confidential' });
  });

  test('of what is filed are in a ledger of those who keep it; its copies carry person and time on every page', async () => {
    // given
    await db()('app.archive_item').insert({ archive_no: 'DA20260917-0001', case_no: 'WG20260917-0001', process_instance_key: 1, class: 'violation', data_class: 'internal', sensitivity: 'core', sha256: '00', iv: Buffer.from('x'), tag: Buffer.from('x'), package: Buffer.from('x'), stored_at: new Date('2026-09-17T01:00:00Z'), retain_until: new Date('2036-09-17T01:00:00Z'), anchor: 'completion' });
    const [keeper, clerk] = [await stack.as('huangli'), await stack.as('wanglei')];

    // when
    const { body } = await keeper.get('/ledgers/archives');
    const info = (await keeper.get('/ledgers')).body.find((one: { id: string }) => one.id === 'archives');
    const csv = await (await keeper.fetch('/ledgers/archives/export?format=csv&columns=archiveNo,class,dataClass,sensitivity')).text();
    const sheet = textOf(Buffer.from(await (await keeper.fetch('/ledgers/archives/export?format=xlsx&columns=archiveNo,sensitivity')).arrayBuffer()), 'xl/worksheets/sheet1.xml');

    // then
    expect(body.items).toMatchObject([{ key: 'DA20260917-0001', values: { class: 'violation', dataClass: 'internal', sensitivity: 'core' } }]);
    expect(info).toMatchObject({ confidential: true });
    expect((await clerk.get('/ledgers/archives')).body.items ?? []).toEqual([]);
    expect(csv.trim().split('\r\n').slice(1)).toEqual(['DA20260917-0001,违规问责,内部资料,核心', '机密 · 示例 · 黄丽 (huangli) · 2026-09-17 16:20']);
    expect(sheet).toContain('<headerFooter><oddHeader>&amp;C机密 · 示例 · 黄丽 (huangli) · 2026-09-17 16:20</oddHeader>');
  });

  test('a copy without personal data of an open ledger carries no mark', async () => {
    const manager = await stack.as('chenjing');
    expect(await (await manager.fetch('/ledgers/complaints/export?format=csv&columns=complaintNo,channel')).text()).not.toContain('机密');
    expect(await (await manager.fetch('/ledgers/complaints/export?format=csv&columns=complaintNo,customerName&lang=en')).text()).toContain('Confidential · 示例 · 陈静 (chenjing)');
  });
});

/** A file of a zip archive, as text. */
function textOf(bytes: Buffer, wanted: string): string {
  for (let at = bytes.indexOf('PK\u0001\u0002'); at >= 0; at = bytes.indexOf('PK\u0001\u0002', at + 4)) {
    const [size, nameLength, local] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt32LE(at + 42)];
    if (bytes.subarray(at + 46, at + 46 + nameLength).toString() !== wanted) continue;
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    return inflateRawSync(bytes.subarray(from, from + size)).toString('utf8');
  }
  throw new Error(`there is no ${wanted} in the archive`);
}
