import type { Database } from '../../database/connect.ts';
import type { Period } from '../calendar/period.ts';

/** Figures of 0 to 100; null where there was nothing to measure. */
export type Metrics = Record<string, number | null>;

/** Points off for each substantiated violation, and for each item an inspection failed. */
const VIOLATION_POINTS = 20;
const FAILED_ITEM_POINTS = 10;

/** Where figures come from: the workers' own tables, and where the pages and the read model stand beside them, theirs. */
export interface Sources {
  /** SQL of who has worked on which instance: assignments of the workers, participants and assignees of tasks. */
  worked: string;
  /** SQL of who finished a task `t` of the read model; null without tasks. */
  doer: string | null;
}

/** Looks once at what is there. */
export async function readSources(trx: Database): Promise<Sources> {
  const tasks = await exists(trx, 'read_model.user_task');
  const parts = ['select user_id, process_instance_key from app.task_assignment'];
  if (await exists(trx, 'app.task_participant')) parts.push('select user_id, process_instance_key from app.task_participant');
  if (tasks) parts.push('select assignee, process_instance_key from read_model.user_task where assignee is not null and completed_at is not null');
  const doer = (await exists(trx, 'app.task_state')) ? 'coalesce((select s.completed_by from app.task_state s where s.job_key = t.key), t.assignee)' : 't.assignee';
  return { worked: parts.join(' union '), doer: tasks ? doer : null };
}

async function exists(trx: Database, table: string): Promise<boolean> {
  return (await trx.raw<{ rows: { found: string | null }[] }>('select to_regclass(?) as found', [table])).rows[0]!.found !== null;
}

async function value(trx: Database, sql: string, bindings: readonly unknown[]): Promise<number | null> {
  const found = (await trx.raw<{ rows: { value: string | null }[] }>(sql, bindings as never)).rows[0]?.value ?? null;
  return found === null ? null : Math.round(Number(found) * 100) / 100;
}

/** Scores customers gave, 5 points = 100, in cases these people worked on: surveys, and complaints without one. */
async function satisfaction(trx: Database, worked: string, people: readonly string[], { from, to }: Period): Promise<number | null> {
  return value(trx, `with w as (${worked}), mine as (select distinct process_instance_key from w where user_id = any(?)),
    given as (
      select s.case_no, s.score from app.survey s join app.record r on r.record_no = s.case_no join mine on mine.process_instance_key = r.process_instance_key where s.score is not null and s.closed_at >= ? and s.closed_at < ?
      union all
      select c.complaint_no, c.satisfaction from app.complaint c join mine on mine.process_instance_key = c.process_instance_key
        where c.satisfaction is not null and c.closed_at >= ? and c.closed_at < ? and not exists (select 1 from app.survey s where s.case_no = c.complaint_no and s.score is not null))
    select avg(score) * 20 as value from given`, [people, from, to, from, to]);
}

/** Mean of facts of cases these people worked on, times 100. */
async function facts(trx: Database, worked: string, people: readonly string[], metric: string, { from, to }: Period): Promise<number | null> {
  return value(trx, `with w as (${worked}) select avg(f.value) * 100 as value from app.kpi_fact f where f.metric = ? and f.at >= ? and f.at < ? and exists (select 1 from w where w.process_instance_key = f.process_instance_key and w.user_id = any(?))`, [metric, from, to, people]);
}

/** Tasks this person finished by their due time, %. */
async function inTime(trx: Database, doer: string | null, staffNo: string, { from, to }: Period): Promise<number | null> {
  if (doer === null) return null;
  return value(trx, `select avg(case when t.completed_at <= t.due_at then 100 else 0 end) as value from read_model.user_task t
    where t.due_at is not null and t.completed_at >= ? and t.completed_at < ? and ${doer} = ?`, [from, to, staffNo]);
}

/** Complaints of this person's that were neither reopened nor ended in dissatisfaction, %. */
async function quality(trx: Database, worked: string, staffNo: string, { from, to }: Period): Promise<number | null> {
  return value(trx, `with w as (${worked}) select avg(case when c.reopen_count > 0 or c.satisfaction <= 2 then 0 else 100 end) as value from app.complaint c
    where c.closed_at >= ? and c.closed_at < ? and exists (select 1 from w where w.process_instance_key = c.process_instance_key and w.user_id = ?)`, [from, to, staffNo]);
}

/** 100, less what violations and failed inspections take. */
async function compliance(trx: Database, staffNo: string, { from, to }: Period): Promise<number | null> {
  return value(trx, `select greatest(0, 100
      - ${VIOLATION_POINTS} * (select count(*) from app.violation_case v where v.subject_no = ? and v.conclusion in ('substantiated', 'partly', 'judicial') and v.registered_at >= ? and v.registered_at < ?)
      - ${FAILED_ITEM_POINTS} * (select count(*) from app.inspection_item i where i.staff_no = ? and i.result = 'fail' and i.checked_at >= ? and i.checked_at < ?)) as value`, [staffNo, from, to, staffNo, from, to]);
}

/** Mean of the exams, theory before pass or fail. */
async function knowledge(trx: Database, staffNo: string, { from, to }: Period): Promise<number | null> {
  return value(trx, `select avg(coalesce(theory_score, practice_score, case when passed then 100 else 0 end)) as value from app.training_result where staff_no = ? and present and at >= ? and at < ?`, [staffNo, from, to]);
}

/** Who came and who passed, of the trainings of these people, %. */
async function training(trx: Database, people: readonly string[], { from, to }: Period): Promise<number | null> {
  return value(trx, `select avg(case when not present then 0 when passed then 100 else 50 end) as value from app.training_result where staff_no = any(?) and at >= ? and at < ?`, [people, from, to]);
}

/** Risk incidents the department owns that were answered in time, %; 100 when there was none. */
async function risk(trx: Database, dept: string, { from, to }: Period): Promise<number | null> {
  return value(trx, `select coalesce(avg(f.value) * 100, 100) as value from app.kpi_fact f where f.metric = 'risk_response_in_time' and f.unit = ? and f.at >= ? and f.at < ?`, [dept, from, to]);
}

/** Rectifications of these people due in the period that were closed by then, %. */
async function rectification(trx: Database, people: readonly string[], { from, to }: Period): Promise<number | null> {
  return value(trx, `select avg(case when r.closed_at is not null and r.closed_at < r.due + 1 then 100 else 0 end) as value from app.rectification r where r.owner = any(?) and r.due >= ?::date and r.due < ?::date`, [people, from, to]);
}

/** What a department is assessed by (weights: decision `assessment_weights`). */
export async function unitMetrics(trx: Database, { worked }: Sources, dept: string, people: readonly string[], period: Period): Promise<Metrics> {
  return {
    satisfaction: await satisfaction(trx, worked, people, period),
    complaintInTime: await facts(trx, worked, people, 'complaint_closed_in_target', period),
    risk: await risk(trx, dept, period),
    rectification: await rectification(trx, people, period),
    training: await training(trx, people, period),
  };
}

/** What a member of staff is assessed by. */
export async function staffMetrics(trx: Database, { worked, doer }: Sources, staffNo: string, period: Period): Promise<Metrics> {
  return {
    satisfaction: await satisfaction(trx, worked, [staffNo], period),
    inTime: await inTime(trx, doer, staffNo, period),
    quality: await quality(trx, worked, staffNo, period),
    compliance: await compliance(trx, staffNo, period),
    knowledge: await knowledge(trx, staffNo, period),
  };
}
