import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readForm, validateForm } from '../../engine/contract/forms/index.ts';
import type { JsonObject } from '../../engine/contract/json.ts';

const root = path.resolve(import.meta.dirname, '../../forms/service_improvement');
const check = (id: string, values: JsonObject, variables: JsonObject = {}): ReturnType<typeof validateForm> =>
  validateForm(readForm(JSON.parse(readFileSync(path.join(root, `${id}.form`), 'utf8'))), values, { variables, now: Date.parse('2026-11-23T12:00:00+08:00'), zone: 'Asia/Shanghai' });
const problems = (id: string, values: JsonObject, variables: JsonObject = {}): Record<string, string[]> =>
  Object.fromEntries(Object.entries(check(id, values, variables).errors).map(([key, found]) => [key.replace(/^F[A-Z]+\d*_/, ''), found.map((one) => one.rule)]));

test('F-H01 and F-H02 ask where it comes from and why it happened', () => {
  expect(problems('F-H01', { source: 'idea', title: '缩短等候', background: '太短' })).toEqual({ background: ['minLength'] });
  expect(problems('F-H02', { cause: '窗口不足', causes: [] })).toEqual({ causes: ['required'] });
});

test('F-H03 needs a measure with an owner and a day to come, and the procedure only when one has to change', () => {
  const plan: JsonObject = { measures: [{ action: '增加窗口', owner: 'liqiang', due: '2026-12-20' }], target: 90 };
  expect(problems('F-H03', plan)).toEqual({});
  expect(problems('F-H03', { ...plan, measures: [] })).toEqual({ measures: ['rows'] });
  expect(Object.keys(problems('F-H03', { ...plan, measures: [{ action: '增加窗口', due: '2026-11-01' }] }))).toHaveLength(2);
  expect(problems('F-H03', { ...plan, changeProcess: true })).toEqual({ processId: ['required'] });
});

test('F-H04 to F-H06 keep to their numbers: no negative budget, progress to 100, a figure afterwards', () => {
  expect(problems('F-H04', { approved: true, budget: -1, comment: '同意' })).toEqual({ budget: ['min'] });
  expect(problems('F-H05', { progress: 101 })).toEqual({ progress: ['max'] });
  expect(problems('F-H06', { improved: true, note: '达标' })).toEqual({ metricAfter: ['required'] });
});
