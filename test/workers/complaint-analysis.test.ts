import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../engine/contract/json.ts';
import { recordRegister } from '../../engine/workers/record/register.ts';
import { reportGenerate } from '../../engine/workers/report/generate.ts';
import { reportPage } from '../../engine/workers/report/report-page.ts';
import { metricPublish } from '../../engine/workers/metric/publish.ts';
import { deliverTwice, openBench, type WorkerBench } from './worker-bench.ts';

let bench: WorkerBench;
beforeAll(async () => {
  bench = await openBench('2027-01-01T09:00:00+08:00');
});
afterAll(() => bench.stop());

const generate = (variables: JsonObject = {}) => bench.job('report.generate', variables, { bpmnProcessId: 'service_improvement', processInstanceKey: '4001', customHeaders: { template: 'complaint_analysis' } });

test('complaint_analysis > over the turn of the year, without a complaint, there is a report and no top category', async () => {
  const done = await reportGenerate.handle(generate(), bench.context);
  expect(done).toMatchObject({ period: '2026-12', topCategory: null, topCategoryCount: 0, reportVersion: 1, analysis: { total: 0, previousTotal: 0, byCategory: [], registeredIn24h: null } });
  expect(done['analysisText']).toContain('本月受理投诉 0 件（上月 0 件）。');
});

test('complaint_analysis > delivered twice at once it is one report, about the month it is asked for', async () => {
  // given: two categories are even, the one that was more frequent before comes first
  const complaint = (no: string, category: string | null, at: string): object => ({ complaint_no: no, process_instance_key: 1, category, causes: ['staff'], received_at: new Date(at), registered_at: new Date(at) });
  await bench.context.db('app.complaint').insert([complaint('A', 'quality', '2026-10-02T09:00:00+08:00'), complaint('B', 'attitude', '2026-10-03T09:00:00+08:00'), complaint('C', 'quality', '2026-09-03T09:00:00+08:00'), complaint('D', null, '2026-09-04T09:00:00+08:00')]);

  // when
  const before = await bench.context.db('app.report').count({ count: '*' });
  const [one, two] = await deliverTwice(reportGenerate, generate({ month: '2026-10' }), bench.context);

  // then
  expect(two).toEqual(one);
  expect(one).toMatchObject({ period: '2026-10', topCategory: 'quality', topCategoryName: '服务质量', topCategoryCount: 1, analysis: { total: 2, previousTotal: 2, byCategory: [{ value: 'quality', count: 1, previous: 1, share: 50 }, { value: 'attitude', count: 1, previous: 0 }, { value: 'other', count: 0, previous: 1 }] } });
  expect(Number((await bench.context.db('app.report').count({ count: '*' }))[0]!['count'])).toBe(Number(before[0]!['count']) + 1);
  expect((await bench.context.db('app.report').where({ report_no: one['reportNo'] }).first()).sha256).toMatch(/^[0-9a-f]{64}$/);
});

test('report page > values cannot bring markup, and an empty table says so', () => {
  const page = reportPage('<报告>', [{ heading: '一', columns: ['甲'], rows: [['<b>"x"</b>']] }, { heading: '二', columns: ['乙'], rows: [], empty: '没有' }], '2026-12-01');
  expect(page).toContain('<h1>&lt;报告&gt;</h1>');
  expect(page).toContain('<td>&lt;b&gt;&quot;x&quot;&lt;/b&gt;</td>');
  expect(page).toContain('<p>没有</p>');
});

test('record.register > an improvement gets its ledger row once, and the report it comes from joins its case', async () => {
  // given
  const { reportNo } = await reportGenerate.handle(bench.job('report.generate', {}, { bpmnProcessId: 'service_improvement', processInstanceKey: '4002', customHeaders: { template: 'complaint_analysis' } }), bench.context);
  const opening = bench.job('record.register', { source: 'complaint', sourceNo: reportNo!, title: '投诉分析', metricName: 'complaints_process', metricNow: 3 }, { bpmnProcessId: 'service_improvement', processInstanceKey: '4002', customHeaders: { series: 'GJ' } });

  // when
  const [one, two] = await deliverTwice(recordRegister, opening, bench.context);

  // then
  expect(two).toEqual(one);
  expect(await bench.context.db('app.improvement')).toMatchObject([{ improvement_no: one['improvementNo'], source: 'complaint', source_no: reportNo, metric_now: '3' }]);
  expect(await bench.context.db('app.report').where({ report_no: reportNo! }).first()).toMatchObject({ case_no: one['improvementNo'] });

  // when: its figures
  await deliverTwice(metricPublish, bench.job('metric.publish', { caseNo: one['improvementNo']! }, { bpmnProcessId: 'service_improvement', processInstanceKey: '4002' }), bench.context);

  // then
  expect((await bench.context.db('app.kpi_fact').where({ process_instance_key: '4002' }).orderBy('metric')).map((fact: { metric: string; unit: string | null }) => `${fact.metric} ${fact.unit}`)).toEqual(['improvement_effective complaint', 'improvement_from_idea complaint', 'improvement_in_time complaint', 'improvement_lead_days complaint', 'service_improvement_closed null']);
});
