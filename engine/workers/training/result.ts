import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { localDate } from '../calendar/zone-time.ts';
import { once, type Effect } from '../effect.ts';
import { numberIn, requiredText, rowsOf, textsOf } from '../job-input.ts';
import type { Job, JobWorker, WorkerContext } from '../job-worker.ts';

interface Session {
  session_no: string;
  course: string;
  session_at: Date | null;
  staff: string[];
}

/**
 * Writes what became of each trainee: `results` [{person, present yes|no|leave, hours, passed, theoryScore, practiceScore, caseScore, attempts,
 * note}] into the ledgers of results and of yearly hours; the result of a make-up session replaces that of an absence, so that hours
 * count once. People `excused` do not count. Returns, of all sessions of this training, `coverage` (who came, % of who should),
 * `passRate` (% of who came), `target` (of coverage, decision `kpi_targets`; null when it has none), `absent[]`, `totalHours`,
 * `plannedCount`, `presentCount`, `passedCount`. `coverage` and `passRate` are null when there is nobody to count.
 */
export const trainingResult: JobWorker = {
  type: 'training.result',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const trainingNo = requiredText(job, 'trainingNo');
      const session: Session | undefined = await trx('app.training_session').select('session_no', 'course', 'session_at', 'staff').where({ training_no: trainingNo }).orderBy('at', 'desc').first();
      if (session === undefined) throw new Error(`training ${trainingNo} has no session: place training.session before training.result`);
      const at = new Date(context.clock.now());
      const rows = rowsOf(job, 'results').filter((one) => typeof one['person'] === 'string').map((one) => resultRow(job, session, one, at));
      if (rows.length > 0) await trx('app.training_result').insert(rows).onConflict(['training_no', 'staff_no']).merge();
      const excused = textsOf(job, 'excused').filter((id) => session.staff.includes(id));
      const planned = session.staff.filter((id) => !excused.includes(id));
      const all: { staff_no: string; present: boolean; passed: boolean | null; hours: string }[] = await trx('app.training_result').select('staff_no', 'present', 'passed', 'hours').where({ training_no: trainingNo }).whereIn('staff_no', planned);
      const present = all.filter((one) => one.present);
      const passed = present.filter((one) => one.passed === true);
      const coverage = percent(present.length, planned.length);
      const passRate = percent(passed.length, present.length);
      await trx('app.training_session').where({ session_no: session.session_no }).update({ excused, coverage, pass_rate: passRate, finished_at: at });
      await writeHours(trx, context, job, at);
      const target = (await context.engine.evaluateDecision('kpi_targets', { metric: 'training_coverage' })) as { target?: unknown } | null;
      const variables: JsonObject = {
        coverage, passRate, target: typeof target?.target === 'number' ? target.target : null, absent: planned.filter((id) => !present.some((one) => one.staff_no === id)),
        totalHours: present.reduce((sum, one) => sum + Number(one.hours), 0), plannedCount: planned.length, presentCount: present.length, passedCount: passed.length,
      };
      return { variables, audit: { trainingNo, coverage, passRate, planned: planned.length } };
    }),
};

function resultRow(job: Job, session: Session, one: JsonObject, at: Date): object {
  const present = one['present'] === 'yes';
  return {
    training_no: requiredText(job, 'trainingNo'), staff_no: one['person'], session_no: session.session_no, process_instance_key: job.processInstanceKey, course: session.course, session_at: session.session_at,
    present, hours: present ? (numberIn(one['hours']) ?? 0) : 0, theory_score: numberIn(one['theoryScore']), practice_score: numberIn(one['practiceScore']), case_score: numberIn(one['caseScore']),
    passed: present ? one['passed'] === true : null, attempts: numberIn(one['attempts']) ?? 0, note: typeof one['note'] === 'string' ? one['note'] : null, at,
  };
}

/** Brings the hours of this year up to date for everybody, so that who has none is seen as well. */
async function writeHours(trx: Database, context: WorkerContext, job: Job, at: Date): Promise<void> {
  const year = Number(localDate(at.getTime(), context.zone).slice(0, 4));
  await trx.raw(
    `insert into app.training_hours (staff_no, year, hours, process_instance_key, updated_at)
      select u.id, ?, coalesce(sum(r.hours), 0), ?, ? from app.app_user u
      left join app.training_result r on r.staff_no = u.id and extract(year from r.at at time zone ?) = ?
      where 'staff' = any(u.roles) group by u.id
      on conflict (staff_no, year) do update set hours = excluded.hours, process_instance_key = excluded.process_instance_key, updated_at = excluded.updated_at where app.training_hours.hours <> excluded.hours`,
    [year, job.processInstanceKey, at, context.zone, year],
  );
}

function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 100;
}
