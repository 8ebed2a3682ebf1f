import type { AuditEntry, JobView, MessageSubscriptionView, Page, RecordView, TimerView, VariableValue } from '../../contract/api.ts';
import type { JsonObject, JsonValue } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { elementInstanceNames, elementNames } from '../element-names.ts';
import type { ApiOptions } from '../api-options.ts';
import type { PersonalData } from '../masking.ts';
import { iso, offsetOf, pageOf, type Paging } from '../request.ts';

const NAMES = elementNames('x');
const INSTANCE_NAMES = elementInstanceNames();
const named = (db: Database, table: string, key: string) =>
  db(`read_model.${table} as x`).join('read_model.process_instance as p', 'p.key', 'x.process_instance_key').join('read_model.process_definition as d', 'd.key', 'p.process_definition_key').select('x.*', db.raw(`${NAMES.name} as element_name, ${NAMES.nameEn} as element_name_en`)).where('x.process_instance_key', key).orderBy('x.key');

/** Variables of all scopes of an instance, personal data masked. */
export async function instanceVariables(db: Database, personal: PersonalData, key: string): Promise<VariableValue[]> {
  const rows: { name: string; value: string; scope_key: string; element_name: string; element_name_en: string | null; changed_at: Date }[] = await db('read_model.variable_value as v')
    .join('read_model.element_instance as e', 'e.key', 'v.scope_key')
    .join('read_model.process_definition as d', 'd.key', 'e.process_definition_key')
    .select('v.name', 'v.value', 'v.scope_key', 'v.changed_at', db.raw(`${INSTANCE_NAMES.name} as element_name, ${INSTANCE_NAMES.nameEn} as element_name_en`))
    .where('v.process_instance_key', key)
    .orderBy('v.scope_key')
    .orderBy('v.name');
  return rows.map((row) => {
    const { value, masked } = personal.mask(row.name, JSON.parse(row.value) as JsonValue);
    return { name: row.name, value: masked ? JSON.stringify(value) : row.value, scopeKey: row.scope_key, scopeName: row.element_name, scopeNameEn: row.element_name_en, masked, changedAt: iso(row.changed_at) };
  });
}

export async function instanceJobs(db: Database, key: string): Promise<JobView[]> {
  const rows: { key: string; type: string; element_id: string; element_name: string; element_name_en: string | null; state: JobView['state']; retries: number; worker: string | null; error_message: string | null; created_at: Date; ended_at: Date | null }[] = await named(db, 'job', key);
  return rows.map((row) => ({ key: row.key, type: row.type, elementId: row.element_id, elementName: row.element_name, elementNameEn: row.element_name_en, state: row.state, retries: row.retries, worker: row.worker, errorMessage: row.error_message, createdAt: iso(row.created_at), endedAt: iso(row.ended_at) }));
}

export async function instanceTimers(db: Database, key: string): Promise<TimerView[]> {
  const rows: { key: string; element_id: string; element_name: string; element_name_en: string | null; due_at: Date; state: TimerView['state'] }[] = await named(db, 'timer', key);
  return rows.map((row) => ({ key: row.key, elementId: row.element_id, elementName: row.element_name, elementNameEn: row.element_name_en, dueAt: iso(row.due_at), state: row.state }));
}

export async function instanceMessages(db: Database, key: string): Promise<MessageSubscriptionView[]> {
  const rows: { key: string; message_name: string; correlation_key: string; element_id: string; element_name: string; element_name_en: string | null; state: MessageSubscriptionView['state']; at: Date }[] = await named(db, 'message_subscription', key);
  return rows.map((row) => ({ key: row.key, messageName: row.message_name, correlationKey: row.correlation_key, elementId: row.element_id, elementName: row.element_name, elementNameEn: row.element_name_en, state: row.state, at: iso(row.at) }));
}

