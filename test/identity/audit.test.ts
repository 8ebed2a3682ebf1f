import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../engine/database/migrate.ts';
import { appendAudit, verifyAudit, type AuditEntry } from '../../engine/identity/audit.ts';
import { identityMigrations } from '../../engine/identity/migrations/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
  await migrate(database.db, 'app', identityMigrations);
});
afterEach(() => database.drop());

const entry = (object: string): AuditEntry => ({ at: Date.parse('2026-11-23T09:00:00.123+08:00'), actor: 'zhaoyu', role: 'admin', ip: '127.0.0.1', action: 'variable.set', object, reason: '更正', before: { b: 1.5, a: [1, 'x', null] }, after: { z: null, m: { k: true } } });

/** Changes a row the way somebody with the database's own password could. */
async function tamper(statement: string): Promise<void> {
  await database.db.raw('alter table app.audit_log disable trigger user');
  await database.db.raw(statement);
  await database.db.raw('alter table app.audit_log enable trigger user');
}

test('audit > the chain holds over rows and over the order of keys', async () => {
  // when
  for (const object of ['a', 'b', 'c']) await appendAudit(database.db, entry(object));

  // then
  expect(await verifyAudit(database.db)).toMatchObject({ ok: true, rows: 3, brokenAt: null });
});

test('audit > 30 appends at once make one chain', async () => {
  // when
  await Promise.all(Array.from({ length: 30 }, (_, index) => appendAudit(database.db, entry(`case:${index}`))));

  // then
  expect(await verifyAudit(database.db)).toMatchObject({ ok: true, rows: 30 });
});

test('audit > an entry of a transaction that fails is not there, and leaves no gap in the chain', async () => {
  // when
  await expect(
    database.db.transaction(async (trx) => {
      await appendAudit(trx, entry('lost'));
      throw new Error('rolled back');
    }),
  ).rejects.toThrow('rolled back');
  await appendAudit(database.db, entry('kept'));

  // then
  expect(await verifyAudit(database.db)).toMatchObject({ ok: true, rows: 1 });
});

test('audit > rows cannot be changed, deleted or emptied', async () => {
  await appendAudit(database.db, entry('a'));
  await expect(database.db('app.audit_log').update({ actor: 'x' })).rejects.toThrow('append-only');
  await expect(database.db('app.audit_log').delete()).rejects.toThrow('append-only');
  await expect(database.db.raw('truncate app.audit_log')).rejects.toThrow('append-only');
});

test.each([
  ['a changed value', `update app.audit_log set after = '{"m":{"k":false},"z":null}' where seq = 2`, '2'],
  ['a changed time', `update app.audit_log set at = at + interval '1 millisecond' where seq = 2`, '2'],
  ['a missing row', 'delete from app.audit_log where seq = 2', '3'],
  ['rows exchanged', `update app.audit_log set object = case seq when 1 then 'b' else 'a' end where seq in (1, 2)`, '1'],
])('audit > %s is found', async (_, statement, brokenAt) => {
  // given
  for (const object of ['a', 'b', 'c']) await appendAudit(database.db, entry(object));

  // when
  await tamper(statement);

  // then
  expect(await verifyAudit(database.db)).toMatchObject({ ok: false, brokenAt });
});
