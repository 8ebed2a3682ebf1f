import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { addDays, isoWithOffset, localDate } from '../calendar/zone-time.ts';
import { departmentNames } from '../directory/department-names.ts';
import { once, type Effect } from '../effect.ts';
import { caseNoOf, numberIn, requiredHeader, rowsOf, textIn, textOf } from '../job-input.ts';
import type { Job, JobWorker, WorkerContext } from '../job-worker.ts';
import { nextNumber } from '../ledgers/record.ts';

/** What codes are called in letters and tables. */
const scopeNames: Readonly<Record<string, string>> = { attitude: '服务态度与礼仪', process: '业务流程', disclosure: '信息告知', identity: '客户身份识别', complaint: '投诉处理', timeliness: '办理时效', privacy: '客户信息保护', channel: '渠道可用', system: '系统安全' };
const levelNames: Readonly<Record<string, string>> = { serious: '严重', general: '一般', minor: '轻微' };

/** Days a finding has when the summary names none (R). */
const DAYS = 30;
const weightOf: Readonly<Record<string, string>> = { serious: 'heavy', general: 'normal', minor: 'minor' };

/**
 * Keeps the ledger of inspections. Header `step`:
 * `checked`: `checkResults` [{position, result, score, problem, note, staff, customerCase}] of the items. Returns `totals` by scope, `checkedCount`,
 * `failedCount`, `issues` (one for each failed item, with the department of whoever it names).
 * `found`: enters `issues` [{issue, scope, kind breach|suggestion, harm, dept, staffNo, owner, due}] as findings. Returns `findings` with `findingNo` and
 * `repeat`, the findings of that department and scope in the year before; `foundAt`.
 * `rated`: `levels`, one for each of `findings`, and what the summary calls `serious`. Returns `rectItems`, `rectOptions`, `seriousFindings`, `foundSerious`.
 */
export const inspectionLog: JobWorker = {
  type: 'inspection.log',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const inspectionNo = textOf(job, 'inspectionNo') ?? caseNoOf(job);
      const row = inspectionNo === null ? undefined : await trx('app.inspection').where({ inspection_no: inspectionNo }).first();
      if (inspectionNo === null || row === undefined) throw new Error(`there is no inspection ${inspectionNo ?? ''} in the ledger: place record.register with the series JC first`);
      const step = requiredHeader(job, 'step');
      if (step === 'checked') return checked(trx, context, job, inspectionNo, row.dept);
      if (step === 'found') return found(trx, context, job, inspectionNo);
      if (step === 'rated') return rated(trx, context, job, inspectionNo);
      throw new Error(`the header "step" must be checked, found or rated, not "${step}"`);
    }),
};

async function checked(trx: Database, context: WorkerContext, job: Job, inspectionNo: string, dept: string | null): Promise<Effect> {
  const at = new Date(context.clock.now());
  for (const one of rowsOf(job, 'checkResults')) {
    await trx('app.inspection_item').where({ inspection_no: inspectionNo, position: numberIn(one['position']) ?? 0 }).update({
      result: textIn(one['result']), score: one['result'] === 'na' ? null : numberIn(one['score']), problem: textIn(one['problem']), note: textIn(one['note']), staff_no: textIn(one['staff']), customer_case: textIn(one['customerCase']), checked_at: at,
    });
  }
  const items: { item: string; scope: string | null; result: string; score: string | null; problem: string | null; staff_no: string | null; dept: string | null }[] = await trx({ i: 'app.inspection_item' })
    .leftJoin({ u: 'app.app_user' }, 'u.id', 'i.staff_no')
    .select('i.item', 'i.scope', 'i.result', 'i.score', 'i.problem', 'i.staff_no', 'u.dept')
    .where({ inspection_no: inspectionNo })
    .whereNotNull('i.result')
    .orderBy('i.position');
  const failed = items.filter((one) => one.result === 'fail');
  const totals = [...new Set(items.map((one) => one.scope))].map((scope): JsonObject => {
    const of = items.filter((one) => one.scope === scope && one.result !== 'na');
    const marks = of.flatMap((one) => (one.score === null ? [] : [Number(one.score)]));
    return { scope, scopeName: scope === null ? '现场' : (scopeNames[scope] ?? scope), checked: of.length, failed: of.filter((one) => one.result === 'fail').length, mean: marks.length === 0 ? null : Math.round((marks.reduce((sum, mark) => sum + mark, 0) / marks.length) * 10) / 10 };
  });
  await trx('app.inspection').where({ inspection_no: inspectionNo }).update({ checked: items.length, failed: failed.length });
  const issues = failed.map((one): JsonObject => ({ issue: one.problem ?? one.item, scope: one.scope, kind: 'breach', harm: false, dept: one.dept ?? dept, staffNo: one.staff_no, owner: null, due: addDays(localDate(at.getTime(), context.zone), DAYS) }));
  return { variables: { totals, checkedCount: items.length, failedCount: failed.length, issues }, audit: { inspectionNo, checked: items.length, failed: failed.length } };
}

