import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { Broker } from '../../engine/broker/index.ts';
import { MemoryStore } from '../../engine/broker/store/memory/memory-store.ts';
import { brokerMigrations } from '../../engine/broker/store/migrations/index.ts';
import { PostgresStore } from '../../engine/broker/store/postgres/postgres-store.ts';
import { VirtualClock } from '../../engine/contract/clock.ts';
import type { Session } from '../../engine/contract/api.ts';
import type { JsonObject } from '../../engine/contract/json.ts';
import { migrate } from '../../engine/database/migrate.ts';
import { startGateway, type Gateway } from '../../engine/gateway/gateway-service.ts';
import { startRest } from '../../engine/gateway/rest/rest-service.ts';
import { identityMigrations } from '../../engine/identity/migrations/index.ts';
import { installSampleOrganization } from '../../engine/identity/sample-organization.ts';
import { notificationMigrations } from '../../engine/notifications/migrations/index.ts';
import { projectionMigrations, startProjection, type Projection, type RecordSource } from '../../engine/projection/index.ts';
import { installCalendar } from '../../engine/workers/calendar/calendar-store.ts';
import { workerMigrations } from '../../engine/workers/migrations/index.ts';
import { apiMigrations, createApi, createGatewayClient, type Api, type ApiOptions, type GatewayClient } from '../../engine/api/index.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

/** Schemas `app` and `read_model` with the sample organization in them. */
export async function prepareDatabase(database: TestDatabase): Promise<void> {
  await migrate(database.db, 'app', [...identityMigrations, ...notificationMigrations, ...workerMigrations, ...apiMigrations]);
  await migrate(database.db, 'read_model', projectionMigrations);
  await installSampleOrganization(database.db);
  await installCalendar(database.db, Date.parse('2026-01-01T00:00:00Z'));
}

/** The embedded broker's records as the projection reads them. */
export function recordsOf(broker: Broker): RecordSource {
  return { partitions: broker.partitionCount, read: (partition, after, limit) => broker.readRecords(partition, after, limit), subscribe: (listener) => broker.onRecords(listener), latestPosition: async (partition) => broker.lastPosition(partition) };
}

/** Everything behind the web application, over real ports: broker, gateway, projection, database, API. */
export class TestStack {
  readonly clock = new VirtualClock('2026-09-17T08:20:00Z');
  readonly errors: Error[] = [];
  database!: TestDatabase;
  broker!: Broker;
  engine!: GatewayClient;
  projection!: Projection;
  url = '';
  private gateway!: Gateway;
  private rest!: Gateway;
  private api!: Api;
  private server!: Server;
  private folder = '';

  /** @param log where the broker keeps its records: in memory unless told otherwise */
  static async start(options: Partial<ApiOptions> = {}, log: 'memory' | 'database' = 'memory'): Promise<TestStack> {
    const stack = new TestStack();
    stack.database = await createTestDatabase();
    if (log === 'database') await migrate(stack.database.db, 'broker', brokerMigrations);
    await prepareDatabase(stack.database);
    stack.folder = await mkdtemp(path.join(os.tmpdir(), 'guicheng-api-'));
    stack.broker = new Broker({ stores: [log === 'database' ? new PostgresStore(stack.database.url, 1) : new MemoryStore()], clock: stack.clock, onError: (error) => void stack.errors.push(error) });
    await stack.broker.start();
    stack.gateway = await startGateway({ broker: stack.broker, clock: stack.clock, port: 0 });
    stack.rest = await startRest({ broker: stack.broker, clock: stack.clock, port: 0 });
    stack.engine = createGatewayClient({ address: stack.gateway.address, restAddress: stack.rest.address });
    const source = options.source ?? recordsOf(stack.broker);
    stack.projection = await startProjection({ db: stack.database.db, source, clock: stack.clock, onError: (error) => void stack.errors.push(error) });
    stack.api = createApi({
      db: stack.database.db,
      projection: stack.projection,
      source,
      engine: stack.engine,
      clock: stack.clock,
      zone: 'Asia/Shanghai',
      dataDir: stack.folder,
      webDir: null,
      samplePeople: true,
      sessionSecret: 'a secret of the tests, long enough for a session',
      secureCookies: false,
      shippedDir: path.resolve(import.meta.dirname, '../..'),
      log: pino({ level: 'silent' }),
      ...options,
    });
    stack.server = createServer(stack.api.app).listen(0, '127.0.0.1');
    await new Promise((resolve) => stack.server.once('listening', resolve));
    stack.url = `http://127.0.0.1:${(stack.server.address() as AddressInfo).port}`;
    return stack;
  }

