import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installSampleServices } from '../../engine/workers/slot/sample-services.ts';
import { TestStack, type Browser } from '../support/stack.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folders = ['service_appointment', 'service_application'].flatMap((id) => [`processes/${id}`, `forms/${id}`]);
const shipped = Object.fromEntries(folders.flatMap((folder) => readdirSync(path.join(root, folder)).filter((name) => !name.endsWith('.md')).map((name) => [`${folder}/${name}`, readFileSync(path.join(root, folder, name), 'utf8')])));

let stack: TestStack;
let wanglei: Browser;
beforeAll(async () => {
  stack = await TestStack.start();
  await installSampleServices(stack.database.db);
  await stack.deploy(shipped);
  wanglei = await stack.as('wanglei');
});
afterAll(async () => {
  expect(stack.errors).toEqual([]);
  await stack.stop();
});

test('appointments and applications stand on the start page, in both languages', async () => {
  // when
  const { body } = await wanglei.get('/startable');

  // then
  expect(body).toMatchObject([
    { bpmnProcessId: 'service_appointment', name: '服务预约', nameEn: 'Service appointment' },
    { bpmnProcessId: 'service_application', name: '服务申请与办理', nameEn: 'Service application' },
  ]);
});

test('the selects of their forms know the sites and the products on offer', async () => {
  // when
  const { body } = await wanglei.get('/directory');

  // then
  expect(body.sites).toContainEqual({ id: 'branch_east', name: '示例 · 城东支行', nameEn: 'Sample: east branch' });
  expect(body.products).toContainEqual({ id: 'wealth_stable', name: '示例 · 稳健理财', nameEn: 'Sample: stable wealth plan' });
});

test('an appointment is started by its form, a wrong one is refused field by field', async () => {
  // given
  const values = { channel: 'phone', mode: 'branch', site: 'branch_east', customerName: '示例客户', phone: '13900000001', customerType: 'individual', serviceClass: 'basic', business: 'account', content: '开立个人账户', preferredFrom: '2026-09-18T10:00+08:00', preferredTo: '2026-09-18T12:00+08:00', consent: true };

  // when
  const refused = await wanglei.post('/processes/service_appointment/start', { values: { ...values, phone: '1' } });
  const started = await wanglei.post('/processes/service_appointment/start', { values });

  // then
  expect(refused.status).toBe(422);
  expect(started.status).toBeLessThan(300);
  await stack.caughtUp();
  expect(await stack.database.db('read_model.process_instance').where({ bpmn_process_id: 'service_appointment' })).toHaveLength(1);
});
