import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dashboards } from '../../engine/api/ledgers/dashboard-catalogue.ts';
import { figures } from '../../engine/api/ledgers/figures.ts';
import { targetMetrics } from '../../engine/api/ledgers/targets-dmn.ts';
import type { DashboardInfo, DashboardView, FigureView, KpiTargets, LedgerPage } from '../../engine/contract/api.ts';
import { TestStack } from '../support/stack.ts';

const SHIPPED = path.resolve(import.meta.dirname, '../../processes/shared/kpi-targets.dmn');

let stack: TestStack;
beforeAll(async () => {
  stack = await TestStack.start();
  await stack.deploy({ 'processes/shared/kpi-targets.dmn': readFileSync(SHIPPED, 'utf8') });
  const row = (no: string, receivedAt: string, values: object) => stack.database.db('app.complaint').insert({ complaint_no: no, process_instance_key: '1', received_at: new Date(receivedAt), registered_at: new Date(receivedAt), ...values });
  const hours = (at: string, count: number) => new Date(Date.parse(at) + count * 3_600_000);
  await row('TS1', '2026-09-01T02:00:00Z', { responded_at: hours('2026-09-01T02:00:00Z', 10), closed_at: new Date('2026-09-08T02:00:00Z'), satisfaction: 5, site: 'branch_east', category: 'attitude', outcome: 'closed' });
  await row('TS2', '2026-09-02T02:00:00Z', { responded_at: hours('2026-09-02T02:00:00Z', 100), closed_at: new Date('2026-09-10T02:00:00Z'), satisfaction: 2, site: 'branch_west', category: 'attitude', outcome: 'closed' });
  await row('TS3', '2026-08-31T17:00:00Z', { site: 'branch_west', category: 'process' });
  await row('TS4', '2026-06-15T02:00:00Z', { responded_at: hours('2026-06-15T02:00:00Z', 20), closed_at: new Date('2026-06-20T02:00:00Z'), satisfaction: 4, site: 'branch_east', category: 'process' });
  const fact = (caseNo: string, value: number) => stack.database.db('app.kpi_fact').insert({ metric: 'complaint_closed_in_20wd', period: '2026-09', value, case_no: caseNo, process_instance_key: '1', at: new Date(0) });
  await fact('TS1', 1);
  await fact('TS2', 0);
});
afterAll(async () => {
  expect(stack.errors).toEqual([]);
  await stack.stop();
});

async function view(query: string, person = 'chenjing', id = 'complaints'): Promise<DashboardView> {
  const { status, body } = await (await stack.as(person)).get<DashboardView>(`/dashboards/${id}?${query}`);
  expect(status).toBe(200);
  return body;
}
const figure = (found: DashboardView, id: string): FigureView => found.figures.find((each) => each.id === id)!;