async function found(trx: Database, context: WorkerContext, job: Job, inspectionNo: string): Promise<Effect> {
  const at = new Date(context.clock.now());
  const findings: JsonObject[] = [];
  for (const one of rowsOf(job, 'issues')) {
    const issue = textIn(one['issue']);
    if (issue === null) throw new Error('a row of "issues" needs the issue');
    const [dept, scope] = [textIn(one['dept']), textIn(one['scope'])];
    const findingNo = await nextNumber(trx, context, 'WT');
    const earlier = await trx('app.finding').where({ dept, scope }).whereNot({ inspection_no: inspectionNo }).whereRaw(`found_at > ?::timestamptz - interval '1 year'`, [at]).count({ count: '*' }).first<{ count: string }>();
    const repeat = Number(earlier.count);
    const due = textIn(one['due']);
    await trx('app.finding').insert({ finding_no: findingNo, inspection_no: inspectionNo, process_instance_key: job.processInstanceKey, issue, scope, kind: textIn(one['kind']), dept, owner: textIn(one['owner']), staff_no: textIn(one['staffNo']), harm: one['harm'] === true, repeat_count: repeat, due: due === null ? null : due.slice(0, 10), found_at: at });
    findings.push({ ...one, findingNo, harm: one['harm'] === true, repeat });
  }
  await trx('app.inspection').where({ inspection_no: inspectionNo }).update({ praise: JSON.stringify(rowsOf(job, 'praise')) });
  return { variables: { findings, foundAt: isoWithOffset(at.getTime(), context.zone) }, audit: { inspectionNo, findings: findings.map((one) => one['findingNo'] ?? null) } };
}

async function rated(trx: Database, context: WorkerContext, job: Job, inspectionNo: string): Promise<Effect> {
  const at = new Date(context.clock.now());
  const levels = job.variables['levels'];
  const names = await departmentNames(trx);
  const findings = rowsOf(job, 'findings').map((one, index): JsonObject => {
    const level = Array.isArray(levels) ? (textIn(levels[index]) ?? 'general') : 'general';
    return { ...one, level, levelName: levelNames[level] ?? level, deptName: names.get(textIn(one['dept']) ?? '') ?? one['dept'] ?? null };
  });
  // Who only suggests something has nobody to call to account.
  const serious = findings.filter((one) => one['level'] === 'serious' && textIn(one['staffNo']) !== null);
  const foundSerious = job.variables['serious'] === true || findings.some((one) => one['level'] === 'serious');
  for (const one of findings) await trx('app.finding').where({ finding_no: one['findingNo'] as string }).update({ level: one['level'] as string, ...(serious.includes(one) ? { referred_at: at } : {}) });
  await trx('app.inspection').where({ inspection_no: inspectionNo }).update({ serious: foundSerious });
  const rectItems = findings.map((one): JsonObject => ({ findingNo: one['findingNo'] ?? null, item: one['issue'] ?? null, owner: one['owner'] ?? null, due: one['due'] ?? null, requirement: '按检查反馈落实整改，复查合格后关闭', weight: weightOf[String(one['level'])] ?? 'normal' }));
  return {
    variables: { rectItems, rectOptions: findings.map((one) => ({ value: one['findingNo'] ?? null, label: one['issue'] ?? null })), seriousFindings: serious, foundSerious, findings },
    audit: { inspectionNo, levels: findings.map((one) => one['level'] ?? null), referred: serious.length },
  };
}
