import { Router } from 'express';
import { z } from 'zod';
import { keyParam, pageOfMany, pageQuery, paging, reason, userOf } from '../request.ts';
import type { TaskContext } from '../tasks/task-detail.ts';
import { cancelInstance, changeVariable, resolveIncident } from './commands.ts';
import { instanceDetail } from './instance-detail.ts';
import { auditEntries, instanceJobs, instanceMessages, instanceRecords, instanceTimers, instanceVariables } from './instance-parts.ts';
import { findInstance, instanceSorts, instanceSummary, listInstances } from './instance-rows.ts';

const optionalText = z.string().trim().max(200).optional().transform((value) => value || undefined);
const listQuery = z.object({
  bpmnProcessId: optionalText,
  version: z.coerce.number().int().min(1).optional(),
  state: z.enum(['active', 'completed', 'terminated']).optional(),
  incident: z.enum(['true', 'false']).optional().transform((value) => value === 'true'),
  search: optionalText,
  elementId: optionalText,
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  sort: z.enum(instanceSorts).default('-startedAt'),
  ...paging,
});
const variableChange = z.object({ scopeKey: z.string().regex(/^[1-9]\d{0,18}$/), name: z.string().regex(/^[\p{L}_$][\p{L}\p{N}_$]*$/u).max(200), value: z.string().max(1_000_000), reason });
const resolution = z.object({ reason, retries: z.number().int().min(1).max(100).optional() });

/** /api/instances and /api/incidents: what runs, and steering it. For administrators; every command is audited. */
export function instanceRoutes(context: TaskContext): Router {
  const { db, clock } = context;
  const router = Router();

  router.get('/instances', async (request, response) => {
    userOf(response, 'monitor');
    const query = listQuery.parse(request.query);
    const { rows, total } = await listInstances(db, query);
    const calendar = await context.calendar();
    response.json(pageOfMany(rows.map((row) => instanceSummary(row, calendar, clock.now())), total, query));
  });

  router.get('/instances/:key', async (request, response) => {
    userOf(response, 'monitor');
    response.json(await instanceDetail(context, keyParam(request)));
  });

  router.get('/instances/:key/:part', async (request, response, next) => {
    userOf(response, 'monitor');
    const key = keyParam(request);
    const instance = await findInstance(db, key);
    switch (request.params['part']) {
      case 'variables':
        return void response.json(await instanceVariables(db, await context.personal(), key));
      case 'jobs':
        return void response.json(await instanceJobs(db, key));
      case 'timers':
        return void response.json(await instanceTimers(db, key));
      case 'messages':
        return void response.json(await instanceMessages(db, key));
      case 'records':
        return void response.json(await instanceRecords(context, await context.personal(), key, pageQuery.parse(request.query)));
      case 'audit':
        return void response.json(await auditEntries(db, [`instance:${key}`, ...(instance.case_no === null ? [] : [`case:${instance.case_no}`])], pageQuery.parse(request.query)));
      default:
        next();
    }
  });

  router.put('/instances/:key/variables', async (request, response) => {
    response.json(await changeVariable(context, request, userOf(response, 'monitor'), keyParam(request), variableChange.parse(request.body)));
  });

  router.post('/instances/:key/cancel', async (request, response) => {
    const key = keyParam(request);
    await cancelInstance(context, request, userOf(response, 'monitor'), key, z.object({ reason }).parse(request.body).reason);
    response.json(await instanceDetail(context, key));
  });

  router.post('/incidents/:key/resolve', async (request, response) => {
    response.json(await resolveIncident(context, request, userOf(response, 'monitor'), keyParam(request), resolution.parse(request.body)));
  });

  return router;
}
