import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkPassword, createAccount } from '../../engine/identity/accounts.ts';
import { hashPassword, verifyPassword } from '../../engine/identity/passwords.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { prepareDatabase } from '../support/stack.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await prepareDatabase(database);
});
afterAll(() => database.drop());

const account = { id: 'reader', name: '示例 · 读者', password: 'correct horse battery', roles: ['staff'] as const, groups: ['cs_frontdesk'] };

test('a password is hashed with a salt of its own and recognized', async () => {
  const [one, two] = await Promise.all([hashPassword('same password'), hashPassword('same password')]);
  expect(one).not.toBe(two);
  expect([await verifyPassword('same password', one), await verifyPassword('other', one), await verifyPassword('', null)]).toEqual([true, false, false]);
});

test('an account signs in with its password alone', async () => {
  const created = await createAccount(database.db, account, 'cli', 0);
  expect(created).toMatchObject({ id: 'reader', roles: ['staff'], groups: ['cs_frontdesk'], sample: false });
  expect(await checkPassword(database.db, 'reader', account.password)).toMatchObject({ id: 'reader' });
  expect(await checkPassword(database.db, 'reader', 'wrong')).toBeNull();
  expect(await checkPassword(database.db, 'nobody', account.password)).toBeNull();
  expect(await checkPassword(database.db, 'wanglei', '')).toBeNull();
});

test('an account needs a fresh name and a long password', async () => {
  await expect(createAccount(database.db, account, 'cli', 0)).rejects.toMatchObject({ code: 'exists' });
  await expect(createAccount(database.db, { ...account, id: 'short', password: 'elevensigns' }, 'cli', 0)).rejects.toMatchObject({ code: 'bad_request' });
  await expect(createAccount(database.db, { ...account, id: 'Bad Name' }, 'cli', 0)).rejects.toMatchObject({ code: 'bad_request' });
});
