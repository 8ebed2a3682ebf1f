import { status } from '@grpc/grpc-js';
import type { Request } from 'express';
import type { CompletedTask, TaskView } from '../../contract/api.ts';
import { ProductError } from '../../contract/errors.ts';
import { fieldInstances, getPath, toFiles, validateForm, type FormSchema, type FormScope } from '../../contract/forms/index.ts';
import type { JsonObject, JsonValue } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { appendAudit } from '../../identity/audit.ts';
import type { DirectoryUser } from '../../identity/directory.ts';
import { taskPermissions } from '../../identity/permissions.ts';
import { FormInvalidError } from '../errors.ts';
import { GatewayError } from '../gateway-client.ts';
import { actorOf } from '../request.ts';
import { settle } from '../settle.ts';
import { auditObject, holdingTask, rememberParticipant, visibleTask } from './task-access.ts';
import type { TaskContext } from './task-detail.ts';
import { formOfTask, formSources } from './task-form.ts';
import { factsOf, listTasks, summaryOf } from './task-rows.ts';
import { visibleVariables } from './task-variables.ts';

/**
 * Completes a task with what its form lets through, and `completedBy`, the person's id. Only its assignee may. Throws FormInvalidError with the fields,
 * `task_gone` when the engine has it no more.
 */
export async function completeTask(context: TaskContext, request: Request, user: DirectoryUser, key: string, values: JsonObject, view: TaskView): Promise<CompletedTask> {
  const { db, engine, clock, zone } = context;
  await holdingTask(db, key, async (trx) => {
    const row = await visibleTask(trx, user, key);
    if (!factsOf(row).open) throw new ProductError('task_gone', `Task '${key}' is ${row.state} already`);
    if (!taskPermissions(user, factsOf(row)).complete) throw new ProductError('forbidden', `Expected task '${key}' to be yours, but it is ${row.assignee === null ? "nobody's: claim it first" : 'a colleague\'s'}`);
    const form = await formOfTask(trx, row.form_key);
    const variables = form === null ? {} : await visibleVariables(trx, row.element_instance_key);
    const data = form === null ? {} : await submittedData(trx, user, row.process_instance_key, form.schema, values, { variables, now: clock.now(), zone });
    const at = clock.now();
    const done = { assignee: user.id, completed_by: user.id, completed_at: new Date(at) };
    await trx('app.task_state').insert({ job_key: key, process_instance_key: row.process_instance_key, changed_at: new Date(at), ...done }).onConflict('job_key').merge(done);
    await rememberParticipant(trx, row.process_instance_key, user.id);
    await trx('app.task_draft').where({ job_key: key }).delete();
    try {
      // Who has done it, for records and recusal; no form field of that name can say otherwise.
      const variables = { ...data, completedBy: user.id };
      if (row.native) await engine.completeUserTask(key, variables);
      else await engine.completeJob(key, variables);
    } catch (error) {
      if (error instanceof GatewayError && (error.code === status.NOT_FOUND || error.code === status.FAILED_PRECONDITION)) throw new ProductError('task_gone', `The engine cannot complete task '${key}': ${error.message}`, {}, { cause: error });
      throw error;
    }
    const changes = changedValues(variables, data, await context.personal());
    await appendAudit(trx, { at, ...actorOf(request, user), action: 'task.complete', object: auditObject(row), before: changes.before, after: { task: key, element: row.element_id, values: changes.after } });
  });
  const upToDate = await settle(context, key, async () => (await db('read_model.user_task').where({ key }).whereIn('state', ['open', 'failed']).first()) === undefined);
  return { next: await nextTask(context, user, view), upToDate };
}

/** What a form lets through of the values sent. Files named in it must be the person's own uploads or the case's; they become the case's. */
export async function submittedData(trx: Database, user: DirectoryUser, processInstanceKey: string | null, schema: FormSchema, values: JsonObject, scope: Omit<FormScope, 'sources'>): Promise<JsonObject> {
  const { data, errors } = validateForm(schema, values, { ...scope, sources: await formSources(trx, scope.variables) });
  const files = fieldInstances(schema, data, scope)
    .filter(({ component, hidden, path }) => component.type === 'filepicker' && !hidden && path.length > 0)
    .flatMap(({ id, path }) => toFiles(getPath(data, path)).map((file) => ({ field: id, file: file.id })));
  const allowed = await allowedFiles(trx, user, processInstanceKey, files.map((each) => each.file));
  for (const { field, file } of files) if (!allowed.has(file)) errors[field] = [...(errors[field] ?? []), { rule: 'file' }];
  if (Object.keys(errors).length > 0) throw new FormInvalidError(errors);
  if (processInstanceKey !== null) await linkFiles(trx, processInstanceKey, [...allowed]);
  return data;
}

async function allowedFiles(trx: Database, user: DirectoryUser, processInstanceKey: string | null, ids: readonly string[]): Promise<Set<string>> {
  const known = ids.filter((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id));
  if (known.length === 0) return new Set();
  const rows: { id: string; process_instance_key: string | null; user_id: string }[] = await trx('app.stored_file').select('id', 'process_instance_key', 'user_id').whereIn('id', known);
  return new Set(rows.filter((row) => (row.process_instance_key === null ? row.user_id === user.id : row.process_instance_key === processInstanceKey)).map((row) => row.id));
}

/** Uploads that belonged to nobody's case yet become this one's. */
export async function linkFiles(trx: Database, processInstanceKey: string, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await trx('app.stored_file').whereIn('id', [...ids]).whereNull('process_instance_key').update({ process_instance_key: processInstanceKey });
}

/** Old and new of what the form changed; personal data masked, for the log must not hold it. */
function changedValues(variables: JsonObject, data: JsonObject, personal: { maskAll(variables: JsonObject): { variables: JsonObject } }): { before: JsonObject; after: JsonObject } {
  const names = Object.keys(data).filter((name) => JSON.stringify(data[name]) !== JSON.stringify(variables[name]));
  const pick = (from: JsonObject): JsonObject => personal.maskAll(Object.fromEntries(names.map((name): [string, JsonValue] => [name, from[name] ?? null]))).variables;
  return { before: pick(variables), after: pick(data) };
}

async function nextTask(context: TaskContext, user: DirectoryUser, view: TaskView): Promise<CompletedTask['next']> {
  const now = context.clock.now();
  if (view === 'done') return null;
  for (const each of view === 'mine' ? (['mine', 'group'] as const) : [view]) {
    const { rows } = await listTasks(context.db, user, now, { view: each, page: 1, pageSize: 1 });
    if (rows[0] !== undefined) return summaryOf(rows[0], await context.calendar(), now);
  }
  return null;
}
