import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readForm, validateForm } from '../../engine/contract/forms/index.ts';
import type { JsonObject } from '../../engine/contract/json.ts';

const root = path.resolve(import.meta.dirname, '../../forms');
const check = (file: string, values: JsonObject, variables: JsonObject = {}): ReturnType<typeof validateForm> =>
  validateForm(readForm(JSON.parse(readFileSync(path.join(root, file), 'utf8'))), values, { variables, now: Date.parse('2026-11-23T12:00:00+08:00'), zone: 'Asia/Shanghai' });
const problems = (file: string, values: JsonObject, variables: JsonObject = {}): Record<string, string[]> =>
  Object.fromEntries(Object.entries(check(file, values, variables).errors).map(([id, found]) => [id.replace(/^F[A-Z]+\d*_/, ''), found.map((one) => one.rule)]));

test('security forms > a report needs type, system, data and numbers, and nothing from the future', () => {
  const file = 'security_incident/F-N01.form';
  const report: JsonObject = { type: 'data_leak', system: 'crm', detectedAt: '2026-11-23T09:50+08:00', dataClasses: ['customer_info'], recordsAffected: 5000, description: '客户资料被批量导出' };
  expect(problems(file, report)).toEqual({});
  expect(problems(file, { ...report, detectedAt: '2026-11-24T09:50+08:00' })).toHaveProperty('detectedAt');
  expect(problems(file, { ...report, recordsAffected: -1, dataClasses: [] })).toMatchObject({ recordsAffected: ['min'], dataClasses: ['required'] });
  const { type: _, ...untyped } = report;
  expect(problems(file, untyped)).toEqual({ type: ['required'] });
});

test('security forms > a response has steps and says how long the recovery took; a false alarm disables nobody', () => {
  const file = 'security_incident/F-N02.form';
  const response: JsonObject = { falseAlarm: false, actions: [{ time: '2026-11-23T10:30+08:00', by: 'majun', action: '断开外联' }], accountsDisabled: ['wanglei'], recovered: true };
  const found = check(file, response, { detectedAt: '2026-11-23T09:50:00+08:00' });
  expect(found.errors).toEqual({});
  expect(found.data).toMatchObject({ rtoMinutes: 40, accountsDisabled: ['wanglei'] });
  expect(problems(file, { ...response, actions: [] })).toEqual({ actions: ['rows'] });
  expect(check(file, { ...response, falseAlarm: true }).data).not.toHaveProperty('accountsDisabled');
});

test('security forms > customers are told in plain words, a trace names what is to be done, and who only when somebody is liable', () => {
  expect(problems('security_incident/F-N03.form', { affectedCount: 10, text: '太短', channels: ['sms'], sentAt: '2026-11-23T11:00+08:00' })).toEqual({ text: ['minLength'] });
  const file = 'security_incident/F-N04.form';
  const trace: JsonObject = { rootCause: '导出权限过宽,缺少第二人授权。', kind: 'config', leak: true, liable: false, fix: '已收回批量导出权限', rectItems: [{ item: '收紧权限', owner: 'zhaoyu', due: '2026-12-04', standard: '双人授权' }] };
  expect(problems(file, trace)).toEqual({});
  expect(problems(file, { ...trace, rectItems: [] })).toEqual({ rectItems: ['rows'] });
  expect(check(file, { ...trace, responsible: [{ staffNo: 'wanglei', dept: 'service' }] }).data).not.toHaveProperty('responsible');
  expect(problems('security_incident/F-N05.form', { lessons: '' })).toEqual({ lessons: ['required'] });
});

test('drill forms > a plan lies ahead, its observers take part, and its target is a number of minutes', () => {
  const file = 'emergency_drill/F-E01.form';
  const plan: JsonObject = { scenario: 'outage', type: 'live', date: '2026-12-10T14:00+08:00', participants: ['majun', 'hefang'], observers: ['hefang'], objectives: '三十分钟内恢复服务', rtoTarget: 30 };
  expect(problems(file, plan)).toEqual({});
  expect(problems(file, { ...plan, date: '2026-11-22T14:00+08:00' })).toHaveProperty('date');
  expect(problems(file, { ...plan, observers: ['zhengjie'] })).toEqual({ observers: ['custom'] });
  expect(problems(file, { ...plan, observers: [], rtoTarget: 0 })).toMatchObject({ observers: ['required'], rtoTarget: ['min'] });
});

test('drill forms > a run ends after it begins, a score is at most 100, the total is the mean of the observers', () => {
  const run: JsonObject = { startedAt: '2026-11-23T10:00+08:00', endedAt: '2026-11-23T10:25+08:00' };
  expect(problems('emergency_drill/F-E02.form', run)).toEqual({});
  expect(problems('emergency_drill/F-E02.form', { ...run, endedAt: '2026-11-23T09:59+08:00' })).toEqual({ endedAt: ['custom'] });
  expect(problems('emergency_drill/F-E03.form', { checks: ['roles'], score: 101 })).toEqual({ score: ['max'] });
  const summary = check('emergency_drill/F-E04.form', { grade: 'good', findings: '通讯录需更新' }, { observations: [{ score: 90 }, { score: 82 }] });
  expect(summary.errors).toEqual({});
  expect(summary.data).toMatchObject({ finalScore: 86 });
  expect(problems('emergency_drill/F-E06.form', { approved: false })).toEqual({ comment: ['required'] });
  expect(problems('emergency_drill/F-E05.form', { objectives: '检验预案' })).toEqual({ objectives: ['minLength'] });
});