  /** `host:port` for job workers. */
  get gatewayAddress(): string {
    return this.gateway.address;
  }

  async stop(): Promise<void> {
    this.api.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.projection.stop();
    this.engine.close();
    await this.rest.stop();
    await this.gateway.stop();
    await this.broker.stop();
    await this.database.drop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Deploys files and waits until pages know them. */
  async deploy(files: Record<string, string>): Promise<void> {
    await this.engine.deployResources(Object.entries(files).map(([name, content]) => ({ name, content })));
    await this.caughtUp();
  }

  /** Starts an instance and waits until pages know it; its key. */
  async create(bpmnProcessId: string, variables: JsonObject = {}): Promise<string> {
    const { processInstanceKey } = await this.engine.createInstance(bpmnProcessId, variables);
    await this.caughtUp();
    return processInstanceKey;
  }

  async caughtUp(): Promise<void> {
    await this.broker.idle();
    if (!(await this.projection.waitFor(1, this.broker.lastPosition(1), 10_000))) throw new Error(`the projection stands at ${this.projection.position(1)}: ${this.errors.map(String).join('; ')}`);
  }

  /** A browser nobody has signed in to. */
  browser(): Browser {
    return new Browser(this.url);
  }

  /** A browser signed in as a sample person. */
  async as(sampleUserId: string): Promise<Browser> {
    const browser = this.browser();
    await browser.signIn({ sampleUserId });
    return browser;
  }
}

export interface Answer<T = any> {
  status: number;
  body: T;
  headers: Headers;
}

/** Cookies and CSRF token as a browser keeps them. */
export class Browser {
  readonly cookies = new Map<string, string>();
  csrfToken = '';
  private readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  async signIn(credentials: object): Promise<Answer<Session>> {
    this.csrfToken = (await this.get<Session>('/session')).body.csrfToken;
    const answer = await this.post<Session>('/session', credentials);
    if (answer.status === 200) this.csrfToken = answer.body.csrfToken;
    return answer;
  }

  get<T = any>(path: string): Promise<Answer<T>> {
    return this.send('GET', path);
  }

  post<T = any>(path: string, body: unknown = {}): Promise<Answer<T>> {
    return this.send('POST', path, JSON.stringify(body));
  }

  put<T = any>(path: string, body: unknown): Promise<Answer<T>> {
    return this.send('PUT', path, JSON.stringify(body));
  }

  delete<T = any>(path: string): Promise<Answer<T>> {
    return this.send('DELETE', path);
  }

  upload<T = any>(path: string, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Answer<T>> {
    const form = new FormData();
    form.append('file', new Blob([bytes]), name);
    return this.send('POST', path, form);
  }

  /** The raw response, for streams and downloads. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers: Record<string, string> = { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '), ...(init.headers as Record<string, string> | undefined) };
    if (init.method !== undefined && init.method !== 'GET' && this.csrfToken !== '') headers['x-csrf-token'] = this.csrfToken;
    const response = await fetch(`${this.url}/api${path}`, { ...init, headers });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      this.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return response;
  }

  private async send<T>(method: string, path: string, body?: BodyInit): Promise<Answer<T>> {
    const response = await this.fetch(path, { method, ...(body === undefined ? {} : { body }), ...(typeof body === 'string' ? { headers: { 'content-type': 'application/json' } } : {}) });
    const text = await response.text();
    const json = (response.headers.get('content-type') ?? '').includes('json');
    return { status: response.status, body: (json && text !== '' ? JSON.parse(text) : text) as T, headers: response.headers };
  }
}
