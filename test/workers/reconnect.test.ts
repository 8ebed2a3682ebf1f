import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startWorkers } from '../../engine/workers/start-workers.ts';
import { startTestEngine } from '../support/engine.ts';

/** A way to the gateway that can be cut and mended on the same port. */
async function cuttableWay(target: string): Promise<{ address: string; cut(): Promise<void>; mend(): Promise<void> }> {
  const [host, port] = target.split(':') as [string, string];
  const sockets = new Set<Socket>();
  let server: Server;
  let at = 0;
  const open = async (): Promise<void> => {
    server = createServer((client) => {
      const upstream = connect(Number(port), host);
      for (const socket of [client, upstream]) {
        sockets.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => sockets.delete(socket));
      }
      client.pipe(upstream).pipe(client);
    });
    await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
    at = (server.address() as AddressInfo).port;
  };
  await open();
  return {
    address: `127.0.0.1:${at}`,
    async cut() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
    mend: open,
  };
}

test('workers come back by themselves after the gateway was away, and say so once', async () => {
  // given: the harness's own workers stop, ours reach the gateway through a way that can be cut
  const engine = await startTestEngine({ now: '2026-09-17T16:20:00+08:00', processes: ['complaint_handling'] });
  await engine.workers.stop();
  const way = await cuttableWay(engine.gatewayAddress);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'guicheng-workers-'));
  const problems: string[] = [];
  const workers = await startWorkers({ gatewayAddress: way.address, db: engine.db, clock: engine.clock, archiveKeyFile: path.join(folder, 'key'), watchIntervalMs: 0, onProblem: (message) => void problems.push(message) });
  const registered = async (count: number): Promise<void> => {
    await expect.poll(async () => (await engine.db('app.complaint')).length, { timeout: 25_000, interval: 100 }).toBe(count);
  };
  await workers.engine.createInstance('complaint_handling', {});
  await registered(1);

  // when
  await way.cut();
  await expect.poll(() => problems.length, { timeout: 20_000 }).toBeGreaterThan(0);
  await way.mend();

  // then
  await expect.poll(() => workers.engine.createInstance('complaint_handling', {}).then(() => true, () => false), { timeout: 25_000, interval: 250 }).toBe(true);
  await registered(2);
  expect(problems.filter((message) => message.includes('have lost the gateway'))).toHaveLength(1);
  await workers.stop();
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
}, 90_000);

test("the workers' gRPC library is the product's own: the one published with zeebe-node 8.3.2 can freeze the process when a connection goes (grpc-node issue 2604)", () => {
  const require = createRequire(import.meta.url);
  const ofWorkers = createRequire(require.resolve('zeebe-node')).resolve('@grpc/grpc-js');
  expect(ofWorkers).toBe(require.resolve('@grpc/grpc-js'));
});
