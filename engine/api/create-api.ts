import path from 'node:path';
import express, { type Express } from 'express';
import type { ApiError } from '../contract/api.ts';
import type { ApiOptions } from './api-options.ts';
import { caseRoutes } from './cases/index.ts';
import { fileRoutes } from './cases/files.ts';
import { reportRoutes } from './cases/reports.ts';
import { startRoutes } from './cases/start-case.ts';
import { designRoutes } from './design/index.ts';
import { calendarReader } from './due.ts';
import { EventHub, eventRoutes } from './events.ts';
import { errorHandler } from './errors.ts';
import { personalDataReader } from './masking.ts';
import { administrationRoutes } from './administration/index.ts';
import { calendarRoutes } from './calendar/index.ts';
import { callRoutes } from './calls/index.ts';
import { dutyRoutes } from './administration/duties.ts';
import { dataClassRoutes } from './data-classes/index.ts';
import { dashboardRoutes } from './ledgers/dashboards.ts';
import { ledgerRoutes } from './ledgers/index.ts';
import { instanceRoutes } from './monitor/instances.ts';
import { monitorRoutes } from './monitor/summary.ts';
import { suspensionRoutes } from './monitor/suspensions.ts';
import { directoryRoutes } from './platform/directory.ts';
import { healthRoutes } from './platform/health.ts';
import { inboxRoutes } from './platform/inbox.ts';
import { createMetrics } from './platform/metrics.ts';
import { searchRoutes } from './platform/search.ts';
import { sessionRoutes } from './platform/session.ts';
import { publicRoutes } from './public/index.ts';
import { secure } from './security.ts';
import { taskRoutes } from './tasks/index.ts';
import { RecentReadings, type TaskContext } from './tasks/task-detail.ts';

export interface Api {
  app: Express;
  /** Ends event streams and timers; the caller closes its own server, database and projection. */
  close(): void;
}

/** Largest JSON body: drafts of diagrams are the largest. */
const MAX_BODY = '6mb';

/** The REST interface of `contract/api.ts` and, when built, the web application. Creates `dataDir` when it is missing. */
export function createApi(options: ApiOptions): Api {
  const events = new EventHub(options);
  const context: TaskContext = { ...options, events, calendar: calendarReader(options.db, options.zone), personal: personalDataReader(options.db), readings: new RecentReadings() };
  const app = express();
  const metrics = createMetrics(options);
  app.use('/api', metrics.measure);
  // Before sessions and CSRF protection, which customers' links do without: see there.
  app.use('/api/public', publicRoutes(options));
  const security = secure(app, options);
  app.use('/api', express.json({ limit: MAX_BODY }));
  app.use('/api/session', sessionRoutes(options, security));
  app.use('/api/directory', directoryRoutes(options));
  app.use('/api/tasks', taskRoutes(context));
  app.use('/api/cases', caseRoutes(context));
  app.use('/api/files', fileRoutes(options));
  app.use('/api/reports', reportRoutes(options));
  app.use('/api/design', designRoutes(options, events));
  app.use('/api/events', eventRoutes(events));
  app.use('/api/inbox', inboxRoutes(options, events));
  app.use('/api/search', searchRoutes(options));
  app.use('/api/ledgers', ledgerRoutes(context));
  app.use('/api/dashboards', dashboardRoutes(options));
  app.use('/api/calendar', calendarRoutes(options));
  app.use('/api/calls', callRoutes(options));
  app.use('/api/administration', administrationRoutes(options));
  app.use('/api/duties', dutyRoutes(options));
  app.use('/api/data-classes', dataClassRoutes(options));
  app.use('/api/health', healthRoutes(options));
  app.use('/api/metrics', metrics.routes);
  app.use('/api', startRoutes(context));
  app.use('/api', instanceRoutes(context));
  app.use('/api', suspensionRoutes(context));
  app.use('/api', monitorRoutes(options));
  app.use('/api', (request, response) => void response.status(404).json({ code: 'not_found', message: `There is no ${request.method} ${request.originalUrl.split('?')[0] ?? ''}` } satisfies ApiError));
  if (options.webDir !== null) serveWeb(app, options.webDir);
  app.use(errorHandler(options.log));
  return {
    app,
    close() {
      events.close();
      security.close();
    },
  };
}

function serveWeb(app: Express, webDir: string): void {
  const index = path.resolve(webDir, 'index.html');
  app.use(express.static(webDir, { index: false, setHeaders: (response, file) => void response.setHeader('cache-control', file.includes(`${path.sep}assets${path.sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache') }));
  // Every other address is a page of the application.
  app.use((request, response, next) => {
    if ((request.method !== 'GET' && request.method !== 'HEAD') || path.extname(request.path) !== '') return next();
    response.setHeader('cache-control', 'no-cache');
    response.sendFile(index);
  });
}
