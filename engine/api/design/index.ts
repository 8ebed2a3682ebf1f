import { Router } from 'express';
import { z } from 'zod';
import { ProductError } from '../../contract/errors.ts';
import type { ApiOptions } from '../api-options.ts';
import type { EventHub } from '../events.ts';
import { reason, textParam, userOf } from '../request.ts';
import { checkProcedure } from './check-procedure.ts';
import { changeDraft, designResource, findResource } from './drafts.ts';
import { readElementTemplates } from './element-templates.ts';
import { emptyResource } from './empty-resources.ts';
import { procedureCards, procedureDetail } from './procedures.ts';
import { publishProcedure } from './publish.ts';
import { readResources } from './resource-states.ts';

const name = z.string().trim().min(1).max(100);
/** What XML takes as an id. */
const xmlId = z.string().regex(/^[A-Za-z_][\w.-]{0,99}$/);
const newProcedure = z.object({ bpmnProcessId: xmlId, name });
const newResource = z.object({ kind: z.enum(['form', 'decision']), id: xmlId, name });
const kindParam = z.enum(['process', 'form', 'decision']);
const draft = z.object({ content: z.string().min(1).max(5_000_000), revision: z.number().int().min(0) });
const publication = z.object({ comment: reason });

/** /api/design: procedures, their drafts, check and publication. */
export function designRoutes(options: ApiOptions, events: EventHub): Router {
  const { db, clock, shippedDir } = options;
  const router = Router();
  router.use((_request, response, next) => {
    userOf(response, 'design');
    next();
  });

  router.get('/element-templates', async (_request, response) => {
    response.json(await readElementTemplates(shippedDir));
  });

  router.get('/procedures', async (_request, response) => {
    response.json(await procedureCards(db));
  });

  router.post('/procedures', async (request, response) => {
    const body = newProcedure.parse(request.body);
    await addResource(request, userOf(response, 'design'), { kind: 'process', id: body.bpmnProcessId, name: body.name, bpmnProcessId: body.bpmnProcessId });
    response.status(201).json(await procedureDetail(db, body.bpmnProcessId));
  });

  router.get('/procedures/:id', async (request, response) => {
    response.json(await procedureDetail(db, textParam(request, 'id')));
  });

  router.post('/procedures/:id/resources', async (request, response) => {
    const id = textParam(request, 'id');
    await procedureDetail(db, id);
    await addResource(request, userOf(response, 'design'), { ...newResource.parse(request.body), bpmnProcessId: id });
    response.status(201).json(await procedureDetail(db, id));
  });

  router.get('/procedures/:id/check', async (request, response) => {
    const id = textParam(request, 'id');
    await findResource(db, 'process', id);
    response.json(checkProcedure(await readResources(db), id));
  });

  router.get('/procedures/:id/versions/:version', async (request, response) => {
    const version = z.coerce.number().int().min(1).parse(textParam(request, 'version'));
    const row: { xml: string } | undefined = await db('read_model.process_definition').select('xml').where({ bpmn_process_id: textParam(request, 'id'), version }).first();
    if (row === undefined) throw new ProductError('not_found', `Version ${version} of '${textParam(request, 'id')}' was never deployed`);
    response.json({ xml: row.xml });
  });

  router.post('/procedures/:id/publish', async (request, response) => {
    const id = textParam(request, 'id');
    const published = await publishProcedure(options, request, userOf(response, 'design'), id, publication.parse(request.body).comment);
    events.designChanged(id);
    response.json(published);
  });

  router.get('/resources/:kind/:id', async (request, response) => {
    response.json(designResource(await findResource(db, kindParam.parse(textParam(request, 'kind')), textParam(request, 'id'))));
  });

  router.put('/resources/:kind/:id', async (request, response) => {
    const { content, revision } = draft.parse(request.body);
    response.json(await saveDraft(request, response, content, revision));
  });

  router.delete('/resources/:kind/:id', async (request, response) => {
    const state = await findResource(db, kindParam.parse(textParam(request, 'kind')), textParam(request, 'id'));
    if (state.draft !== null) await db.transaction((trx) => changeDraft(trx, clock, request, userOf(response, 'design'), { ...state, content: null, revision: null }));
    events.designChanged(state.bpmnProcessId ?? state.id);
    response.json(state.published === null ? { ...designResource(state), hasDraft: false, content: '', revision: state.revision + 1 } : designResource(await findResource(db, state.kind, state.id)));
  });

  async function saveDraft(request: Parameters<typeof changeDraft>[2], response: Parameters<typeof userOf>[0], content: string, revision: number) {
    const state = await findResource(db, kindParam.parse(textParam(request, 'kind')), textParam(request, 'id'));
    await db.transaction((trx) => changeDraft(trx, clock, request, userOf(response, 'design'), { ...state, content, revision }));
    events.designChanged(state.bpmnProcessId ?? state.id);
    return designResource(await findResource(db, state.kind, state.id));
  }

  async function addResource(request: Parameters<typeof changeDraft>[2], user: Parameters<typeof changeDraft>[3], added: { kind: 'process' | 'form' | 'decision'; id: string; name: string; bpmnProcessId: string }): Promise<void> {
    await db.transaction(async (trx) => {
      await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`draft:${added.kind}:${added.id}`]);
      if ((await readResources(trx)).some((each) => each.kind === added.kind && each.id === added.id)) throw new ProductError('exists', `There is a ${added.kind} '${added.id}' already`, { id: added.id });
      await changeDraft(trx, clock, request, user, { ...added, content: emptyResource(added.kind, added.id, added.name), revision: null });
    });
    events.designChanged(added.bpmnProcessId);
  }

  return router;
}
