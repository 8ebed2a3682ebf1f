import { Router } from 'express';
import { z } from 'zod';
import type { ElementStatistics, MonitorSummary } from '../../contract/api.ts';
import { ProductError } from '../../contract/errors.ts';
import { instantOf, localDate } from '../../workers/calendar/zone-time.ts';
import type { ApiOptions } from '../api-options.ts';
import { currentUser, keyParam, pageQuery, textParam, userOf } from '../request.ts';
import { effectiveTasks } from '../tasks/task-rows.ts';
import { auditEntries } from './instance-parts.ts';

/** /api/monitor/summary, /api/definitions, /api/audit. */
export function monitorRoutes({ db, clock, zone, projection }: ApiOptions): Router {
  const router = Router();

  router.get('/monitor/summary', async (_request, response) => {
    userOf(response, 'monitor');
    const today = new Date(instantOf(localDate(clock.now(), zone), '00:00', zone));
    const { rows: figures } = await db.raw<{ rows: { running: string; incidents: string; overdue: string; finished: string }[] }>(
      `select (select count(*) from read_model.process_instance where state = 'active') as running,
         (select count(*) from read_model.incident where state = 'open') as incidents,
         (select count(*) from ${effectiveTasks("t.state in ('open', 'failed')")} e where e.due_at < ?) as overdue,
         (select count(*) from read_model.process_instance where state = 'completed' and ended_at >= ?) as finished`,
      [new Date(clock.now()), today],
    );
    const { rows: processes } = await db.raw<{ rows: { bpmnProcessId: string; name: string; nameEn: string | null; versions: number[]; running: string; incidents: string }[] }>(
      `select d.bpmn_process_id as "bpmnProcessId", (array_agg(d.name order by d.version desc))[1] as name, (array_agg(d.name_en order by d.version desc))[1] as "nameEn", array_agg(d.version order by d.version desc) as versions,
         (select count(*) from read_model.process_instance p where p.bpmn_process_id = d.bpmn_process_id and p.state = 'active') as running,
         (select count(*) from read_model.incident i where i.bpmn_process_id = d.bpmn_process_id and i.state = 'open') as incidents
       from read_model.process_definition d where not d.deleted group by d.bpmn_process_id order by min(d.code), name`,
    );
    const figure = figures[0]!;
    response.json({
      running: Number(figure.running),
      incidents: Number(figure.incidents),
      overdueTasks: Number(figure.overdue),
      finishedToday: Number(figure.finished),
      lagMs: projection.lagMs(),
      processes: processes.map((each) => ({ ...each, latestVersion: each.versions[0] ?? 0, running: Number(each.running), incidents: Number(each.incidents) })),
    } satisfies MonitorSummary);
  });

  router.get('/definitions/:key/xml', async (request, response) => {
    currentUser(response);
    const key = keyParam(request);
    const row: { xml: string } | undefined = await db('read_model.process_definition').select('xml').where({ key }).first();
    if (row === undefined) throw new ProductError('not_found', `There is no process definition '${key}'`);
    response.type('text/xml').send(row.xml);
  });

  router.get('/definitions/:id/statistics', async (request, response) => {
    userOf(response, 'monitor', 'design');
    const { version } = z.object({ version: z.coerce.number().int().min(1).optional() }).parse(request.query);
    const { rows } = await db.raw<{ rows: { element_id: string; active: string; completed: string; incidents: string }[] }>(
      `with definition as (select key from read_model.process_definition where bpmn_process_id = :id and (:version::integer is null or version = :version::integer)),
         failing as (select element_id, count(*) as incidents from read_model.incident where state = 'open' and process_definition_key in (select key from definition) group by 1),
         active as (select element_id, count(*) as active from read_model.element_instance where state = 'active' and type <> 'PROCESS' and process_definition_key in (select key from definition) group by 1),
         completed as (select element_id, sum(completed) as completed from read_model.element_statistics where process_definition_key in (select key from definition) group by 1)
       select element_id, coalesce(active, 0) as active, coalesce(completed, 0) as completed, coalesce(incidents, 0) as incidents
       from active full join completed using (element_id) left join failing using (element_id) order by element_id`,
      { id: textParam(request, 'id'), version: version ?? null },
    );
    response.json(rows.map((row): ElementStatistics => ({ elementId: row.element_id, active: Number(row.active), incidents: Number(row.incidents), completed: Number(row.completed) })));
  });

  router.get('/audit', async (request, response) => {
    userOf(response, 'admin');
    response.json(await auditEntries(db, null, pageQuery.parse(request.query)));
  });

  return router;
}
