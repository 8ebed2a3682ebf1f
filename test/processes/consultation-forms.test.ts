import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readForm, validateForm } from '../../engine/contract/forms/index.ts';
import type { JsonObject } from '../../engine/contract/json.ts';

const root = path.resolve(import.meta.dirname, '../../forms/service_consultation');
const check = (id: string, values: JsonObject, variables: JsonObject = {}): ReturnType<typeof validateForm> =>
  validateForm(readForm(JSON.parse(readFileSync(path.join(root, `${id}.form`), 'utf8'))), values, { variables, now: Date.parse('2026-11-23T12:00:00+08:00'), zone: 'Asia/Shanghai' });
const problems = (id: string, values: JsonObject, variables: JsonObject = {}): Record<string, string[]> =>
  Object.fromEntries(Object.entries(check(id, values, variables).errors).map(([key, found]) => [key.replace(/^F[A-Z]+\d*_/, ''), found.map((one) => one.rule)]));

test('F-K01 needs a channel, a category, a question and a number to call', () => {
  const asked: JsonObject = { channel: 'phone', category: 'fee', question: '转账收费吗?', phone: '13900000001' };
  expect(problems('F-K01', asked)).toEqual({});
  expect(problems('F-K01', { ...asked, question: '费', phone: '123' })).toEqual({ question: ['minLength'], phone: ['phone'] });
  expect(problems('F-K01', {})).toMatchObject({ channel: ['required'], category: ['required'], question: ['required'], phone: ['required'] });
});

test('F-K02 asks for a department only when it is transferred, for plain words always, and offers the articles found', () => {
  const found: JsonObject = { articles: [{ articleNo: 'ZS-0001', title: '开户' }], articleOptions: [{ value: 'ZS-0001', label: 'ZS-0001 开户' }] };
  const answer: JsonObject = { handled: 'yes', answer: '请持身份证到网点办理', plainCheck: true, usedArticles: ['ZS-0001'] };
  expect(problems('F-K02', answer, found)).toEqual({});
  expect(problems('F-K02', { ...answer, plainCheck: false }, found)).toEqual({ plainCheck: ['required'] });
  expect(problems('F-K02', { ...answer, handled: 'transfer' }, found)).toEqual({ dept: ['required'] });
  expect(check('F-K02', { ...answer, dept: 'risk' }, found).data).not.toHaveProperty('dept');
  expect(problems('F-K02', { ...answer, usedArticles: ['ZS-0009'] }, found)).toHaveProperty('usedArticles');
});

test('F-K03 says whether the department is certain, F-K04 by which channel the customer hears', () => {
  expect(problems('F-K03', { answer: '按合同办理' })).toEqual({ confident: ['required'] });
  expect(problems('F-K03', { answer: '按合同办理', refs: ['contract'], confident: 'no' })).toEqual({});
  expect(problems('F-K04', { replyText: '按合同办理' })).toEqual({ replyChannel: ['required'] });
});
