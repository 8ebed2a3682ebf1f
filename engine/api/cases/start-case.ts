import { Router } from 'express';
import { z } from 'zod';
import type { StartableProcess, StartedCase } from '../../contract/api.ts';
import { ProductError } from '../../contract/errors.ts';
import { fieldInstances, getPath, toFiles } from '../../contract/forms/index.ts';
import type { JsonObject } from '../../contract/json.ts';
import { appendAudit } from '../../identity/audit.ts';
import { mayStart } from '../../identity/permissions.ts';
import { SETTLE_MS } from '../api-options.ts';
import { actorOf, textParam, userOf } from '../request.ts';
import { linkFiles, submittedData } from '../tasks/complete-task.ts';
import { rememberParticipant } from '../tasks/task-access.ts';
import type { TaskContext } from '../tasks/task-detail.ts';
import { formById, type DeployedForm } from '../tasks/task-form.ts';

interface StartRow {
  key: string;
  bpmn_process_id: string;
  name: string;
  name_en: string | null;
  version: number;
  description: string | null;
  start_form_id: string;
  start_groups: string[] | null;
}

const submission = z.object({ values: z.record(z.string(), z.json()).default({}) });

/** Job type that gives a case its number. */
const REGISTER_JOB = 'record.register';

/** /api/startable and /api/processes/:id/start: cases begun by a form. */
export function startRoutes(context: TaskContext): Router {
  const { db, clock, engine, zone, projection } = context;
  const router = Router();

  const startable = async (): Promise<StartRow[]> => {
    const { rows } = await db.raw<{ rows: StartRow[] }>(
      `select d.key, d.bpmn_process_id, d.name, d.name_en, d.version, d.description, d.start_form_id, d.start_groups from (
         select distinct on (bpmn_process_id) * from read_model.process_definition where not deleted order by bpmn_process_id, version desc
       ) d where d.startable and exists (select 1 from read_model.form_definition f where f.form_id = d.start_form_id and not f.deleted) order by d.code nulls last, d.name`,
    );
    return rows;
  };

  router.get('/startable', async (_request, response) => {
    const user = userOf(response, 'tasks');
    const rows = (await startable()).filter((row) => mayStart(user, row.start_groups));
    const items = rows.map(async (row): Promise<StartableProcess> => {
      const form = await formById(db, row.start_form_id);
      return { bpmnProcessId: row.bpmn_process_id, name: row.name, nameEn: row.name_en, version: row.version, processDefinitionKey: row.key, description: row.description, form: form?.json ?? null };
    });
    response.json(await Promise.all(items));
  });

  router.post('/processes/:id/start', async (request, response) => {
    const user = userOf(response, 'tasks');
    const id = textParam(request, 'id');
    const { values } = submission.parse(request.body ?? {});
    const process = (await startable()).find((row) => row.bpmn_process_id === id);
    if (process === undefined) throw new ProductError('not_found', `Expected process '${id}' to be one that is started by a form, but it is not`);
    if (!mayStart(user, process.start_groups)) throw new ProductError('forbidden', `Process '${id}' is started by members of ${(process.start_groups ?? []).join(', ')}`);
    const form = (await formById(db, process.start_form_id))!;
    const scope = { variables: {}, now: clock.now(), zone };
    const data = await submittedData(db, user, null, form.schema, values as JsonObject, scope);
    const { processInstanceKey } = await engine.createInstance(id, { ...data, initiator: user.id, firstContactUser: user.id }, process.key);
    await db.transaction(async (trx) => {
      await rememberParticipant(trx, processInstanceKey, user.id);
      await linkFiles(trx, processInstanceKey, filesIn(form, data, scope));
      await appendAudit(trx, { at: clock.now(), ...actorOf(request, user), action: 'case.start', object: `instance:${processInstanceKey}`, after: { process: id, version: process.version } });
    });
    const upToDate = await projection.waitUntil(() => registered(processInstanceKey), SETTLE_MS);
    const row: { case_no: string | null } | undefined = await db('read_model.process_instance').select('case_no').where({ key: processInstanceKey }).first();
    response.status(201).json({ processInstanceKey, caseNo: row?.case_no ?? null, upToDate: upToDate || row !== undefined } satisfies StartedCase);
  });

  /** There, and with its number unless nothing is on its way to give it one. */
  async function registered(key: string): Promise<boolean> {
    const row: { case_no: string | null } | undefined = await db('read_model.process_instance').select('case_no').where({ key }).first();
    if (row === undefined) return false;
    if (row.case_no !== null) return true;
    const jobs: string[] = await db('read_model.job').where({ process_instance_key: key }).whereIn('state', ['created', 'activated']).pluck('type');
    return jobs.length > 0 && !jobs.includes(REGISTER_JOB);
  }

  return router;
}

function filesIn(form: DeployedForm, data: JsonObject, scope: { variables: JsonObject; now: number; zone: string }): string[] {
  return fieldInstances(form.schema, data, scope)
    .filter(({ component, path }) => component.type === 'filepicker' && path.length > 0)
    .flatMap(({ path }) => toFiles(getPath(data, path)).map((file) => file.id))
    .filter((id) => z.uuid().safeParse(id).success);
}
