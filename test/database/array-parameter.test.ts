import { afterAll, beforeAll, expect, test } from 'vitest';
import { bigintArray, textArray } from '../../engine/database/array-parameter.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const texts = async (values: (string | null)[]): Promise<unknown> => (await database.db.raw('select coalesce(json_agg(value order by at), $json$[]$json$::json) as values from unnest(?::text[]) with ordinality as each(value, at)', [textArray(values)])).rows[0].values;
const numbers = async (values: (number | bigint | string | null)[]): Promise<unknown> => (await database.db.raw('select array(select value::text from unnest(?::bigint[]) with ordinality as each(value, at) order by at) as values', [bigintArray(values)])).rows[0].values;

test('texts arrive as they are: quotes, backslashes, Chinese, emoji, empty and missing ones', async () => {
  const values = ['plain', '', 'a "quoted" \\ {brace}, comma', '投诉处理 🏦', null, 'NULL', 'two\nlines'];
  expect(await texts(values)).toEqual(values);
});

test('numbers arrive whole, also beyond 2^53', async () => {
  expect(await numbers([0, -1, '9007199254740993', 9223372036854775807n, null])).toEqual(['0', '-1', '9007199254740993', '9223372036854775807', null]);
});

test('no values are an empty array', async () => {
  expect(await texts([])).toEqual([]);
  expect(await numbers([])).toEqual([]);
});
