import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, type Migration } from '../../engine/database/migrate.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const steps: Migration[] = [
  {
    name: '0001-thing',
    async up(db) {
      await db.schema.withSchema('room').createTable('thing', (table) => table.bigInteger('key').primary());
    },
  },
];

test('migrations run once, and a second run changes nothing', async () => {
  // given
  await migrate(database.db, 'room', steps);
  await database.db('room.thing').insert({ key: '9007199254740993' });

  // when
  await migrate(database.db, 'room', steps);

  // then: keys beyond 2^53 come back whole
  expect(await database.db('room.thing').pluck('key')).toEqual(['9007199254740993']);
});
