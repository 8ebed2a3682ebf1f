import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { initialValues, readForm, validateForm, type FormComponent, type FormSchema } from '../../engine/contract/forms/index.ts';
import type { JsonObject } from '../../engine/contract/json.ts';
import { openBench } from '../workers/worker-bench.ts';

const root = path.resolve(import.meta.dirname, '../../forms');
const read = (file: string): FormSchema => readForm(JSON.parse(readFileSync(path.join(root, `${file}.form`), 'utf8')));
const scope = { variables: {}, now: Date.parse('2026-11-23T09:00:00+08:00'), zone: 'Asia/Shanghai' };
const problems = (file: string, values: JsonObject, variables: JsonObject = {}): Record<string, string[]> =>
  Object.fromEntries(Object.entries(validateForm(read(file), values, { ...scope, variables }).errors).map(([id, found]) => [id.replace(/^F[A-Z]+\d*_/, ''), found.map((one) => one.rule)]));

test('F-A01 takes a complete appointment and refuses what the manual refuses', () => {
  // given
  const file = 'service_appointment/F-A01';
  const wish: JsonObject = { channel: 'phone', mode: 'branch', site: 'branch_east', customerName: '示例客户', phone: '13900000001', customerType: 'individual', serviceClass: 'basic', business: 'account', content: '开立个人账户', preferredFrom: '2026-11-24T10:00+08:00', preferredTo: '2026-11-24T12:00+08:00', consent: true };

  // then
  expect(problems(file, wish)).toEqual({});
  expect(problems(file, { ...wish, site: null })).toEqual({ site: ['required'] });
  expect(problems(file, { ...wish, mode: 'phone', site: null })).toEqual({});
  expect(problems(file, { ...wish, customerType: 'corporate' })).toEqual({ companyName: ['required'] });
  expect(problems(file, { ...wish, preferredFrom: '2026-11-22T10:00+08:00' })).toHaveProperty('preferredFrom');
  expect(problems(file, { ...wish, preferredTo: '2026-11-24T09:00+08:00' })).toEqual({ preferredTo: ['custom'] });
  expect(problems(file, { ...wish, content: '开户', consent: false })).toMatchObject({ content: ['minLength'], consent: ['required'] });
  expect(problems(file, { ...wish, phone: '12345' })).toHaveProperty('phone');
});

test('F-A02 to F-A05 ask for what a result needs', () => {
  expect(problems('service_appointment/F-A02', { manualResult: 'alternative', note: '客户同意换网点' })).toMatchObject({ altResource: ['required'], altStart: ['required'] });
  expect(problems('service_appointment/F-A02', { manualResult: 'waitlist', note: '客户愿意等候' })).toEqual({ waitUntil: ['required'] });
  expect(problems('service_appointment/F-A02', { manualResult: 'decline', note: '无合适资源' })).toEqual({});
  expect(problems('service_appointment/F-A03', { callResult: 'change', attempts: 4 })).toMatchObject({ attempts: ['max'], newFrom: ['required'], newTo: ['required'] });
  expect(problems('service_appointment/F-A04', { arrivedAt: '2026-11-23T08:55+08:00', idChecked: false })).toHaveProperty('idChecked');
  const done: JsonObject = { startedAt: '2026-11-23T08:30+08:00', finishedAt: '2026-11-23T08:55+08:00', serviceContent: '为客户办理了账户开立', result: 'done', disclosures: ['risk'] };
  expect(problems('service_appointment/F-A05', done)).toEqual({});
  expect(problems('service_appointment/F-A05', { ...done, result: 'partial' })).toEqual({ reasonNotDone: ['required'] });
  expect(problems('service_appointment/F-A05', { ...done, finishedAt: '2026-11-23T08:00+08:00' })).toEqual({ finishedAt: ['custom'] });
});

test('F-A04 opens with the time of the appointment as arrival', () => {
  expect(initialValues(read('service_appointment/F-A04'), { arrivedAt: '2026-11-24T10:00:00+08:00' })).toMatchObject({ arrivedAt: '2026-11-24T10:00:00+08:00' });
  expect(problems('service_appointment/F-A04', { arrivedAt: '2026-11-23T09:00:00+08:00', idChecked: true })).toEqual({});
});

test('F-P01 asks by business for amount, tolerance, source of funds, income and guarantee', () => {
  // given
  const file = 'service_application/F-P01';
  const base: JsonObject = { customerName: '示例客户', phone: '13900000001', customerType: 'individual', serviceClass: 'basic', business: 'account', purpose: '工资结算账户', materials: 'files::1', materialKinds: ['id'], ack: ['process'] };

  // then
  expect(problems(file, base)).toEqual({});
  expect(problems(file, { ...base, business: 'wealth' })).toEqual({ amount: ['required'], riskTolerance: ['required'], fundSource: ['required'] });
  expect(problems(file, { ...base, business: 'credit' })).toEqual({ amount: ['required'], income: ['required'], guarantee: ['required'] });
  expect(problems(file, { ...base, business: 'insurance' })).toEqual({ riskTolerance: ['required'] });
  expect(problems(file, { ...base, materials: null })).toEqual({ materials: ['required'] });
});

test('F-P02 to F-P06 ask for what a decision needs', () => {
  expect(problems('service_application/F-P02', { acceptDecision: 'reject', checkResult: ['identity'] })).toEqual({ rejectReason: ['required'] });
  expect(problems('service_application/F-P03', { riskConfirmed: true })).toEqual({ proof: ['required'] });
  expect(problems('service_application/F-P03', { riskConfirmed: false })).toEqual({});
  expect(problems('service_application/F-P04', { reviewResult: 'reject', points: ['credit'], opinion: '短' })).toEqual({ opinion: ['minLength'], rejectReason: ['required'] });
  expect(problems('service_application/F-P05', {})).toEqual({ fixNote: ['required'] });
  expect(problems('service_application/F-P06', { startedAt: '2026-11-23T08:00+08:00', finishedAt: '2026-11-23T07:00+08:00', result: 'done' })).toEqual({ finishedAt: ['custom'] });
});

test('what F-A01 says is needed, and what F-P01 offers as attached, is what the catalogue asks for', async () => {
  // given
  const bench = await openBench('2026-11-23T09:00:00+08:00');
  const rows: { business: string; kind: string; name: string; name_en: string }[] = await bench.context.db('app.service_material').whereNull('product').whereNull('customer_type').orderBy('id');
  const kinds: string[] = await bench.context.db('app.service_material').distinct('kind').pluck('kind');
  await bench.stop();

  // then
  const hints = read('service_appointment/F-A01').components.filter((one) => one.id.startsWith('FA01_materialsHint_'));
  const said = (component: FormComponent): [string, string] => [String(component['text']).replace('**所需材料提示** ', ''), (component.properties?.['textEn'] ?? '').replace('**Materials needed** ', '')];
  const businesses = [...new Set(rows.map((row) => row.business))];
  expect(Object.fromEntries(hints.map((one) => [one.id.replace('FA01_materialsHint_', ''), said(one)]))).toEqual(
    Object.fromEntries(businesses.map((business) => [business, [rows.filter((row) => row.business === business).map((row) => row.name).join('、'), rows.filter((row) => row.business === business).map((row) => row.name_en).join(', ')]])),
  );
  const attached = read('service_application/F-P01').components.find((one) => one.key === 'materialKinds')!;
  const offered = (attached.values as { value: string }[]).map((one) => one.value);
  expect(kinds.filter((kind) => !offered.includes(kind))).toEqual([]);
});
