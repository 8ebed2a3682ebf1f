import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { monthLater, startOfMonth } from '../calendar/period.ts';
import { localDate } from '../calendar/zone-time.ts';
import { textOf } from '../job-input.ts';
import type { Job, WorkerContext } from '../job-worker.ts';
import type { BuiltReport } from './analyses.ts';
import { reportPage } from './report-page.ts';

/** How many complaints of a month are of a kind, and how many of the month before were. */
interface Count {
  value: string;
  name: string;
  nameEn: string;
  count: number;
  previous: number;
}

type Words = Readonly<Record<string, readonly [zh: string, en: string]>>;

const categories: Words = { process: ['服务流程', 'Service process'], attitude: ['服务态度', 'Attitude'], quality: ['服务质量', 'Service quality'], product: ['产品使用', 'Product'], transparency: ['信息不透明', 'Lack of transparency'], info_error: ['信息错误', 'Wrong information'], claim_dispute: ['理赔与纠纷处理', 'Claims and disputes'], other: ['其他', 'Other'] };
const causes: Words = { staff: ['人员', 'Staff'], process: ['流程', 'Process'], system: ['系统', 'System'], product: ['产品', 'Product'], disclosure: ['信息披露', 'Disclosure'], partner: ['第三方', 'Third party'], customer: ['客户自身', 'Customer'] };
const stages: Words = { register: ['登记', 'registration'], investigate: ['调查', 'investigation'], plan: ['处理方案', 'plan'], review: ['方案复核', 'review'], substantive: ['实质答复', 'substantive reply'], confirm: ['客户答复', 'customer answer'], overall: ['整体办结', 'whole case'], close: ['结案', 'closing'] };

/**
 * The monthly complaint analysis (S0 6.3, 6.4) from the complaint ledger: what came in during a month (`month`, `2026-11`; default the one
 * before), by category and cause beside the month before, how timely it was handled, and how satisfied customers were. Its variables
 * carry the figures (`analysis`), `topCategory` (null when nothing came in), `period`, and the figures in words in both languages.
 */
export async function complaintAnalysis(trx: Database, job: Job, context: WorkerContext): Promise<BuiltReport> {
  const period = textOf(job, 'month') ?? monthLater(localDate(context.clock.now(), context.zone).slice(0, 7), -1);
  const [from, to] = [startOfMonth(period, context.zone), startOfMonth(period, context.zone, 1)];
  const before = startOfMonth(period, context.zone, -1);
  const received = (start: Date, end: Date) => trx('app.complaint').where('received_at', '>=', start).where('received_at', '<', end);
  const total = await countOf(received(from, to));
  const previousTotal = await countOf(received(before, from));
  const byCategory = await counts(trx, `coalesce(category, 'other')`, 'app.complaint', [before, from, to], categories);
  const byCause = await counts(trx, 'cause', 'app.complaint, unnest(causes) as cause', [before, from, to], causes);
  const timeliness = await timelinessOf(trx, from, to);
  const late = await counts(trx, 'b.stage', 'app.complaint join app.sla_breach b on b.case_no = complaint_no', [before, from, to], stages);
  const top = byCategory.find((one) => one.count > 0);
  const topCauses = top === undefined ? [] : await counts(trx, 'cause', 'app.complaint, unnest(causes) as cause', [before, from, to], causes, top.value);
  const analysis: JsonObject = {
    period, total, previousTotal, ...timeliness,
    byCategory: byCategory.map((one) => ({ ...one, share: share(one.count, total) })),
    byCause: byCause.map((one) => ({ ...one })),
    late: late.map((one) => ({ ...one })),
  };
  const line = (one: Count, lang: 'zh' | 'en'): string => (lang === 'zh' ? `${one.name} ${one.count} 件（${share(one.count, total)}%，上月 ${one.previous} 件）` : `${one.nameEn} ${one.count} (${share(one.count, total)}%, month before ${one.previous})`);
  const inMonth = (list: readonly Count[]): Count[] => list.filter((one) => one.count > 0);
  const analysisText = [
    `本月受理投诉 ${total} 件（上月 ${previousTotal} 件）。`,
    ...(total === 0 ? [] : [`类别：${inMonth(byCategory).map((one) => line(one, 'zh')).join('；')}。`]),
    ...(inMonth(byCause).length === 0 ? [] : [`原因：${inMonth(byCause).map((one) => `${one.name} ${one.count} 件`).join('；')}。`]),
    `时效：24 小时内登记 ${show(timeliness['registeredIn24h'])}，24 小时内首次答复 ${show(timeliness['answeredIn24h'])}，20 个工作日内办结 ${show(timeliness['closedIn20wd'])}；超时 ${inMonth(late).reduce((sum, one) => sum + one.count, 0)} 次。`,
    ...(top === undefined ? [] : [`最突出的类别：${top.name}${topCauses.length === 0 ? '' : `，主要原因：${inMonth(topCauses).map((one) => one.name).join('、')}`}。`]),
  ].join('\n');
  const analysisTextEn = [
    `${total} complaints came in (month before: ${previousTotal}).`,
    ...(total === 0 ? [] : [`By category: ${inMonth(byCategory).map((one) => line(one, 'en')).join('; ')}.`]),
    ...(inMonth(byCause).length === 0 ? [] : [`By cause: ${inMonth(byCause).map((one) => `${one.nameEn} ${one.count}`).join('; ')}.`]),
    `Registered within 24 h: ${show(timeliness['registeredIn24h'])}; first response within 24 h: ${show(timeliness['answeredIn24h'])}; closed within 20 working days: ${show(timeliness['closedIn20wd'])}; late stages: ${inMonth(late).reduce((sum, one) => sum + one.count, 0)}.`,
    ...(top === undefined ? [] : [`Most frequent: ${top.nameEn}.`]),
  ].join('\n');
  const table = (list: readonly Count[]): (string | number)[][] => list.map((one) => [one.name, one.count, `${share(one.count, total)}%`, one.previous]);
  const content = reportPage(`投诉分析报告 ${period}`, [
    { heading: '一、总体情况', paragraphs: [`本月受理投诉 ${total} 件，上月 ${previousTotal} 件；已办结 ${String(timeliness['closed'])} 件，重新处理 ${String(timeliness['reopened'])} 件，延期 ${String(timeliness['extended'])} 件。`] },
    { heading: '二、按类别', columns: ['类别', '本月', '占比', '上月'], rows: table(byCategory) },
    { heading: '三、按原因（调查结论）', columns: ['原因', '本月', '占比', '上月'], rows: table(byCause), empty: '尚无调查结论' },
    { heading: '四、处理时效', columns: ['指标', '本月'], rows: [['24 小时内登记', show(timeliness['registeredIn24h'])], ['24 小时内首次答复', show(timeliness['answeredIn24h'])], ['平均首次答复', timeliness['firstResponseHours'] === null ? '—' : `${String(timeliness['firstResponseHours'])} 小时`], ['20 个工作日内办结', show(timeliness['closedIn20wd'])], ['客户满意', show(timeliness['satisfied'])]] },
    { heading: '五、超时环节', columns: ['环节', '本月', '占比', '上月'], rows: table(late), empty: '没有超时' },
    { heading: '六、分析与改进', paragraphs: [top === undefined ? '本月没有投诉。' : `最突出的类别为“${top.name}”，共 ${top.count} 件，占 ${share(top.count, total)}%${topCauses.length === 0 ? '' : `，主要原因：${inMonth(topCauses).map((one) => `${one.name}（${one.count}）`).join('、')}`}。已据此立项改进。`] },
  ], localDate(context.clock.now(), context.zone));
  return { content, variables: { period, analysis, analysisText, analysisTextEn, topCategory: top?.value ?? null, topCategoryName: top?.name ?? null, topCategoryCount: top?.count ?? 0 } };
}

