import { execFile } from 'node:child_process';
import { readdir, truncate, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { ZBClient } from 'zeebe-node';
import { startEmbeddedPostgres } from '../../engine/database/embedded-postgres.ts';
import { freePort, freshFolder, removeFolders, ROOT, startProduct } from './product.ts';

vi.setConfig({ testTimeout: 120_000 });
afterAll(removeFolders);

/** A client that gives up at once when the gateway is gone. */
const connect = (port: number): ZBClient => new ZBClient(`127.0.0.1:${port}`, { loglevel: 'NONE', useTLS: false, retry: false } as ConstructorParameters<typeof ZBClient>[1] & object);

/** The one sentence (in two languages) that a start failing for a reason people can mend ends with. */
const lastLine = (output: string): string => output.trim().split('\n').at(-1) ?? '';

describe('npm start', () => {
  test('says where it is, who can sign in and how long each step took; keeps its data; ends cleanly on Ctrl-C', async () => {
    const first = await startProduct();
    await first.ready();
    expect(first.output()).toMatch(/ready:\s+http:\/\/localhost:\d+/);
    expect(first.output()).toContain(`127.0.0.1:${first.gatewayPort}`);
    expect(first.output()).toContain('示例 · 林涛');
    expect(first.output()).toMatch(/\d\.\d s {2}数据库 database/);
    const health = (await (await fetch(`${first.address}/api/health`)).json()) as { ok: boolean; parts: object };
    expect(health).toMatchObject({ ok: true, parts: { broker: true, procedures: true, readModel: true } });
    const client = connect(first.gatewayPort);
    const { processInstanceKey } = await client.createProcessInstance({ bpmnProcessId: 'rectification', variables: { caseNo: 'TS-1' } });
    await client.close();
    expect(await first.stop()).toBe(0);

    const again = await startProduct({ dataDir: first.dataDir });
    await again.ready();
    const later = connect(again.gatewayPort);
    await later.cancelProcessInstance(processInstanceKey);
    await later.close();
    expect(await again.stop()).toBe(0);
  });

  test('goes on after kill -9 under load, taking over the database server left behind, with everything that was acknowledged', async () => {
    const killed = await startProduct();
    await killed.ready();
    const acknowledged: string[] = [];
    const loading = connect(killed.gatewayPort);
    const load = Array.from({ length: 8 }, async () => {
      for (;;) acknowledged.push((await loading.createProcessInstance({ bpmnProcessId: 'rectification', variables: { caseNo: 'TS-1' } })).processInstanceKey);
    });
    const ended = Promise.allSettled(load);
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(100), { timeout: 60_000, interval: 5 });
    killed.child.kill('SIGKILL');
    await killed.exited;
    await ended;
    await loading.close();

    const again = await startProduct({ dataDir: killed.dataDir });
    await again.ready();
    const client = connect(again.gatewayPort);
    // Each can be canceled exactly once: it is there, and it is there one time.
    expect(new Set(acknowledged).size).toBe(acknowledged.length);
    for (const key of acknowledged) await client.cancelProcessInstance(key);
    await expect(client.cancelProcessInstance(acknowledged[0]!)).rejects.toMatchObject({ code: 5 });
    await client.close();
    expect(await again.stop()).toBe(0);
  });

  test('runs twice side by side with different settings, on a PostgreSQL server by URL', async () => {
    const port = await freePort();
    const server = await startEmbeddedPostgres({ dataDir: path.join(await freshFolder(), 'server'), settings: { listen_addresses: '127.0.0.1', port: String(port) } });
    await server.ensureDatabase('bank');
    const [own, remote] = await Promise.all([startProduct(), startProduct({ env: { DATABASE_URL: `postgres://guicheng@127.0.0.1:${port}/bank` } })]);
    await Promise.all([own.ready(), remote.ready()]);
    expect(await readdir(remote.dataDir)).not.toContain('postgres');
    expect(await Promise.all([own.stop(), remote.stop()])).toEqual([0, 0]);
    await server.stop();
  });

  test('a second copy on the same data folder is refused, and the first goes on', async () => {
    const first = await startProduct();
    await first.ready();
    const second = await startProduct({ dataDir: first.dataDir });
    expect(await second.exited).toBe(1);
    expect(lastLine(second.output())).toContain('Another Guicheng is already running');
    expect((await fetch(`${first.address}/api/health`)).status).toBe(200);
    expect(await first.stop()).toBe(0);
  });
});

describe('npm start says in one sentence what to mend, and exits with 1', () => {
  test('a port in use', async () => {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as net.AddressInfo;
    const product = await startProduct({ port });
    expect(await product.exited).toBe(1);
    expect(lastLine(product.output())).toMatch(new RegExp(`端口 ${port} 已被占用.* / Port ${port} is in use: .*PORT\\.$`));
    server.close();
  });

  test('a damaged data folder', async () => {
    const product = await startProduct();
    await product.ready();
    expect(await product.stop()).toBe(0);
    await truncate(path.join(product.dataDir, 'postgres', 'global', 'pg_control'), 10);
    const again = await startProduct({ dataDir: product.dataDir });
    expect(await again.exited).toBe(1);
    expect(lastLine(again.output())).toMatch(/is damaged or unusable \(.+\): restore a backup/);
  });

  test('a full disk', async () => {
    const folder = await freshFolder();
    const namespace = process.getuid?.() === 0 ? ['unshare', '-m'] : ['unshare', '-rm'];
    const product = await startProduct({ dataDir: path.join(folder, 'data'), prefix: [...namespace, 'sh', '-c', `mount -t tmpfs -o size=64m none '${folder}' && exec "$@"`, 'sh'] });
    expect(await product.exited).toBe(1);
    expect(lastLine(product.output())).toMatch(/磁盘空间不足.* \/ The disk that holds .* is full/);
  });

  test('a setting that is not valid, and a database that cannot be reached', async () => {
    const wrong = await startProduct({ env: { GATEWAY_PORT: 'abc' } });
    expect(await wrong.exited).toBe(1);
    expect(lastLine(wrong.output())).toContain('GATEWAY_PORT');
    const nobody = await startProduct({ env: { DATABASE_URL: `postgres://nobody@127.0.0.1:${await freePort()}/none` } });
    expect(await nobody.exited).toBe(1);
    expect(lastLine(nobody.output())).toMatch(/The database cannot be reached \(.*\): check DATABASE_URL/);
  });

  test('an older Node', async () => {
    const folder = await freshFolder();
    const preload = path.join(folder, 'old-node.cjs');
    await writeFile(preload, "Object.defineProperty(process.versions, 'node', { value: '18.20.0' });");
    const failed = await promisify(execFile)(process.execPath, ['--require', preload, 'engine/start.mjs'], { cwd: ROOT }).catch((error: { code: number; stderr: string }) => error);
    expect(failed).toMatchObject({ code: 1 });
    expect(lastLine((failed as { stderr: string }).stderr)).toMatch(/需要 Node 20\.19 或更高版本，当前是 18\.20\.0/);
  });

  test('listening beyond this machine without real accounts', async () => {
    const product = await startProduct({ env: { HOST: '0.0.0.0' } });
    expect(await product.exited).toBe(1);
    expect(lastLine(product.output())).toContain('npm run account');
  });
});
