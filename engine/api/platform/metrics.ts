import { Router, type RequestHandler } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { ProductError } from '../../contract/errors.ts';
import type { DirectoryUser } from '../../identity/directory.ts';
import { mayOpen } from '../../identity/permissions.ts';
import type { ApiOptions } from '../api-options.ts';

/** Measures every request; `/api/metrics` in Prometheus' format, for this machine and administrators. */
export function createMetrics({ db, projection, registries = [] }: ApiOptions): { measure: RequestHandler; routes: Router } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({ name: 'guicheng_http_request_seconds', help: 'Duration of API requests in seconds', labelNames: ['method', 'area', 'status'], buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 3, 10], registers: [registry] });
  new Gauge({ name: 'guicheng_read_model_lag_ms', help: 'How far the read model is behind the engine, in milliseconds', registers: [registry], collect() { this.set(projection.lagMs()); } });
  for (const [name, help, table, where] of [
    ['guicheng_instances_active', 'Running process instances', 'process_instance', { state: 'active' }],
    ['guicheng_incidents_open', 'Open incidents', 'incident', { state: 'open' }],
    ['guicheng_tasks_open', 'Open user tasks', 'user_task', { state: 'open' }],
    ['guicheng_jobs_failed', 'Jobs without retries left', 'job', { state: 'failed', retries: 0 }],
  ] as const) {
    new Gauge({ name, help, registers: [registry], async collect() {
      const row = (await db(`read_model.${table}`).count({ count: '*' }).where(where).first()) as { count: string };
      this.set(Number(row.count));
    } });
  }
  const routes = Router();
  routes.get('/', async (request, response) => {
    const user = response.locals['user'] as DirectoryUser | undefined;
    if (!isLoopback(request.ip) && (user === undefined || !mayOpen(user, 'admin'))) throw new ProductError('forbidden', 'Metrics are for this machine and administrators');
    response.type(registry.contentType).send(await Registry.merge([registry, ...registries]).metrics());
  });
  return {
    routes,
    measure(request, response, next) {
      const end = duration.startTimer();
      const [, area = ''] = request.path.split('/');
      if (area !== 'events') response.on('finish', () => end({ method: request.method, area: areas.has(area) ? area : 'other', status: String(response.statusCode) }));
      next();
    },
  };
}

const areas: ReadonlySet<string> = new Set(['session', 'directory', 'tasks', 'cases', 'files', 'startable', 'processes', 'design', 'monitor', 'instances', 'incidents', 'definitions', 'inbox', 'search', 'audit', 'ledgers', 'health', 'metrics', 'public']);

function isLoopback(ip: string | undefined): boolean {
  return ip === '::1' || ip?.replace(/^::ffff:/, '').startsWith('127.') === true;
}
