import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { periodOf } from '../calendar/period.ts';
import { isoWithOffset } from '../calendar/zone-time.ts';
import { departmentNames } from '../directory/department-names.ts';
import { once, type Effect } from '../effect.ts';
import { requiredHeader, textOf, textsOf } from '../job-input.ts';
import type { Job, JobWorker, WorkerContext } from '../job-worker.ts';
import { readSources, staffMetrics, unitMetrics } from './measures.ts';
import { collectRisks } from '../risk/collect-risks.ts';
import { drawSample } from './sample.ts';

/**
 * Collects what is judged, from the ledgers, the facts and the read model. Header `of`:
 * `assessment`: figures of `units` (departments; all that have staff when empty) and of everybody in them, in `period` (default the quarter or,
 * with `type` year, the year that has ended). Returns `period`, `periodFrom`, `periodTo`, `units`, `subjects` [{kind unit|staff, subject, name, dept, metrics, hits}].
 * `risk`: what a quarter has shown, for the risk assessment (see `collectRisks`).
 * `sample`: `sampleSize` items for an inspection, given to its `inspectors` in turn. Returns `sample` [{position, item, ref, scope, inspector}].
 */
export const assessmentCollect: JobWorker = {
  type: 'assessment.collect',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const of = requiredHeader(job, 'of');
      if (of === 'sample') return drawSample(trx, context, job);
      if (of === 'risk') return collectRisks(trx, context, job);
      if (of !== 'assessment') throw new Error(`the header "of" must be assessment, risk or sample, not "${of}"`);
      return collect(trx, context, job);
    }),
};

async function collect(trx: Database, context: WorkerContext, job: Job): Promise<Effect> {
  const period = periodOf(textOf(job, 'period'), textOf(job, 'type'), context.clock.now(), context.zone);
  const asked = textsOf(job, 'units');
  const people: { id: string; name: string; dept: string }[] = await trx('app.app_user')
    .select('id', 'name', 'dept')
    .whereNotNull('dept')
    .whereRaw(`'staff' = any(roles)`)
    .modify((query) => void (asked.length > 0 && query.whereIn('dept', asked)))
    .orderBy(['dept', 'id']);
  const units = [...new Set(people.map((one) => one.dept))];
  const empty = asked.filter((dept) => !units.includes(dept));
  if (empty.length > 0) throw new Error(`nobody belongs to ${empty.join(', ')}: correct "units", then resolve this incident`);
  const names = await departmentNames(trx);
  const sources = await readSources(trx);
  const subjects: JsonObject[] = [];
  for (const dept of units) {
    const members = people.filter((one) => one.dept === dept).map((one) => one.id);
    subjects.push({ kind: 'unit', subject: dept, name: names.get(dept) ?? dept, dept, metrics: await unitMetrics(trx, sources, dept, members, period), hits: await seriousFindings(trx, dept, period.from, period.to) });
  }
  for (const one of people) subjects.push({ kind: 'staff', subject: one.id, name: one.name, dept: one.dept, metrics: await staffMetrics(trx, sources, one.id, period), hits: [] });
  return {
    variables: { period: period.name, periodFrom: isoWithOffset(period.from.getTime(), context.zone), periodTo: isoWithOffset(period.to.getTime(), context.zone), units, subjects },
    audit: { period: period.name, units, people: people.length },
  };
}

/** Serious findings of inspections about named people that nobody has been called to account for. */
async function seriousFindings(trx: Database, dept: string, from: Date, to: Date): Promise<JsonObject[]> {
  const rows: { finding_no: string; staff_no: string; issue: string }[] = await trx('app.finding').select('finding_no', 'staff_no', 'issue').where({ dept, level: 'serious' }).whereNull('referred_at').whereNotNull('staff_no').where('found_at', '>=', from).where('found_at', '<', to).orderBy('finding_no');
  return rows.map((row) => ({ staffNo: row.staff_no, type: 'process', note: `${row.finding_no} ${row.issue}` }));
}
