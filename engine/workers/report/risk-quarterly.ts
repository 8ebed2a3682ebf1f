import type { Database } from '../../database/connect.ts';
import { localDate } from '../calendar/zone-time.ts';
import { departmentNames } from '../directory/department-names.ts';
import { rowsOf, textOf, textsOf } from '../job-input.ts';
import type { Job, WorkerContext } from '../job-worker.ts';
import { countByReportedLevel } from '../ledgers/assessment.ts';
import { currentThresholds, thresholdMetrics, thresholdWords, type ThresholdMetric } from '../risk/thresholds.ts';
import type { BuiltReport } from './analyses.ts';
import { reportPage } from './report-page.ts';

const levels: Readonly<Record<string, string>> = { major: '重大', significant: '较大', general: '一般', minor: '轻微' };
const types: Readonly<Record<string, string>> = { operational: '操作风险', market: '市场风险', compliance: '合规风险', credit: '信用风险' };
const states: Readonly<Record<string, string>> = { in_time: '按期', late: '迟报', missing: '缺报' };
const trends: Readonly<Record<string, string>> = { up: '上升', flat: '持平', down: '下降' };

/** The quarterly risk report (S4 6.4): what the quarter has shown, self-assessments with who is missing, rated risks, thresholds old and new, trend and conclusion. */
export async function riskQuarterly(trx: Database, job: Job, context: WorkerContext): Promise<BuiltReport> {
  const rated = rowsOf(job, 'rated').sort((a, b) => Number(b['score']) - Number(a['score']));
  const counts = countByReportedLevel(rated);
  const names = await departmentNames(trx);
  const dept = (value: unknown): string => names.get(String(value)) ?? String(value ?? '');
  const before = new Map((await currentThresholds(trx)).map((one) => [one.metric, one.value]));
  const missing = textsOf(job, 'missingDepts');
  const period = textOf(job, 'period') ?? '';
  const thresholds = rowsOf(job, 'thresholds').filter((one) => thresholdMetrics.some((metric) => metric === one['metric']));
  const content = reportPage(`风险评估报告 ${period}`, [
    { heading: '一、本期数据', paragraphs: [textOf(job, 'collectedText') ?? '无'] },
    { heading: '二、部门自评', paragraphs: missing.length === 0 ? [] : [`缺报部门：${missing.map(dept).join('、')}。`], columns: ['部门', '状态', '自评分', '风险项'], rows: rowsOf(job, 'selfAssessments').map((one) => [dept(one['dept']), states[String(one['state'])] ?? '', one['selfScore'] === null ? '—' : Number(one['selfScore']), Number(one['items'])]) },
    { heading: '三、风险评级', paragraphs: [`共评定 ${counts.items} 项：高 ${counts.high} 项（重大、较大），中 ${counts.medium} 项（一般），低 ${counts.low} 项（轻微）。`], columns: ['部门', '风险', '类型', '可能性', '影响', '评分', '等级', '控制措施'], rows: rated.map((one) => [dept(one['dept']), String(one['item'] ?? ''), types[String(one['riskType'])] ?? '', Number(one['likelihood']), Number(one['impact']), Number(one['score']), levels[String(one['riskLevel'])] ?? '', String(one['control'] ?? '')]) },
    { heading: '四、预警阈值', paragraphs: [textOf(job, 'reason') ?? ''], columns: ['指标', '现行', '调整为', '等级'], rows: thresholds.map((one) => [thresholdWords[one['metric'] as ThresholdMetric].name, before.get(one['metric'] as ThresholdMetric) ?? '—', Number(one['value']), levels[String(one['level'])] ?? '']) },
    { heading: '五、趋势与结论', paragraphs: [`总体趋势：${trends[textOf(job, 'trend') ?? ''] ?? '—'}。`, textOf(job, 'conclusion') ?? ''] },
  ], localDate(context.clock.now(), context.zone));
  return { content, variables: { riskCounts: { ...counts } } };
}
