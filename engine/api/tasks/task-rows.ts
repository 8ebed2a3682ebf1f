import type { Knex } from 'knex';
import type { Database } from '../../database/connect.ts';
import type { TaskSummary, TaskView, User } from '../../contract/api.ts';
import type { TaskFacts } from '../../identity/permissions.ts';
import { dueOf, SOON_SHARE } from '../due.ts';
import type { WorkingCalendar } from '../../workers/calendar/working-calendar.ts';
import { containing, iso, offsetOf, type Paging } from '../request.ts';

/** A user task as it stands: the engine's, with what people and supervisors have decided about it. */
export interface TaskRow {
  key: string;
  process_instance_key: string;
  process_definition_key: string;
  bpmn_process_id: string;
  version: number;
  /** A task of the engine itself, not a job. */
  native: boolean;
  element_id: string;
  element_instance_key: string;
  state: TaskSummary['state'];
  assignee: string | null;
  assignee_name: string | null;
  candidate_groups: string[];
  candidate_users: string[];
  exclude_users: string[];
  due_at: Date | null;
  form_key: string | null;
  created_at: Date;
  completed_at: Date | null;
  completed_by: string | null;
  case_no: string | null;
  subject: string | null;
  customer_name: string | null;
  priority: string | null;
  process_name: string;
  process_name_en: string | null;
  name: string;
  name_en: string | null;
}

/**
 * The engine's task under what has happened to it since: claims and reassignments here, interventions of supervisors
 * (`app.task_override`, made after the task; the later one wins), so no command to the engine is needed.
 */
const EFFECTIVE = `
  select t.key, t.process_instance_key, t.process_definition_key, t.bpmn_process_id, t.version, t.native, t.element_id, t.element_instance_key, t.state,
    t.exclude_users, t.form_key, t.created_at, t.completed_at,
    case when oa.at is not null and (s.changed_at is null or oa.at > s.changed_at) then oa.assignee when s.job_key is not null and (t.assigned_at is null or s.changed_at >= t.assigned_at) then s.assignee else t.assignee end as assignee,
    case when og.candidate_group is null then t.candidate_groups else array[og.candidate_group] end as candidate_groups,
    case when og.candidate_group is null then t.candidate_users else '{}' end as candidate_users,
    coalesce(od.due_at, t.due_at) as due_at, s.completed_by,
    p.case_no, p.subject, p.customer_name, p.priority, d.name as process_name, d.name_en as process_name_en,
    coalesce(t.name, d.elements -> t.element_id ->> 'name', t.element_id) as name, coalesce(t.name_en, case when t.name is null then d.elements -> t.element_id ->> 'nameEn' end) as name_en
  from read_model.user_task t
  join read_model.process_instance p on p.key = t.process_instance_key
  join read_model.process_definition d on d.key = t.process_definition_key
  left join app.task_state s on s.job_key = t.key
  left join lateral (select o.assignee, o.at from app.task_override o where OVERRIDE and (o.assignee is not null or o.candidate_group is not null) order by o.id desc limit 1) oa on true
  left join lateral (select o.candidate_group from app.task_override o where OVERRIDE and o.candidate_group is not null order by o.id desc limit 1) og on true
  left join lateral (select o.due_at from app.task_override o where OVERRIDE and o.due_at is not null order by o.id desc limit 1) od on true
`.replaceAll('OVERRIDE', "o.process_instance_key = t.process_instance_key and o.element_id in (t.element_id, '*') and (o.job_key is null or o.job_key = t.key) and o.at >= t.created_at");

/** Tasks as they stand, `where` on the engine's columns `t.…` first. For joins in other queries. */
export const effectiveTasks = (where: string): string => `(${EFFECTIVE} where ${where})`;

const OPEN = "t.state in ('open', 'failed')";
/** Parameters: user id three times, groups. */
const MAY_SEE = 'not (? = any(e.exclude_users)) and (e.assignee = ? or ? = any(e.candidate_users) or e.candidate_groups && ?::text[])';

const named = (inner: string): string => `select e.*, u.name as assignee_name from ${inner} e left join app.app_user u on u.id = e.assignee`;

/** The task, whoever asks; null when there is none. */
export async function findTask(db: Database, key: string): Promise<TaskRow | null> {
  const { rows } = await db.raw<{ rows: TaskRow[] }>(named(effectiveTasks('t.key = ?')), [key]);
  return rows[0] ?? null;
}

/** All tasks of instances, whoever asks. */
export async function tasksOf(db: Database, instanceKeys: readonly string[]): Promise<TaskRow[]> {
  const { rows } = await db.raw<{ rows: TaskRow[] }>(`${named(effectiveTasks('t.process_instance_key = any(?)'))} order by e.created_at, e.key`, [[...instanceKeys]]);
  return rows;
}

export interface TaskFilter extends Paging {
  view: TaskView;
  search?: string | undefined;
  processId?: string | undefined;
}

type Binding = Knex.RawBinding;

interface Condition {
  sql: string;
  params: Binding[];
}

