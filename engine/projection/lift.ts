import type { Knex } from 'knex';
import type { JsonValue } from '../contract/json.ts';
import { bigintArray, textArray } from '../database/array-parameter.ts';
import { prepared } from '../database/prepared.ts';
import { writeRows, type Row } from './batch.ts';
import { asColumns } from './columns.ts';
import { userTask, type ReadTable } from './tables.ts';

/** Variable with the ids of people who must not see or do a task (recusal 回避). */
export const EXCLUDE_USERS = 'excludeUsers';

/** Variables of the process scope that lists show and search. */
export const liftedNames: ReadonlySet<string> = new Set(['caseNo', 'customer', 'customerName', 'complainantName', 'priority', 'content', 'dueOverall', 'initiator', EXCLUDE_USERS]);

/** What they become in the row of their instance. */
const liftedColumns: ReadTable = {
  name: 'process_instance',
  columns: { key: 'bigint', case_no: 'text', customer_name: 'text', subject: 'text', priority: 'text', initiator: 'text', exclude_users: 'text[]', due_at: 'timestamptz' },
};

const SUBJECT_LENGTH = 80;

/** Copies the lifted variables of these instances to their row. Depends on the stored variables alone, so batches may be cut anywhere. */
export async function liftVariables(trx: Knex.Transaction, instances: ReadonlySet<string>): Promise<void> {
  if (instances.size === 0) return;
  const rows = await prepared<{ process_instance_key: string; name: string; value: string }>(
    trx,
    'select process_instance_key, name, value from read_model.variable_value where scope_key = any($1::bigint[]) and name = any($2::text[])',
    [bigintArray([...instances]), textArray([...liftedNames])],
  );
  const found = new Map<string, Record<string, JsonValue>>();
  for (const { process_instance_key: key, name, value } of rows) {
    const values = found.get(key) ?? {};
    values[name] = JSON.parse(value) as JsonValue;
    found.set(key, values);
  }
  if (found.size > 0) await writeRows(trx, liftedColumns, Object.keys(liftedColumns.columns), 'part', [...found].map(([key, values]) => ({ key, ...lifted(values) })));
}

function lifted(values: Record<string, JsonValue>): Row {
  const customer = values['customer'];
  const name = customer !== null && typeof customer === 'object' && !Array.isArray(customer) ? textOf(customer['name']) : null;
  const due = textOf(values['dueOverall']);
  const dueAt = due === null ? Number.NaN : Date.parse(due.replace(/\[.*$/, ''));
  return {
    case_no: textOf(values['caseNo']),
    customer_name: name ?? textOf(values['customerName']) ?? textOf(values['complainantName']),
    subject: shortened(textOf(values['content'])),
    priority: textOf(values['priority']),
    initiator: textOf(values['initiator']),
    exclude_users: textsOf(values[EXCLUDE_USERS]),
    due_at: Number.isNaN(dueAt) ? null : dueAt,
  };
}

/**
 * Gives the tasks of these instances the people excluded from them: `excludeUsers` of the nearest scope around the task
 * that has it, as the engine itself would read it. Of ended tasks too: who is excluded later must not look at them either.
 */
export async function liftExclusions(trx: Knex.Transaction, instances: ReadonlySet<string>): Promise<string[]> {
  if (instances.size === 0) return [];
  const rows = await prepared<{ task: string; value: string | null }>(
    trx,
    `with recursive around(task, scope_key, depth) as (
       select t.key, t.element_instance_key, 0 from read_model.user_task t where t.process_instance_key = any($1::bigint[])
       union all
       select a.task, e.flow_scope_key, a.depth + 1 from around a join read_model.element_instance e on e.key = a.scope_key where e.flow_scope_key > 0
     )
     select distinct on (a.task) a.task, v.value from around a left join read_model.variable_value v on v.scope_key = a.scope_key and v.name = $2 order by a.task, v.key is null, a.depth`,
    [bigintArray([...instances]), EXCLUDE_USERS],
  );
  const changed = rows.map(({ task, value }): Row => ({ key: task, exclude_users: value === null ? [] : textsOf(JSON.parse(value) as JsonValue) }));
  const { source, read, values } = asColumns(userTask, ['key', 'exclude_users'], changed);
  const updated = await prepared<{ key: string }>(trx, `update read_model.user_task t set exclude_users = ${read('exclude_users')} from ${source} where t.key = r.key and t.exclude_users is distinct from ${read('exclude_users')} returning t.key`, values);
  return updated.map((row) => row.key);
}

/** Gives tasks the names their diagram has for them. A definition not known yet leaves them to be looked up when read. */
export async function nameTasks(trx: Knex.Transaction, tasks: ReadonlySet<string>): Promise<void> {
  if (tasks.size === 0) return;
  await prepared(
    trx,
    `update read_model.user_task t set name = d.elements -> t.element_id ->> 'name', name_en = d.elements -> t.element_id ->> 'nameEn'
     from read_model.process_definition d where t.key = any($1::bigint[]) and t.name is null and d.key = t.process_definition_key and d.elements -> t.element_id is not null`,
    [bigintArray([...tasks])],
  );
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function textsOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

function shortened(text: string | null): string | null {
  if (text === null) return null;
  const line = [...text.replace(/\s+/g, ' ').trim()];
  return line.length <= SUBJECT_LENGTH ? line.join('') : `${line.slice(0, SUBJECT_LENGTH - 1).join('')}…`;
}
