import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import type { Effect } from '../effect.ts';
import { caseNoOf, numberOf, textOf, textsOf } from '../job-input.ts';
import type { Job, WorkerContext } from '../job-worker.ts';
import { planOf } from '../ledgers/inspection.ts';

interface Candidate {
  item: string;
  ref: string | null;
  /** People who worked on it and so do not inspect it. */
  workers: string[];
}

const channels: readonly (readonly [id: string, name: string])[] = [
  ['phone', '电话'], ['sms', '短信'], ['email', '邮件'], ['app', 'APP'], ['mobile_bank', '手机银行'], ['web', '网站/在线平台'], ['official_account', '公众号'], ['online_chat', '在线客服'], ['branch', '营业网点/柜台'], ['call_center', '客服中心'], ['comment_book', '意见簿/意见箱'], ['social_media', '社交媒体'],
];
const systems: readonly string[] = ['网上银行', '手机银行', '客户关系系统', '核心系统', '客服电话系统', '档案系统', '门户网站', '接口网关'];

/** The procedures whose closed cases an inspection of a type looks at; empty means all. */
const looksAt: Readonly<Record<string, readonly string[]>> = { recording: ['complaint_handling', 'service_appointment', 'service_consultation'], regular: [], random: [], special: [], audit: [] };

/**
 * Draws the items of an inspection (`type`, `scope[]`, `dept`, `periodFrom`, `periodTo`, `sampleSize`) at random: closed cases of the period (for
 * `interview` to ask those concerned), for `channel` the channels, for `security_scan` the systems, for `mystery` the sites. Each gets one of `scope` and one of the `inspectors`
 * in turn, never somebody who worked on the case unless nobody else is there. Where there are fewer cases, the rest is looked at on the spot. Writes the plan and the items into the ledger.
 */
export async function drawSample(trx: Database, context: WorkerContext, job: Job): Promise<Effect> {
  const inspectors = textsOf(job, 'inspectors');
  if (inspectors.length === 0) throw new Error('an inspection needs "inspectors"');
  const scope = textsOf(job, 'scope');
  const size = Math.max(1, Math.floor(numberOf(job, 'sampleSize') ?? 1));
  const drawn = (await candidatesOf(trx, job, size)).slice(0, size);
  for (let number = 1; drawn.length < size; number += 1) drawn.push({ item: `现场检查 ${number}`, ref: null, workers: [] });
  const load = new Map(inspectors.map((id) => [id, 0]));
  const sample = drawn.map((one, index): JsonObject => {
    const free = inspectors.filter((id) => !one.workers.includes(id));
    const inspector = (free.length > 0 ? free : inspectors).reduce((best, id) => (load.get(id)! < load.get(best)! ? id : best));
    load.set(inspector, load.get(inspector)! + 1);
    return { position: index + 1, item: one.item, ref: one.ref, scope: scope[index % Math.max(1, scope.length)] ?? null, inspector };
  });
  const inspectionNo = textOf(job, 'inspectionNo') ?? caseNoOf(job);
  if (inspectionNo === null) throw new Error('a sample belongs to an inspection: map "inspectionNo" in');
  await trx('app.inspection').where({ inspection_no: inspectionNo }).update({ ...planOf(job), planned: size });
  await trx('app.inspection_item').insert(sample.map((one) => ({ inspection_no: inspectionNo, process_instance_key: job.processInstanceKey, position: one['position'], ref: one['ref'], item: one['item'], scope: one['scope'], inspector: one['inspector'] }) as object));
  return { variables: { sample }, audit: { inspectionNo, items: size, at: new Date(context.clock.now()).toISOString() } };
}

async function candidatesOf(trx: Database, job: Job, size: number): Promise<Candidate[]> {
  const type = textOf(job, 'type') ?? 'random';
  if (type === 'channel') return shuffled(channels.map(([ref, name]) => ({ item: `渠道：${name}`, ref, workers: [] })));
  if (type === 'security_scan') return shuffled(systems.map((name) => ({ item: `系统：${name}`, ref: null, workers: [] })));
  if (type === 'mystery') return ((await trx('app.site').select('id', 'name').orderByRaw('random()')) as { id: string; name: string }[]).map((site) => ({ item: `暗访：${site.name}`, ref: site.id, workers: [] }));
  const processes = looksAt[type] ?? [];
  const [from, to, dept] = [instantOf(job, 'periodFrom'), instantOf(job, 'periodTo'), textOf(job, 'dept')];
  const rows: { record_no: string; workers: string[] }[] = await trx({ r: 'app.record' })
    .select('r.record_no', trx.raw('array(select a.user_id from app.task_assignment a where a.process_instance_key = r.process_instance_key) as workers'))
    .whereNotNull('r.closed_at')
    .whereNot({ 'r.process_id': 'supervision_inspection' })
    .modify((query) => {
      if (processes.length > 0) void query.whereIn('r.process_id', [...processes]);
      if (from !== null) void query.where('r.closed_at', '>=', from);
      if (to !== null) void query.where('r.closed_at', '<=', to);
      if (dept !== null) void query.whereRaw('exists (select 1 from app.task_assignment a join app.app_user u on u.id = a.user_id where a.process_instance_key = r.process_instance_key and u.dept = ?)', [dept]);
    })
    .orderByRaw('random()')
    .limit(size);
  return rows.map((row) => ({ item: `${type === 'interview' ? '访谈' : '案卷'}：${row.record_no}`, ref: row.record_no, workers: row.workers }));
}

function instantOf(job: Job, name: string): Date | null {
  const at = Date.parse(textOf(job, name) ?? '');
  return Number.isNaN(at) ? null : new Date(at);
}

function shuffled<Each>(list: Each[]): Each[] {
  return list.map((one) => [Math.random(), one] as const).sort(([a], [b]) => a - b).map(([, one]) => one);
}