/** Rows of the two months (of a category) by a value, most of this month first. */
async function counts(trx: Database, value: string, source: string, [before, from, to]: readonly [Date, Date, Date], names: Words, category: string | null = null): Promise<Count[]> {
  const { rows } = await trx.raw<{ rows: { value: string; count: string; previous: string }[] }>(
    `select ${value} as value, count(*) filter (where received_at >= ?) as count, count(*) filter (where received_at < ?) as previous
     from ${source} where received_at >= ? and received_at < ? and (?::text is null or coalesce(category, 'other') = ?) group by 1 order by 2 desc, 3 desc, 1`,
    [from, from, before, to, category, category],
  );
  return rows.map((row) => ({ value: row.value, name: names[row.value]?.[0] ?? row.value, nameEn: names[row.value]?.[1] ?? row.value, count: Number(row.count), previous: Number(row.previous) }));
}

async function timelinessOf(trx: Database, from: Date, to: Date): Promise<JsonObject> {
  const { rows } = await trx.raw<{ rows: Record<string, string | null>[] }>(
    `select count(*) filter (where closed_at is not null) as closed, count(*) filter (where reopen_count > 0) as reopened, count(*) filter (where extended) as extended,
       avg(case when accepted_at - received_at <= interval '24 hours' then 100 else 0 end) filter (where accepted_at is not null) as registered,
       avg(case when responded_at - received_at <= interval '24 hours' then 100 else 0 end) filter (where responded_at is not null) as answered,
       avg(extract(epoch from (responded_at - received_at)) / 3600) filter (where responded_at is not null) as hours,
       avg(case when satisfaction >= 4 then 100 else 0 end) filter (where satisfaction is not null) as satisfied,
       (select avg(f.value) * 100 from app.kpi_fact f join app.complaint c on c.complaint_no = f.case_no where f.metric = 'complaint_closed_in_20wd' and c.received_at >= ? and c.received_at < ?) as in_20wd
     from app.complaint where received_at >= ? and received_at < ?`,
    [from, to, from, to],
  );
  const row = rows[0]!;
  const number = (value: string | null | undefined): number | null => (value === null || value === undefined ? null : Math.round(Number(value) * 10) / 10);
  return { closed: Number(row['closed']), reopened: Number(row['reopened']), extended: Number(row['extended']), registeredIn24h: number(row['registered']), answeredIn24h: number(row['answered']), firstResponseHours: number(row['hours']), closedIn20wd: number(row['in_20wd']), satisfied: number(row['satisfied']) };
}

async function countOf(rows: { count(columns: { count: string }): PromiseLike<unknown> }): Promise<number> {
  const [found] = (await rows.count({ count: '*' })) as { count: string }[];
  return Number(found!.count);
}

const share = (count: number, total: number): number => (total === 0 ? 0 : Math.round((count / total) * 1000) / 10);
const show = (percent: unknown): string => (typeof percent === 'number' ? `${percent}%` : '—');
