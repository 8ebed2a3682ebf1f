import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../engine/database/migrate.ts';
import { findUser, membersOnDuty, readDirectory } from '../../engine/identity/directory.ts';
import { manualGroups } from '../../engine/identity/groups.ts';
import { identityMigrations } from '../../engine/identity/migrations/index.ts';
import { installSampleOrganization } from '../../engine/identity/sample-organization.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.db, 'app', identityMigrations);
  await installSampleOrganization(database.db);
});
afterAll(() => database.drop());

test('sample organization > has somebody in every group of the manual, all marked as samples', async () => {
  const { users, groups } = await readDirectory(database.db);
  expect(groups.map((group) => group.id)).toEqual(manualGroups.map((group) => group.id));
  for (const group of groups) expect(users.some((user) => user.groups.includes(group.id)), group.id).toBe(true);
  for (const user of users) expect(user.name.startsWith('示例 · ')).toBe(true);
  expect(await membersOnDuty(database.db, 'complaint_committee')).toHaveLength(3);
});

test('sample organization > installed again it overwrites nothing', async () => {
  // given
  await database.db('app.app_user').where({ id: 'wanglei' }).update({ title: '改过的职务' });

  // when
  await installSampleOrganization(database.db);

  // then
  expect(await findUser(database.db, 'wanglei')).toMatchObject({ title: '改过的职务' });
  expect(await findUser(database.db, 'nobody')).toBeNull();
});

test('directory > people off duty and excluded people are no members', async () => {
  // given
  await database.db('app.app_user').where({ id: 'wutao' }).update({ duty: 'suspended' });

  // then
  expect((await membersOnDuty(database.db, 'complaint_committee', { exclude: ['sunyi'] })).map((user) => user.id)).toEqual(['zhengjie']);
  expect((await membersOnDuty(database.db, 'complaint_investigator', { dept: 'rights' })).map((user) => user.id)).toEqual(['zhouning']);
});
