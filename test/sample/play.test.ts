import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installSampleOrganization } from '../../engine/identity/sample-organization.ts';
import { verifyAudit } from '../../engine/identity/audit.ts';
import { migrateAll } from '../../engine/migrations.ts';
import { playSample, type PlayResult } from '../../engine/sample/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const UNTIL = Date.parse('2026-11-20T16:00:00+08:00');
const DAYS = 45;
const FROM = UNTIL - DAYS * 86_400_000;
const MINUTES = 60_000;
/** A loaded machine may take its time. */
const PATIENCE = 15 * MINUTES;

interface Played {
  database: TestDatabase;
  result: PlayResult;
}

const folders: string[] = [];
let first: Played;
let again: Played;

async function play(seed: string, cases: number): Promise<Played> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'guicheng-sample-'));
  folders.push(dataDir);
  await migrateAll(database.db);
  await installSampleOrganization(database.db);
  return { database, result: await playSample(options(database, dataDir, seed, cases)) };
}

const options = (database: TestDatabase, dataDir: string, seed: string, cases: number) => ({ db: database.db, url: database.url, shippedDir: ROOT, dataDir, zone: 'Asia/Shanghai', publicUrl: 'http://localhost:3000', until: UNTIL, days: DAYS, seed, cases, log: pino({ level: 'silent' }) });

beforeAll(async () => {
  first = await play('one', 40);
  again = await play('one', 40);
}, PATIENCE);

afterAll(async () => {
  await Promise.all([first, again].map((played) => played?.database.drop()));
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

test('cases of every kind begin, and nothing goes wrong that was not meant to', async () => {
  const { db } = first.database;
  const begun: string[] = await db('read_model.process_instance').distinct('bpmn_process_id').whereNull('parent_instance_key').pluck('bpmn_process_id');

  expect(first.result.problems).toEqual([]);
  expect(begun).toEqual(expect.arrayContaining(['complaint_handling', 'service_appointment', 'service_application', 'service_consultation', 'customer_feedback', 'service_termination', 'risk_incident', 'violation_accountability', 'security_incident', 'service_improvement', 'staff_training', 'supervision_inspection', 'risk_assessment', 'emergency_drill']));
  expect(await db('read_model.incident').whereNot('message', 'like', '%示例%')).toEqual([]);
});

test('the ledgers and the task lists have something to show', async () => {
  const { db } = first.database;

  for (const table of ['record', 'complaint', 'appointment', 'service_application', 'risk_incident', 'violation_case', 'survey', 'survey_answer', 'notification', 'inbox_message', 'deadline', 'kpi_fact', 'customer_interaction', 'archive_item', 'task_state', 'stored_file', 'resource_slot', 'identity_check', 'consultation', 'knowledge_use', 'improvement', 'inspection', 'training_session', 'training_result', 'phone_call']) {
    expect(await db(`app.${table}`).first(), table).toBeDefined();
  }
  expect(await db('read_model.process_instance').where({ state: 'active' }).first()).toBeDefined();
  expect(await db('read_model.user_task').where({ state: 'open' }).first()).toBeDefined();
});

test('everything has happened in the time that was played', async () => {
  const { db } = first.database;
  const between = async (table: string, column: string): Promise<void> => {
    const [{ least, most }] = (await db(table).min({ least: column }).max({ most: column })) as [{ least: Date; most: Date }];
    expect([least.getTime() >= FROM, most.getTime() <= UNTIL], `${table}.${column}: ${least.toISOString()} to ${most.toISOString()}`).toEqual([true, true]);
  };

  await between('app.audit_log', 'at');
  await between('app.record', 'registered_at');
  await between('app.notification', 'created_at');
  await between('read_model.process_instance', 'started_at');
  await between('read_model.user_task', 'created_at');
  expect(await verifyAudit(db)).toMatchObject({ ok: true });
});

test('nothing has left the machine', async () => {
  const { db } = first.database;

  expect(await db('app.notification_log').where({ state: 'delivered' }).whereNot({ channel: 'in_app' })).toEqual([]);
  expect(await db('app.mail_outbox')).toEqual([]);
});

test('customers and staff say that they are samples', async () => {
  const { db } = first.database;

  expect(await db('app.customer').whereNot('name', 'like', '示例%')).toEqual([]);
  expect(await db('app.app_user').where({ sample: false })).toEqual([]);
  // What comes out of feedback that gave no name has the procedure's own words for it.
  expect(await db('app.complaint').whereNot({ source: 'feedback' }).whereNot('customer_name', 'like', '示例%')).toEqual([]);
});

test('the same seed gives the same data', async () => {
  const rows = ({ database: { db } }: Played) =>
    Promise.all([
      db('app.record').select('record_no', 'process_id', 'registered_at', 'outcome').orderBy('record_no'),
      db('app.complaint').select('complaint_no', 'customer_name', 'category', 'received_at', 'closed_at', 'satisfaction').orderBy('complaint_no'),
      db('app.notification').select('notification_no', 'template', 'created_at').orderBy('notification_no'),
      db('read_model.user_task').select('key', 'element_id', 'state', 'created_at', 'completed_at').orderBy('key'),
      db('app.audit_log').select('at', 'actor', 'action', 'object').orderBy('seq'),
    ]);

  expect(await rows(again)).toEqual(await rows(first));
});

test('a sample is refused where there is something already', async () => {
  await expect(playSample(options(first.database, folders[0]!, 'two', 40))).rejects.toThrow('空的数据目录');
  await expect(playSample(options(first.database, folders[0]!, 'two', 40))).rejects.toThrow('into an empty data folder');
});
