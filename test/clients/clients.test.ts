import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Broker } from '../../engine/broker/index.ts';
import { MemoryStore } from '../../engine/broker/store/memory/memory-store.ts';
import { systemClock } from '../../engine/contract/clock.ts';
import { startGateway, type Gateway } from '../../engine/gateway/gateway-service.ts';
import { error } from '../conformance/diagrams.ts';
import { boundary, bpmn, chain, end, errorEvent, message, messageEvent, serviceTask, start } from '../support/bpmn.ts';
import { built, LANGUAGES, missingOf, type Language } from './languages.ts';

/** The first time a client's libraries have to be fetched. */
const BUILD_MS = 600_000;
const WORK_MS = 120_000;

/** The engine on one port and one store, which may stop and start again. */
class Engine {
  private readonly store = new MemoryStore();
  private broker!: Broker;
  private gateway!: Gateway;
  address = '';

  async start(): Promise<void> {
    this.broker = new Broker({ stores: [this.store], clock: systemClock, onError: (failure) => expect.unreachable(failure.message) });
    await this.broker.start();
    this.gateway = await startGateway({ broker: this.broker, clock: systemClock, port: Number(this.address.split(':')[1] ?? 0) });
    this.address = this.gateway.address;
  }

  async stop(): Promise<void> {
    await this.gateway.stop();
    await this.broker.stop();
  }

  async deploy(name: string, content: string): Promise<void> {
    expect(await this.broker.submit({ type: 'deploy_resources', resources: [{ name, content, checksum: name }] })).toMatchObject({ ok: true });
  }

  async create(bpmnProcessId: string): Promise<void> {
    expect(await this.broker.submit({ type: 'create_process_instance', bpmnProcessId, processDefinitionKey: '0', version: -1, variables: {} })).toMatchObject({ ok: true });
  }
}

/** A running client and what it says. */
class Client {
  private readonly process: ChildProcess;
  private said = '';
  private complaints = '';
  ended: number | null = null;

  constructor([program, ...args]: [string, ...string[]], ...more: string[]) {
    this.process = spawn(program, [...args, ...more], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.process.stdout!.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
    this.process.stderr!.on('data', (chunk: Buffer) => (this.complaints += chunk.toString()));
    this.process.on('close', (code) => (this.ended = code ?? -1));
  }

  get lines(): string[] {
    return this.said.trim().split('\n');
  }

  /** Resolves once it has said `count` lines that begin so. */
  async says(beginning: string, count = 1): Promise<void> {
    for (const until = Date.now() + WORK_MS; this.lines.filter((line) => line.startsWith(beginning)).length < count; await sleep(50)) {
      if (this.ended !== null || Date.now() > until) throw new Error(`the client ${this.ended === null ? 'does not say' : `has ended (${this.ended}) without saying`} '${beginning}' ${count} times.\n${this.said}\n${this.complaints.slice(-3000)}`);
    }
  }

  async finished(): Promise<string[]> {
    for (const until = Date.now() + WORK_MS; this.ended === null && Date.now() < until; ) await sleep(50);
    if (this.ended !== 0) throw new Error(`the client ended with ${this.ended}.\n${this.said}\n${this.complaints.slice(-3000)}`);
    return this.lines;
  }

  async stop(): Promise<void> {
    this.process.kill('SIGKILL');
    while (this.ended === null) await sleep(10);
  }
}

const running: Client[] = [];
const engine = new Engine();
const folder = mkdtempSync(path.join(os.tmpdir(), 'guicheng-clients-'));

beforeAll(() => engine.start());
afterEach(async () => {
  for (const client of running.splice(0)) await client.stop();
});
afterAll(async () => {
  await engine.stop();
  rmSync(folder, { recursive: true });
});

function clientOf(language: Language, ...args: string[]): Client {
  const client = new Client(language.command(built(language)), ...args);
  running.push(client);
  return client;
}

function writeDiagrams(name: string): void {
  const id = (what: string): string => `${name}-${what}`;
  writeFileSync(path.join(folder, `${id('double')}.bpmn`), bpmn(id('double'), start() + serviceTask('a', id('double')) + end() + chain('start', 'a', 'end')));
  writeFileSync(path.join(folder, `${id('trouble')}.bpmn`), bpmn(id('trouble'), start() + serviceTask('a', id('trouble')) + end() + chain('start', 'a', 'end') + boundary('caught', 'a', errorEvent('e')) + end('mended') + chain('caught', 'mended'), error('e', 'trouble')));
  writeFileSync(path.join(folder, `${id('waiting')}.bpmn`), bpmn(id('waiting'), start() + `<bpmn:intermediateCatchEvent id="w">${messageEvent('m')}</bpmn:intermediateCatchEvent>` + end() + chain('start', 'w', 'end'), message('m', id('paid'), '=key')));
}

for (const language of LANGUAGES) {
  const missing = missingOf(language);
  if (missing.length > 0 && process.env['CI'] !== 'true') {
    process.stderr.write(`NOT CHECKED: the ${language.name} client, because ${missing.join(', ')} is not installed here.\n`);
    continue;
  }
  describe(`an unchanged ${language.name} client`, { timeout: BUILD_MS }, () => {
    beforeAll(() => {
      expect(missing, 'programs that are not installed').toEqual([]);
      built(language);
    }, BUILD_MS);

    test('deploys, works 20 instances to their results by polling and by stream, fails with back-off, throws an error, publishes a message', async () => {
      writeDiagrams(language.name);
      const said = await clientOf(language, 'story', engine.address, folder).finished();
      expect(said.slice(0, 4)).toEqual(['results false 90', 'results true 90', 'trouble 2 {}', 'message {"amount":3}']);
    });

    test.each(['poll', ...(language.streams ? ['stream'] : [])])('goes on by itself after the engine was away (%s)', async (how) => {
      // given
      const type = `${language.name}-${how}`;
      await engine.deploy(`${type}.bpmn`, bpmn(type, start() + serviceTask('a', type) + end() + chain('start', 'a', 'end')));
      const client = clientOf(language, 'work', engine.address, type, how);
      await client.says('ready');
      await engine.create(type);
      await client.says('did', 1);

      // when
      await engine.stop();
      await sleep(1500);
      await engine.start();
      await engine.create(type);

      // then
      await client.says('did', 2);
      await engine.create(type);
      await client.says('did', 3);
      expect(client.ended).toBeNull();
    });
  });
}
