import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, expect, test, vi } from 'vitest';
import type { Database } from '../../engine/database/connect.ts';
import { allRecords, catchUp, compare, lookInside, readModel, rebuildReadModel, runningInstances } from '../chaos/inside.ts';
import { Load } from '../chaos/load.ts';
import { replay } from '../chaos/replay.ts';
import { freshFolder, removeFolders, ROOT, startProduct } from '../start/product.ts';

vi.setConfig({ testTimeout: 240_000 });
afterAll(removeFolders);

/** The command as a person runs it: its exit code and what it said. */
async function run(what: 'backup' | 'restore', dataDir: string, ...args: string[]): Promise<{ code: number; said: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['engine/backup.mjs', what, ...args], { cwd: ROOT, env: { ...process.env, DATA_DIR: dataDir } });
    return { code: 0, said: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}

test('a backup made under load, restored elsewhere, has what was acknowledged before it, is whole in itself, and goes on', async () => {
  // given: an installation at work, with an attached file
  const first = await startProduct({ env: { LOG_LEVEL: 'error' } });
  await first.ready();
  await mkdir(path.join(first.dataDir, 'files', 'ab'), { recursive: true });
  await writeFile(path.join(first.dataDir, 'files', 'ab', 'abc'), Buffer.from([0, 1, 2, 255]));
  const load = new Load(`127.0.0.1:${first.gatewayPort}`);
  await load.deploy();
  load.begin(8);
  await pause(3000);
  const before = [...load.created.values()];
  const file = path.join(await freshFolder(), 'one.backup');

  // when
  const made = await run('backup', first.dataDir, file);
  expect(made).toMatchObject({ code: 0 });
  expect(made.said).toContain(file);
  const after = load.created.size;
  await pause(1000);
  await load.stop();
  load.close();
  expect(load.wrong).toEqual([]);
  expect(await first.stop()).toBe(0);
  const application = await lookInside(first.dataDir, applicationRows);
  const dataDir = path.join(await freshFolder(), 'data');
  expect(await run('restore', dataDir, file)).toMatchObject({ code: 0 });

  // then: it went on meanwhile, and the backup is as of one moment
  expect(after).toBeGreaterThan(before.length);
  expect(before.length).toBeGreaterThan(20);
  const running = await lookInside(dataDir, async (db, url) => {
    const seen = replay(await allRecords(url));
    await compare(db, url, seen);
    expect(before.filter((key) => !seen.created.has(key))).toEqual([]);
    expect(await applicationRows(db)).toEqual(application);
    return runningInstances(db);
  });
  expect(running).toBeGreaterThan(0);
  expect(await readFile(path.join(dataDir, 'files', 'ab', 'abc'))).toEqual(Buffer.from([0, 1, 2, 255]));
  for (const key of await readdir(path.join(first.dataDir, 'keys'))) expect(await readFile(path.join(dataDir, 'keys', key))).toEqual(await readFile(path.join(first.dataDir, 'keys', key)));
  expect((await stat(file)).mode & 0o077).toBe(0);

  // and: the restored installation takes up work where it was
  const second = await startProduct({ dataDir, env: { LOG_LEVEL: 'error' } });
  await second.ready();
  const more = new Load(`127.0.0.1:${second.gatewayPort}`);
  more.begin(2);
  await pause(1500);
  expect(more.created.size).toBeGreaterThan(0);
  await more.stop();
  more.close();
  expect(more.wrong).toEqual([]);
  expect(await second.stop()).toBe(0);
  await lookInside(dataDir, async (db, url) => {
    await compare(db, url, replay(await allRecords(url)));
    await catchUp(db, url);
    const asIs = await readModel(db);
    await rebuildReadModel(db, url);
    expect(await readModel(db)).toEqual(asIs);
  });
});

test('what cannot be restored is refused in one sentence, and nothing is half done', async () => {
  // given
  const folder = await freshFolder();
  const source = path.join(folder, 'source');
  const file = path.join(folder, 'whole.backup');
  await mkdir(path.join(source, 'keys'), { recursive: true });
  await writeFile(path.join(source, 'keys', 'session.key'), 'secret');
  expect(await run('backup', source, file)).toMatchObject({ code: 0 });
  const bytes = await readFile(file);
  const cut = path.join(folder, 'cut.backup');
  await writeFile(cut, bytes.subarray(0, bytes.length - 20));
  const other = path.join(folder, 'other.backup');
  await writeFile(other, 'no backup at all');

  // then
  for (const [name, sentence] of [[cut, 'is not a whole backup'], [other, 'is not a whole backup'], [path.join(folder, 'missing'), 'There is no backup']] as const) {
    const dataDir = path.join(await freshFolder(), 'data');
    const refused = await run('restore', dataDir, name);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.said).toContain(sentence);
    expect(refused.said.trim().split('\n').filter((line) => !line.includes('Building'))).toHaveLength(1);
    expect(await readdir(path.join(dataDir, 'keys')).catch(() => [])).toEqual([]);
  }
  const occupied = await run('restore', source, file);
  expect(occupied).toMatchObject({ code: 1 });
  expect(occupied.said).toContain('holds data already');
  expect((await run('restore', folder)).said).toContain('npm run restore');
});

/** A digest of every table that the load does not touch, by table; those with rows. */
async function applicationRows(db: Database): Promise<Record<string, string>> {
  const { rows: tables } = await db.raw<{ rows: { name: string }[] }>("select table_name as name from information_schema.tables where table_schema = 'app' and table_name not like 'migration%' order by 1");
  const all: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await db.raw<{ rows: { digest: string | null }[] }>('select md5(string_agg(t::text, chr(10) order by t::text)) as digest from app.?? t', [name]);
    if (rows[0]!.digest !== null) all[name] = rows[0]!.digest;
  }
  expect(Object.keys(all).length).toBeGreaterThan(5);
  return all;
}
