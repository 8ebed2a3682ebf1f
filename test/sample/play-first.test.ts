import { pino } from 'pino';
import { expect, inject, test } from 'vitest';
import { readConfig } from '../../engine/config.ts';
import { isLeftFromPlay, playFirst } from '../../engine/sample/play-first.ts';
import { createTestDatabase } from '../support/database.ts';

test('a product that other machines can reach gets no sample', async () => {
  const config = readConfig({ HOST: '0.0.0.0' }, '/');
  const played = playFirst({ order: { seed: 'one', cases: 1 }, config, root: '/', log: pino({ level: 'silent' }), publicUrl: 'http://localhost', onStop: () => undefined });

  await expect(played).rejects.toThrow(/^示例数据只供本机查看.* \/ The sample is for this machine alone/);
});

test('a server of a killed play is known by its commits, unless somebody works on it', async () => {
  const database = await createTestDatabase();
  const hasty = `${database.url}?options=-c%20synchronous_commit%3Doff`;

  expect(await isLeftFromPlay(database.url)).toBe(false);
  expect(await isLeftFromPlay(hasty)).toBe(true);
  expect(await isLeftFromPlay(inject('postgresUrl').replace(/\/postgres$/, '/no_such_database'))).toBe(true);
  await database.drop();
});
