import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DashboardView, FigureView, LedgerPage } from '../../engine/contract/api.ts';
import { TestStack } from '../support/stack.ts';

const SHIPPED = path.resolve(import.meta.dirname, '../../processes/shared/kpi-targets.dmn');
const AT = new Date('2026-09-10T02:00:00Z');

let stack: TestStack;
beforeAll(async () => {
  stack = await TestStack.start();
  await stack.deploy({ 'processes/shared/kpi-targets.dmn': readFileSync(SHIPPED, 'utf8') });
  const { db } = stack.database;
  const result = (staffNo: string, present: boolean, passed: boolean, caseScore: number | null) => db('app.training_result').insert({ training_no: 'PX1', staff_no: staffNo, process_instance_key: '1', course: 'security', present, hours: present ? 8 : 0, passed, case_score: caseScore, attempts: 0, at: AT });
  await result('wanglei', true, true, 90);
  await result('liqiang', true, false, 70);
  await result('zhouning', false, false, null);
  for (const [staff_no, hours] of [['wanglei', 24], ['liqiang', 8]] as const) await db('app.training_hours').insert({ staff_no, year: 2026, hours, process_instance_key: '1', updated_at: AT });
  await db('app.certificate').insert([{ cert_no: 'ZS1', staff_no: 'wanglei', kind: 'service', process_instance_key: '1', issued_at: AT, valid_until: '2026-10-05' }, { cert_no: 'ZS2', staff_no: 'liqiang', kind: 'service', process_instance_key: '1', issued_at: AT, valid_until: '2027-09-05' }]);
  await db('app.inspection').insert({ inspection_no: 'JC1', process_instance_key: '1', type: 'audit', registered_at: AT, closed_at: AT, checked: 2, failed: 1, score: 70, grade: 'C' });
  await db('app.inspection_item').insert([1, 2].map((position) => ({ inspection_no: 'JC1', process_instance_key: '1', position, item: '案卷', scope: 'process', inspector: 'hefang', result: position === 1 ? 'pass' : 'fail', checked_at: AT })));
  const score = (kind: string, subject: string, value: number, grade: string) => db('app.quality_assessment').insert({ assessment_no: 'KH1', subject_kind: kind, subject, dept: 'service', process_instance_key: '1', period: '2026Q2', period_from: AT, period_to: AT, metrics: '{}', weights: '{}', computed: value, score: value, grade, status: 'approved', scored_at: AT, approved_at: new Date(AT.getTime() + 2 * 86_400_000) });
  await score('unit', 'service', 84, 'B');
  await score('staff', 'wanglei', 95, 'A');
});
afterAll(async () => {
  expect(stack.errors).toEqual([]);
  await stack.stop();
});

async function view(id: string, person: string): Promise<(figure: string) => FigureView> {
  const { status, body } = await (await stack.as(person)).get<DashboardView>(`/dashboards/${id}?from=2026-09&to=2026-09`);
  expect(status).toBe(200);
  return (figure) => body.figures.find((each) => each.id === figure)!;
}

test('the training dashboard measures coverage, pass, hours and awareness against the manual, and sees certificates run out', async () => {
  const figure = await view('training', 'huangli');
  expect(figure('training_coverage')).toMatchObject({ value: 66.67, missed: 1, target: { value: 100, direction: 'min' }, good: false });
  expect(figure('training_pass')).toMatchObject({ value: 50, target: { value: 98 }, good: false });
  expect(figure('training_hours')).toMatchObject({ value: 16, missed: 1, target: { value: 20 }, good: false });
  expect(figure('training_awareness')).toMatchObject({ value: 80, target: { value: 85 }, good: false });
  expect(figure('certificates_expiring')).toMatchObject({ value: 1 });
});

test('the supervision dashboard counts the audit of the quarter, the assessment dashboard scores and grades', async () => {
  const supervision = await view('supervision', 'hefang');
  expect(supervision('audits_done')).toMatchObject({ value: 1, target: { value: 1 }, good: true });
  expect(supervision('inspection_passed')).toMatchObject({ value: 50 });
  const assessment = await view('assessment', 'hefang');
  expect(assessment('assessment_unit_score')).toMatchObject({ value: 84 });
  expect(assessment('assessment_excellent')).toMatchObject({ value: 50 });
  expect(assessment('assessment_days')).toMatchObject({ value: 2 });
});

test('scores of people are for those who decide on them; trainings for those who run them', async () => {
  for (const person of ['zhaoyu', 'wanglei', 'liqiang']) {
    expect((await (await stack.as(person)).get('/ledgers/quality_assessments')).status, person).toBe(403);
    expect((await (await stack.as(person)).get('/dashboards/assessment')).status, person).toBe(403);
  }
  expect((await (await stack.as('huangli')).get<LedgerPage>('/ledgers/quality_assessments')).body.items).toHaveLength(2);
  expect((await (await stack.as('huangli')).get<LedgerPage>('/ledgers/certificates?kind=service')).body.items.map((row) => row.key).sort()).toEqual(['ZS1', 'ZS2']);
});
