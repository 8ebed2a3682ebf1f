import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { ZBClient } from 'zeebe-node';
import { startEmbeddedPostgres } from '../../engine/database/embedded-postgres.ts';
import { freshFolder, removeFolders, startProduct, type Product } from './product.ts';

vi.setConfig({ testTimeout: 180_000 });
afterAll(removeFolders);

const connect = (port: number): ZBClient => new ZBClient(`127.0.0.1:${port}`, { loglevel: 'NONE', useTLS: false, retry: false } as ConstructorParameters<typeof ZBClient>[1] & object);

async function createInstance(product: Product): Promise<string> {
  const client = connect(product.gatewayPort);
  try {
    return (await client.createProcessInstance({ bpmnProcessId: 'rectification', variables: { caseNo: 'TS-1' } })).processInstanceKey;
  } finally {
    await client.close();
  }
}

async function cancelInstance(product: Product, key: string): Promise<void> {
  const client = connect(product.gatewayPort);
  try {
    await client.cancelProcessInstance(key);
  } finally {
    await client.close();
  }
}

test('PostgreSQL killed under the running product is started anew, and the product goes on by itself with all it had', async () => {
  const product = await startProduct();
  await product.ready();
  const key = await createInstance(product);
  const pidFile = path.join(product.dataDir, 'postgres', 'postmaster.pid');
  const pid = Number((await readFile(pidFile, 'utf8')).split('\n')[0]);
  process.kill(pid, 'SIGKILL');
  await expect.poll(async () => Number((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0]), { timeout: 60_000 }).not.toBe(pid);
  await expect.poll(() => createInstance(product).then(() => 'works', (error: Error) => error.message), { timeout: 60_000, interval: 250 }).toBe('works');
  await cancelInstance(product, key);
  await product.ready();
  expect(product.child.exitCode).toBeNull();
  expect(await product.stop()).toBe(0);
});

test('a second product on the same database stands by, and takes over when the first is killed', async () => {
  const postgres = await startEmbeddedPostgres({ dataDir: path.join(await freshFolder(), 'shared') });
  try {
    await postgres.ensureDatabase('shared');
    const env = { DATABASE_URL: postgres.url('shared') };
    const first = await startProduct({ env });
    await first.ready();
    const key = await createInstance(first);
    const second = await startProduct({ env });
    await expect.poll(() => second.output(), { timeout: 60_000 }).toContain('standing by');
    await expect(fetch(`${second.address}/api/health`)).rejects.toThrow();
    first.child.kill('SIGKILL');
    await first.exited;
    await second.ready();
    await cancelInstance(second, key);
    expect(await second.stop()).toBe(0);
  } finally {
    await postgres.stop();
  }
});