/** The engine's own facts of an instance, personal data masked. */
export async function instanceRecords({ db, source }: Pick<ApiOptions, 'db' | 'source'>, personal: PersonalData, key: string, paging: Paging): Promise<Page<RecordView>> {
  const places: { partition: number; records: number; runs: string[] }[] = await db('read_model.instance_record').select('partition', 'records', 'runs').where({ process_instance_key: key }).orderBy('partition').orderBy('first_position');
  const wanted = runsOfPage(places.flatMap(({ partition, runs }) => runPairs(partition, runs)), offsetOf(paging), paging.pageSize);
  const items: RecordView[] = [];
  for (const { partition, first, count } of wanted) {
    for (const { position, valueType, intent, key: recordKey, timestamp, value } of await source.read(partition, String(first - 1), count)) {
      items.push({ position, valueType, intent, key: recordKey, at: iso(new Date(timestamp)), value: maskRecord(personal, valueType, value) });
    }
  }
  return pageOf(items, String(places.reduce((sum, { records }) => sum + records, 0)), paging);
}

/** Records of a partition that follow one another. */
interface RecordRun {
  partition: number;
  first: number;
  count: number;
}

function runPairs(partition: number, runs: readonly string[]): RecordRun[] {
  return Array.from({ length: runs.length / 2 }, (_, at) => ({ partition, first: Number(runs[at * 2]), count: Number(runs[at * 2 + 1]) }));
}

function runsOfPage(runs: readonly RecordRun[], offset: number, size: number): RecordRun[] {
  const page: RecordRun[] = [];
  let before = 0;
  for (const { partition, first, count } of runs) {
    const from = Math.max(0, offset - before);
    const to = Math.min(count, offset + size - before);
    if (from < to) page.push({ partition, first: first + from, count: to - from });
    before += count;
  }
  return page;
}

/** A variable's value is JSON text beside its name; all else holds values by name. */
function maskRecord(personal: PersonalData, valueType: string, value: JsonObject): JsonObject {
  const { name, value: text, decisionOutput, evaluatedDecisions, variables, ...rest } = value;
  const shown: JsonObject = { ...rest };
  if (name !== undefined) shown['name'] = name;
  if (text !== undefined) {
    const masked = valueType === 'VARIABLE' && typeof name === 'string' && typeof text === 'string' ? personal.mask(name, JSON.parse(text) as JsonValue) : { value: text, masked: false };
    shown['value'] = masked.masked ? JSON.stringify(masked.value) : text;
  }
  if (variables !== undefined) shown['variables'] = variables !== null && typeof variables === 'object' && !Array.isArray(variables) ? personal.maskAll(variables).variables : variables;
  if (decisionOutput !== undefined) shown['decisionOutput'] = decisionOutput;
  // Inputs are evaluated under free names, so personal data in them cannot be told apart: outputs and rules stay.
  if (Array.isArray(evaluatedDecisions)) shown['evaluatedDecisions'] = evaluatedDecisions.map((each) => (each !== null && typeof each === 'object' && !Array.isArray(each) ? { ...each, evaluatedInputs: [] } : each));
  return shown;
}

interface AuditRow {
  seq: string;
  at: Date;
  actor: string;
  actor_name: string | null;
  action: string;
  object: string;
  reason: string | null;
  before: JsonValue;
  after: JsonValue;
}

/** Audit entries about these objects, or about everything; newest first. */
export async function auditEntries(db: Database, objects: readonly string[] | null, paging: Paging): Promise<Page<AuditEntry>> {
  const query = db('app.audit_log as a');
  if (objects !== null) query.whereIn('a.object', [...objects]);
  const counted = (await query.clone().count({ count: '*' }).first()) as { count: string };
  const rows: AuditRow[] = await query.leftJoin('app.app_user as u', 'u.id', 'a.actor').select('a.*', { actor_name: 'u.name' }).orderBy('a.seq', 'desc').limit(paging.pageSize).offset(offsetOf(paging));
  const items = rows.map((row): AuditEntry => ({ id: row.seq, at: iso(row.at), actor: row.actor_name ?? row.actor, action: row.action, object: row.object, reason: row.reason, detail: row.before === null ? row.after : { before: row.before, after: row.after } }));
  return pageOf(items, counted.count, paging);
}
