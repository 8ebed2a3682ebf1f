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

test('training forms > a plan names people or departments, hours, an exam and a pass mark', () => {
  const file = 'staff_training/F-M01.form';
  const plan: JsonObject = { topic: 'security', method: 'class', trainees: ['wanglei'], hours: 4, examType: 'theory', passLine: 60, certKind: 'service', teacher: '示例 · 内训师', sessionAt: '2026-12-01T09:00+08:00' };
  expect(problems(file, plan)).toEqual({});
  expect(problems(file, { ...plan, trainees: [] })).toEqual({ trainees: ['custom'] });
  expect(problems(file, { ...plan, trainees: [], trainDepts: ['service'] })).toEqual({});
  expect(problems(file, { ...plan, hours: 0, passLine: 120 })).toMatchObject({ hours: ['min'], passLine: ['max'] });
  expect(problems('staff_training/F-M05.form', { topic: 'law' })).toEqual({ reason: ['required'] });
});

test('training forms > who is present says for how long, who is absent signs nothing', () => {
  const file = 'staff_training/F-M02.form';
  expect(problems(file, { present: 'yes' })).toEqual({ hours: ['required'] });
  expect(problems(file, { present: 'yes', hours: 9 })).toEqual({ hours: ['max'] });
  expect(check(file, { present: 'leave', hours: 4, signed: true }).data).not.toHaveProperty('signed');
  expect(problems('staff_training/F-M04.form', { makeupAt: '2026-12-08T09:00+08:00', trainees: [] })).toEqual({ trainees: ['custom'] });
  expect(problems('staff_training/F-M04.form', { makeupAt: '2026-11-20T09:00+08:00', trainees: [], excused: ['wanglei'] })).toHaveProperty('makeupAt');
});

test('training forms > a score below the pass mark cannot be entered as a pass, and only what was examined is asked for', () => {
  const file = 'staff_training/F-M03.form';
  expect(problems(file, { theoryScore: 59, passed: true }, { passLine: 60, examType: 'theory' })).toEqual({ passed: ['custom'] });
  expect(problems(file, { theoryScore: 60, passed: true }, { passLine: 60, examType: 'theory' })).toEqual({});
  expect(problems(file, { theoryScore: 80, passed: true }, { passLine: 60, examType: 'both' })).toEqual({ practiceScore: ['required'] });
  expect(problems(file, { practiceScore: 101, passed: false }, { passLine: 60, examType: 'practice' })).toEqual({ practiceScore: ['max'] });
});

test('assessment forms > a period is written one of four ways, a dispute says why, an adjustment has a reason and bounds', () => {
  const start = 'quality_assessment/F-L01.form';
  for (const period of ['2026Q3', '2026', '2026-09', '2026-09..2026-12']) expect(problems(start, { type: 'special', period, units: ['service'] }), period).toEqual({});
  for (const period of ['2026Q5', '2026-13', '今年']) expect(problems(start, { type: 'special', period, units: ['service'] }), period).toEqual({ period: ['custom'] });
  expect(problems('quality_assessment/F-L02.form', { agree: 'dispute' })).toEqual({ remark: ['required'] });
  expect(problems('quality_assessment/F-L02.form', { agree: 'agree' })).toEqual({});
  const review = 'quality_assessment/F-L03.form';
  expect(problems(review, { adjust: 11 }, { computedScore: 70 })).toMatchObject({ adjust: ['max'], reason: ['required'] });
  expect(check(review, { adjust: 4, reason: '系统故障属实' }, { computedScore: 86.5 })).toMatchObject({ errors: {}, data: { finalScore: 90.5, grade: 'A' } });
  expect(check(review, { adjust: 0 }, { computedScore: 59.9 }).data).toMatchObject({ finalScore: 59.9, grade: 'D' });
  expect(problems('quality_assessment/F-L04.form', { approved: true })).toEqual({ comment: ['required'] });
});

test('inspection forms > a plan ends after it begins, a failed item says what is wrong, a summary names who answers for it', () => {
  const file = 'supervision_inspection/F-G01.form';
  const plan: JsonObject = { type: 'special', scope: ['process'], periodFrom: '2026-11-24T09:00+08:00', periodTo: '2026-12-04T17:00+08:00', inspectors: ['hefang'], basis: '客户反映', sampleSize: 5 };
  expect(problems(file, plan)).toEqual({});
  expect(problems(file, { ...plan, periodFrom: '2026-12-05T09:00+08:00' })).toEqual({ periodTo: ['custom'] });
  expect(problems(file, { ...plan, scope: [], inspectors: [], sampleSize: 0 })).toMatchObject({ scope: ['required'], inspectors: ['required'], sampleSize: ['min'] });
  expect(problems('supervision_inspection/F-G03.form', { result: 'fail', score: 20 })).toEqual({ problem: ['required'] });
  expect(problems('supervision_inspection/F-G03.form', { result: 'na' })).toEqual({});
  expect(Object.keys(problems('supervision_inspection/F-G04.form', { issues: [{ issue: '登记不及时', kind: 'breach', scope: 'process', due: '2026-12-20' }] })).some((key) => key.includes('owner'))).toBe(true);
  expect(problems('supervision_inspection/F-G05.form', { text: '太短', reviewDate: '2026-12-20' })).toEqual({ text: ['minLength'] });
  expect(problems('supervision_inspection/F-G06.form', { closed: false, note: '未完成' }, { rectOptions: [{ value: 'WT1', label: 'x' }] })).toEqual({ remaining: ['required'] });
  expect(problems('supervision_inspection/F-G06.form', { closed: true, note: '完成' })).toEqual({});
  expect(problems('supervision_inspection/F-G07.form', { type: 'special' })).toEqual({ basis: ['required'] });
});

test('survey forms > a survey on site says so by itself', () => {
  expect(check('satisfaction_survey/F-Y04.form', { trigger: 'consultation', caseNo: 'ZX1', customerNo: 'C100001' })).toMatchObject({ errors: {}, data: { surveyMode: 'onsite' } });
  expect(problems('satisfaction_survey/F-Y04.form', { trigger: 'consultation' })).toMatchObject({ caseNo: ['required'], customerNo: ['required'] });
});
