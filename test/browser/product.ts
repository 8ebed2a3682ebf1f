import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const START_TIMEOUT_MS = 90_000;
const STOP_TIMEOUT_MS = 20_000;

/** The product as a person starts it: `node engine/start.mjs` on free ports with a data folder of its own. */
export class Product {
  readonly address: string;
  readonly gatewayAddress: string;
  private readonly process: ChildProcess;
  private readonly dataDir: string;
  private output = '';

  private constructor(process: ChildProcess, dataDir: string, ports: { web: number; gateway: number }) {
    this.process = process;
    this.dataDir = dataDir;
    this.address = `http://localhost:${ports.web}`;
    this.gatewayAddress = `127.0.0.1:${ports.gateway}`;
    for (const stream of [process.stdout, process.stderr]) stream?.on('data', (chunk: Buffer) => void (this.output += chunk.toString()));
  }

  /** Resolves when every part says it is healthy. Throws with the product's own output when it does not start. */
  static async start(): Promise<Product> {
    const dataDir = await mkdtemp(path.join(os.tmpdir(), 'guicheng-story-'));
    const ports = { web: await freePort(), gateway: await freePort() };
    const child = spawn(process.execPath, ['engine/start.mjs'], {
      cwd: ROOT,
      env: { ...process.env, DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: String(ports.web), GATEWAY_PORT: String(ports.gateway), DATABASE_URL: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const product = new Product(child, dataDir, ports);
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!(await product.healthy())) {
      if (child.exitCode !== null || Date.now() > deadline) {
        child.kill('SIGKILL');
        throw new Error(`the product did not start:\n${product.output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return product;
  }

  private async healthy(): Promise<boolean> {
    try {
      return (await fetch(`${this.address}/api/health`)).ok;
    } catch {
      // Not listening yet.
      return false;
    }
  }

  /** Ends it as Ctrl-C does; resolves with its exit code, null when it had to be killed. */
  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.process.once('exit', (code) => resolve(code)));
    const code = this.process.exitCode;
    if (code === null) this.process.kill('SIGINT');
    const timer = setTimeout(() => this.process.kill('SIGKILL'), STOP_TIMEOUT_MS);
    const result = code ?? (await ended);
    clearTimeout(timer);
    await rm(this.dataDir, { recursive: true, force: true });
    return result;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('expected a port from the operating system, but got none');
  return address.port;
}
