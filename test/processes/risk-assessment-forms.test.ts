import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readForm, validateForm } from '../../engine/contract/forms/index.ts';
import type { JsonObject } from '../../engine/contract/json.ts';
import { riskItem } from './risk-assessment-driver.ts';

const root = path.resolve(import.meta.dirname, '../../forms/risk_assessment');
const problems = (id: string, values: JsonObject, variables: JsonObject = {}): Record<string, string[]> => {
  const { errors } = validateForm(readForm(JSON.parse(readFileSync(path.join(root, `${id}.form`), 'utf8'))), values, { variables, now: Date.parse('2026-11-23T12:00:00+08:00'), zone: 'Asia/Shanghai' });
  return Object.fromEntries(Object.entries(errors).map(([key, found]) => [key.replace(/^F[A-Z]+\d*_/, ''), found.map((one) => one.rule)]));
};

test('F-Q01 needs a scope and a risk rated from 1 to 5 with a control and an owner', () => {
  const self: JsonObject = { scope: ['tech'], items: [riskItem(5, 4)], selfScore: 80 };
  expect(problems('F-Q01', self)).toEqual({});
  expect(problems('F-Q01', { ...self, items: [], selfScore: 101 })).toEqual({ items: ['rows'], selfScore: ['max'] });
  expect(Object.values(problems('F-Q01', { ...self, items: [riskItem(6, 0, { control: null })] })).flat().sort()).toEqual(['max', 'min', 'required']);
});

test('F-Q02 needs a trend and a conclusion, a new risk its department', () => {
  const merge: JsonObject = { newRisks: [], trend: 'up', conclusion: '风险总体上升' };
  expect(problems('F-Q02', merge)).toEqual({});
  expect(problems('F-Q02', { ...merge, trend: null })).toEqual({ trend: ['required'] });
  expect(Object.values(problems('F-Q02', { ...merge, newRisks: [riskItem(1, 1)] }))).toEqual([['required']]);
});

test('F-Q03 to F-Q05 keep to known figures, an opinion and a quarter', () => {
  expect(problems('F-Q03', { thresholds: [{ metric: 'churn', value: 2, level: 'general' }], reason: '旺季' })).toEqual({});
  expect(Object.values(problems('F-Q03', { thresholds: [{ metric: 'weather', value: -1, level: 'general' }], reason: '旺季' }))).toHaveLength(2);
  expect(problems('F-Q04', { approved: true })).toEqual({ comment: ['required'] });
  expect(problems('F-Q05', { period: '2026-4' })).toEqual({ period: ['pattern'] });
  expect(problems('F-Q05', {})).toEqual({});
});
