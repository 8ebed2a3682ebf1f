import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readForm, validateForm } from '../../engine/contract/forms/index.ts';
import type { JsonObject } from '../../engine/contract/json.ts';
import { note } from './information-release-driver.ts';

const root = path.resolve(import.meta.dirname, '../../forms/information_release');
const problems = (id: string, values: JsonObject, variables: JsonObject = {}): Record<string, string[]> =>
  Object.fromEntries(Object.entries(validateForm(readForm(JSON.parse(readFileSync(path.join(root, `${id}.form`), 'utf8'))), values, { variables, now: Date.parse('2026-11-23T12:00:00+08:00'), zone: 'Asia/Shanghai' }).errors).map(([key, found]) => [key.replace(/^F[A-Z]+\d*_/, ''), found.map((one) => one.rule)]));

test('release 6 > F-F01 refuses personal data in the text and the title, but no hotline, date or amount', () => {
  expect(problems('F-F01', note)).toEqual({});
  for (const text of ['请联系客户示例甲 13900000001 核实', '电话139-0000-0001请核实', '证件号11010519491231002X已核', '卡号 6222 0212 3456 7890 已冻结', '账户6222021234567890123冻结']) expect(problems('F-F01', { ...note, text }), text).toEqual({ text: ['custom'] });
  expect(problems('F-F01', { ...note, title: '客户13900000001' })).toEqual({ title: ['custom'] });
  for (const text of ['详询 400-888-8888 或 010-88886666', '自 2026-11-24 2026-11-30 期间暂停', '涉及 1200000 元、35 个网点']) expect(problems('F-F01', { ...note, text }), text).toEqual({});
});

test('F-F01 asks for the department only when one is meant, and a withdrawal lies ahead', () => {
  const { receiverDept: _, ...without } = note;
  expect(problems('F-F01', without)).toEqual({ receiverDept: ['required'] });
  expect(problems('F-F01', { ...without, audience: 'all' })).toEqual({});
  expect(problems('F-F01', { ...note, withdrawAt: '2026-11-23T11:00+08:00' })).toEqual({ withdrawAt: ['custom'] });
  expect(problems('F-F01', { ...note, channels: [] })).toEqual({ channels: ['required'] });
});

test('F-F02 wants a reason for sending it back, F-F03 the tick', () => {
  expect(problems('F-F02', { approved: true })).toEqual({});
  expect(problems('F-F02', { approved: false })).toEqual({ edit: ['required'] });
  expect(problems('F-F03', { read: true })).toEqual({});
  expect(problems('F-F03', { read: false })).toEqual({ read: ['required'] });
});
