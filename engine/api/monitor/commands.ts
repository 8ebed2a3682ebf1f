import { status } from '@grpc/grpc-js';
import type { Request } from 'express';
import type { Incident, VariableValue } from '../../contract/api.ts';
import { ProductError, type ErrorCode } from '../../contract/errors.ts';
import type { JsonValue } from '../../contract/json.ts';
import { appendAudit } from '../../identity/audit.ts';
import type { DirectoryUser } from '../../identity/directory.ts';
import { GatewayError } from '../gateway-client.ts';
import { actorOf } from '../request.ts';
import { settle } from '../settle.ts';
import type { TaskContext } from '../tasks/task-detail.ts';
import { incidentOf, incidentRows } from './incident-rows.ts';
import { findInstance, type InstanceRow } from './instance-rows.ts';
import { instanceVariables } from './instance-parts.ts';

const DEFAULT_RETRIES = 3;

/** Resolves an incident, giving its job new retries when it has none. `incident_gone` when it is resolved already. */
export async function resolveIncident(context: TaskContext, request: Request, user: DirectoryUser, key: string, { reason, retries }: { reason: string; retries?: number | undefined }): Promise<Incident> {
  const { db, engine } = context;
  const [row] = await incidentRows(db, { key });
  if (row === undefined) throw new ProductError('not_found', `Expected to find incident '${key}', but there is none`);
  const instance = await findInstance(db, row.process_instance_key);
  if (row.state === 'resolved') throw new ProductError('incident_gone', `Incident '${key}' is resolved already`);
  await orGone('incident_gone', async () => {
    if (row.job_key !== null && (retries !== undefined || (row.job_retries ?? 0) <= 0)) await engine.updateJobRetries(row.job_key, retries ?? DEFAULT_RETRIES);
    await engine.resolveIncident(key);
  });
  await note(context, request, user, 'incident.resolve', instance, reason, { incident: key, element: row.element_id, errorType: row.error_type });
  await settle(context, key, async () => (await db('read_model.incident').where({ key, state: 'resolved' }).first()) !== undefined);
  return incidentOf((await incidentRows(db, { key }))[0] ?? row);
}

/** Sets one variable in exactly its scope. `variable_invalid` when the value is no JSON, `instance_gone` when the scope has ended. */
export async function changeVariable(context: TaskContext, request: Request, user: DirectoryUser, key: string, change: { scopeKey: string; name: string; value: string; reason: string }): Promise<VariableValue> {
  const { db, engine } = context;
  const instance = await findInstance(db, key);
  const scope = await db('read_model.element_instance').where({ key: change.scopeKey, process_instance_key: key }).first<{ state: string } | undefined>();
  if (scope === undefined) throw new ProductError('not_found', `Expected scope '${change.scopeKey}' to belong to instance '${key}', but it does not`);
  if (scope.state !== 'active') throw new ProductError('instance_gone', `Scope '${change.scopeKey}' has ended: its variables are history`);
  const value = parseValue(change.value);
  const personal = await context.personal();
  const before = await db('read_model.variable_value').where({ scope_key: change.scopeKey, name: change.name }).orderBy('key', 'desc').first<{ value: string } | undefined>();
  await orGone('instance_gone', () => engine.setVariables(change.scopeKey, { [change.name]: value }));
  const shown = (json: JsonValue): JsonValue => personal.mask(change.name, json).value;
  await note(context, request, user, 'variable.change', instance, change.reason, { scope: change.scopeKey, name: change.name, value: shown(value) }, before === undefined ? null : shown(JSON.parse(before.value) as JsonValue));
  const text = JSON.stringify(value);
  await settle(context, key, async () => (await db('read_model.variable_value').where({ scope_key: change.scopeKey, name: change.name, value: text }).first()) !== undefined);
  const now = (await instanceVariables(db, personal, key)).find((each) => each.scopeKey === change.scopeKey && each.name === change.name);
  const masked = personal.mask(change.name, value);
  return now ?? { name: change.name, value: JSON.stringify(masked.value), scopeKey: change.scopeKey, scopeName: '', scopeNameEn: null, masked: masked.masked, changedAt: new Date(context.clock.now()).toISOString() };
}

/** Cancels an instance with everything in it. `instance_gone` when it has ended; a called instance ends with its caller only. */
export async function cancelInstance(context: TaskContext, request: Request, user: DirectoryUser, key: string, reason: string): Promise<void> {
  const { db, engine } = context;
  const instance = await findInstance(db, key);
  if (instance.state !== 'active') throw new ProductError('instance_gone', `Instance '${key}' is ${instance.state} already`);
  if (instance.parent_instance_key !== null) throw new ProductError('bad_request', `Instance '${key}' was called by '${instance.parent_instance_key}': cancel that one`, { parent: instance.parent_instance_key });
  await orGone('instance_gone', () => engine.cancelInstance(key));
  await note(context, request, user, 'instance.cancel', instance, reason, { instance: key });
  await settle(context, key, async () => (await db('read_model.process_instance').where({ key, state: 'active' }).first()) === undefined);
}

async function orGone(code: ErrorCode, command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (error instanceof GatewayError && error.code === status.NOT_FOUND) throw new ProductError(code, error.message, {}, { cause: error });
    throw error;
  }
}

async function note({ db, clock }: TaskContext, request: Request, user: DirectoryUser, action: string, instance: InstanceRow, reason: string, after: JsonValue, before: JsonValue = null): Promise<void> {
  await appendAudit(db, { at: clock.now(), ...actorOf(request, user), action, object: instance.case_no === null ? `instance:${instance.key}` : `case:${instance.case_no}`, reason, before, after });
}

function parseValue(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new ProductError('variable_invalid', `Expected the value as JSON (text in quotes), but: ${(error as Error).message}`, {}, { cause: error });
  }
}