/** One page of a view of a person's tasks, the most urgent first. */
export async function listTasks(db: Database, user: User, now: number, filter: TaskFilter): Promise<{ rows: TaskRow[]; total: number }> {
  const condition = all([viewCondition(user, now, filter.view), ...searchConditions(filter)]);
  const from = filter.view === 'done' ? effectiveTasks('s.completed_by = ?') : effectiveTasks(OPEN);
  const fromParams = filter.view === 'done' ? [user.id] : [];
  const order = filter.view === 'done' ? 'e.completed_at desc nulls last, e.key desc' : "e.due_at nulls last, case e.priority when 'urgent' then 0 when 'high' then 1 when 'low' then 3 else 2 end, e.created_at, e.key";
  const { rows } = await db.raw<{ rows: (TaskRow & { total: string })[] }>(
    `select x.*, u.name as assignee_name from (select e.*, count(*) over () as total from ${from} e where ${condition.sql} order by ${order} limit ? offset ?) x left join app.app_user u on u.id = x.assignee order by ${order.replaceAll('e.', 'x.')}`,
    [...fromParams, ...condition.params, filter.pageSize, offsetOf(filter)],
  );
  const first = rows[0];
  const total = first === undefined ? (filter.page === 1 ? 0 : await countOf(db, from, fromParams, condition)) : Number(first.total);
  return { rows, total };
}

async function countOf(db: Database, from: string, fromParams: Binding[], condition: Condition): Promise<number> {
  const { rows } = await db.raw<{ rows: { count: string }[] }>(`select count(*) from ${from} e where ${condition.sql}`, [...fromParams, ...condition.params]);
  return Number(rows[0]?.count ?? 0);
}

/** How many tasks each view holds for this person. */
export async function countTasks(db: Database, user: User, now: number): Promise<Record<TaskView, number>> {
  const at = new Date(now);
  const { rows } = await db.raw<{ rows: Record<TaskView, string>[] }>(
    `select count(*) filter (where e.assignee = ?) as mine, count(*) filter (where e.assignee is null) as group,
       count(*) filter (where (e.assignee = ? or e.assignee is null) and ${SOON}) as due_soon,
       count(*) filter (where (e.assignee = ? or e.assignee is null) and e.due_at < ?) as overdue,
       (select count(*) from read_model.user_task t join app.task_state s on s.job_key = t.key where s.completed_by = ? and not (? = any(t.exclude_users))) as done
     from ${effectiveTasks(OPEN)} e where ${MAY_SEE}`,
    [user.id, user.id, at, at, user.id, at, user.id, user.id, user.id, user.id, user.id, user.groups],
  );
  const row = rows[0]!;
  return { mine: Number(row.mine), group: Number(row.group), due_soon: Number(row.due_soon), overdue: Number(row.overdue), done: Number(row.done) };
}

/** Parameters: now, now. Amber as `dueOf` has it. */
const SOON = `(e.due_at >= ? and e.due_at - ? <= ${SOON_SHARE} * (e.due_at - e.created_at))`;

function viewCondition(user: User, now: number, view: TaskView): Condition {
  const visible: Condition = { sql: MAY_SEE, params: [user.id, user.id, user.id, user.groups] };
  const at = new Date(now);
  const reachable: Condition = { sql: '(e.assignee = ? or e.assignee is null)', params: [user.id] };
  switch (view) {
    case 'mine':
      return all([visible, { sql: 'e.assignee = ?', params: [user.id] }]);
    case 'group':
      return all([visible, { sql: 'e.assignee is null', params: [] }]);
    case 'due_soon':
      return all([visible, reachable, { sql: SOON, params: [at, at] }]);
    case 'overdue':
      return all([visible, reachable, { sql: 'e.due_at < ?', params: [at] }]);
    case 'done':
      return { sql: 'not (? = any(e.exclude_users))', params: [user.id] };
  }
}

function searchConditions({ search, processId }: TaskFilter): Condition[] {
  const conditions: Condition[] = [];
  if (search !== undefined && search !== '') {
    const like = containing(search);
    conditions.push({ sql: '(e.case_no ilike ? or e.customer_name ilike ? or e.subject ilike ? or e.name ilike ? or e.name_en ilike ? or e.process_name ilike ?)', params: Array.from({ length: 6 }, () => like) });
  }
  if (processId !== undefined && processId !== '') conditions.push({ sql: 'e.bpmn_process_id = ?', params: [processId] });
  return conditions;
}

function all(conditions: readonly Condition[]): Condition {
  return { sql: conditions.map((condition) => `(${condition.sql})`).join(' and '), params: conditions.flatMap((condition) => condition.params) };
}

/** Facts the permission rules ask of a task. */
export function factsOf(row: TaskRow): TaskFacts {
  return { assignee: row.assignee, candidateGroups: row.candidate_groups, candidateUsers: row.candidate_users, excludeUsers: row.exclude_users, open: row.state === 'open' || row.state === 'failed' };
}

const priorities: readonly string[] = ['urgent', 'high', 'normal', 'low'];

/** The task as lists show it. */
export function summaryOf(row: TaskRow, calendar: WorkingCalendar, now: number): TaskSummary {
  return {
    key: row.key,
    name: row.name,
    nameEn: row.name_en,
    elementId: row.element_id,
    processInstanceKey: row.process_instance_key,
    processDefinitionKey: row.process_definition_key,
    bpmnProcessId: row.bpmn_process_id,
    processName: row.process_name,
    processNameEn: row.process_name_en,
    processVersion: row.version,
    caseNo: row.case_no,
    subject: row.subject,
    customerName: row.customer_name,
    priority: (priorities.includes(row.priority ?? '') ? row.priority : 'normal') as TaskSummary['priority'],
    assignee: row.assignee === null ? null : { id: row.assignee, name: row.assignee_name ?? row.assignee },
    candidateGroups: row.candidate_groups,
    due: dueOf(calendar, row.created_at.getTime(), row.due_at?.getTime() ?? null, row.completed_at?.getTime() ?? now),
    createdAt: iso(row.created_at),
    completedAt: iso(row.completed_at),
    state: row.state,
  };
}