describe('a dashboard', () => {
  test('measures figures against their targets, with trend and the period before', async () => {
    const found = await view('from=2026-09&to=2026-09');
    expect(figure(found, 'complaint_first_response')).toMatchObject({ value: 55, cases: 2, missed: 1, target: { value: 48, direction: 'max' }, good: false });
    expect(figure(found, 'complaint_response_in_24h')).toMatchObject({ value: 50, missed: 1, good: false });
    expect(figure(found, 'complaint_satisfied')).toMatchObject({ value: 50, target: { value: 95 }, good: false });
    expect(figure(found, 'complaint_closed_in_20wd')).toMatchObject({ value: 50, cases: 2, missed: 1 });
    const { trend } = figure(found, 'complaint_satisfied');
    expect(trend.map((point) => point.month)).toHaveLength(12);
    expect(trend.find((point) => point.month === '2026-06')).toEqual({ month: '2026-06', value: 100 });
    expect(figure(await view('from=2026-07&to=2026-09'), 'complaint_satisfied')).toMatchObject({ value: 50, previous: 100 });
    expect(figure(await view('from=2026-06&to=2026-06'), 'complaint_first_response').good).toBe(true);
    expect(figure(await view('from=2026-05&to=2026-05'), 'complaint_satisfied')).toMatchObject({ value: null, cases: 0, good: null });
  });

  test('is narrowed to one site', async () => {
    const found = await view('from=2026-09&to=2026-09&unit=branch_east');
    expect(figure(found, 'complaint_first_response')).toMatchObject({ value: 10, cases: 1, good: true });
    expect(found.units).toMatchObject({ column: 'site' });
    expect(found.units.options.map((option) => option.value)).toContain('branch_east');
  });

  test('counts by category, age and month; months are those of the institution', async () => {
    const found = await view('from=2026-09&to=2026-09');
    expect(found.breakdowns.find((each) => each.column === 'category')?.rows).toEqual([{ value: 'attitude', count: 2 }, { value: 'process', count: 1 }]);
    // 2026-09-01 to 2026-09-17: 12 working days
    expect(found.breakdowns.find((each) => each.column === 'age')?.rows).toEqual([{ value: '0', count: 0 }, { value: '4', count: 0 }, { value: '8', count: 1, from: '2026-09-01', to: '2026-09-01' }, { value: '16', count: 0 }, { value: '21', count: 0 }]);
    expect(found.flow?.months.at(-1)).toEqual({ month: '2026-09', opened: 3, closed: 2 });
  });

  test('leads to exactly the cases behind a figure', async () => {
    const browser = await stack.as('chenjing');
    const behind = async (id: string, met: string) => (await browser.get<LedgerPage>(`/ledgers/complaints?figure=${id}&period=2026-09..2026-09&met=${met}`)).body.items.map((row) => row.key);
    expect(await behind('complaint_first_response', 'no')).toEqual(['TS2']);
    expect(await behind('complaint_first_response', 'yes')).toEqual(['TS1']);
    expect(await behind('complaint_closed_in_20wd', 'no')).toEqual(['TS2']);
    expect(await behind('complaint_satisfied', 'yes')).toEqual(['TS1']);
  });

  test.each(figures.map((each) => [each.id, each] as const))('%s counts as many cases as its drill-down lists', async (id, measured) => {
    const person = measured.ledger === 'violations' ? 'wutao' : 'hefang';
    const home = dashboards.find((each) => each.figures.includes(id))!;
    const found = figure(await view('from=2026-06&to=2026-09', person, home.id), id);
    const listed = async (met: string) => (await (await stack.as(person)).get<LedgerPage>(`/ledgers/${measured.ledger}?figure=${id}&period=2026-06..2026-09${met}`)).body.total;
    expect(await listed('')).toBe(found.cases);
    if (found.missed !== null) expect(await listed('&met=no')).toBe(found.missed);
  });

  test('is for those who oversee its area', async () => {
    const listed = async (person: string) => (await (await stack.as(person)).get<DashboardInfo[]>('/dashboards')).body.map((each) => each.id);
    expect(await listed('wutao')).toEqual(dashboards.map((each) => each.id));
    expect(await listed('zhaoyu')).toEqual(dashboards.map((each) => each.id).filter((id) => id !== 'accountability' && id !== 'assessment'));
    expect(await listed('wanglei')).toEqual([]);
    expect((await (await stack.as('zhaoyu')).get('/dashboards/accountability')).status).toBe(403);
    expect((await (await stack.as('wanglei')).get('/dashboards/complaints')).status).toBe(403);
  });

  test('refuses periods that end before they begin or are too long', async () => {
    const browser = await stack.as('chenjing');
    expect((await browser.get('/dashboards/complaints?from=2026-09&to=2026-08')).status).toBe(400);
    expect((await browser.get('/dashboards/complaints?from=2016-09&to=2026-08')).status).toBe(400);
  });
});

describe('targets', () => {
  test('are those of the shipped decision, every metric of it', async () => {
    const { body } = await (await stack.as('lintao')).get<KpiTargets>('/dashboards/targets');
    expect(body.targets.map((target) => target.metric)).toEqual(targetMetrics);
    expect(body.targets.find((target) => target.metric === 'satisfaction')).toMatchObject({ target: 90, direction: 'min', unit: '%' });
    expect(body.targets.find((target) => target.metric === 'complaint_satisfaction')).toMatchObject({ target: 95, direction: 'min', unit: '%', source: 'S3 三.5' });
    expect(figures.flatMap((each) => each.target ?? []).filter((metric) => !targetMetrics.includes(metric))).toEqual([]);
  });

  test('are changed by owners: a new version of the decision, audited, at once on the dashboards', async () => {
    // given
    const owner = await stack.as('lintao');
    const { body: before } = await owner.get<KpiTargets>('/dashboards/targets');
    // when
    const changed = await owner.put<KpiTargets>('/dashboards/targets', { revision: before.revision, reason: '年度调整', targets: [{ metric: 'complaint_average_response', target: 60 }, { metric: 'satisfaction', target: 90 }] });
    // then
    expect(changed.status).toBe(200);
    expect(changed.body.revision).not.toBe(before.revision);
    expect(figure(await view('from=2026-09&to=2026-09'), 'complaint_first_response')).toMatchObject({ target: { value: 60 }, good: true });
    expect(await stack.database.db('app.audit_log').where({ action: 'kpi_targets.change' }).first()).toMatchObject({ actor: 'lintao', reason: '年度调整', before: { complaint_average_response: 48 }, after: { complaint_average_response: 60 } });
    expect(await stack.engine.evaluateDecision('kpi_targets', { metric: 'complaint_average_response' })).toMatchObject({ target: 60 });
    // a second person who still sees the old ones
    expect(await owner.put('/dashboards/targets', { revision: before.revision, reason: 'x', targets: [{ metric: 'satisfaction', target: 80 }] })).toMatchObject({ status: 409, body: { code: 'targets_changed' } });
  });

  test('are not changed by staff, nor for metrics nobody knows', async () => {
    const { body } = await (await stack.as('lintao')).get<KpiTargets>('/dashboards/targets');
    const change = (metric: string) => ({ revision: body.revision, reason: 'x', targets: [{ metric, target: 1 }] });
    expect((await (await stack.as('chenjing')).put('/dashboards/targets', change('satisfaction'))).status).toBe(403);
    expect((await (await stack.as('lintao')).put('/dashboards/targets', change('nothing'))).status).toBe(400);
  });
});
