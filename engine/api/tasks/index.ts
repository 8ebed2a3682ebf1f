import { Router, type Request } from 'express';
import { z } from 'zod';
import type { TaskList } from '../../contract/api.ts';
import type { JsonObject } from '../../contract/json.ts';
import type { DirectoryUser } from '../../identity/directory.ts';
import { keyParam, pageOf, paging, reason, userOf } from '../request.ts';
import { assignTask, claimTask, unclaimTask } from './assign-task.ts';
import { completeTask } from './complete-task.ts';
import { saveTaskDraft } from './save-draft.ts';
import { visibleTask } from './task-access.ts';
import { taskDetail, type TaskContext } from './task-detail.ts';
import { countTasks, findTask, listTasks, summaryOf } from './task-rows.ts';

const view = z.enum(['mine', 'group', 'due_soon', 'overdue', 'done']);
const listQuery = z.object({ view: view.default('mine'), search: z.string().trim().max(100).optional(), processId: z.string().max(200).optional(), ...paging });
const values = z.record(z.string(), z.json());
const completion = z.object({ values: values.default({}) });
const draft = z.object({ values, revision: z.number().int().min(0) });
const assignment = z.object({ userId: z.string().min(1).max(64), reason });

/** /api/tasks: the work of the person signed in. */
export function taskRoutes(context: TaskContext): Router {
  const { db, clock } = context;
  const router = Router();
  const detail = async (request: Request, user: DirectoryUser, key: string) => taskDetail(context, request, user, await visibleTask(db, user, key));

  router.get('/', async (request, response) => {
    const user = userOf(response, 'tasks');
    const query = listQuery.parse(request.query);
    const [{ rows, total }, counts] = await Promise.all([listTasks(db, user, clock.now(), query), countTasks(db, user, clock.now())]);
    const calendar = await context.calendar();
    response.json({ ...pageOf(rows.map((row) => summaryOf(row, calendar, clock.now())), total, query), counts } satisfies TaskList);
  });

  router.get('/:key', async (request, response) => {
    response.json(await detail(request, userOf(response, 'tasks'), keyParam(request)));
  });

  router.put('/:key/draft', async (request, response) => {
    const body = draft.parse(request.body);
    response.json(await saveTaskDraft(context, userOf(response, 'tasks'), keyParam(request), body.values as JsonObject, body.revision));
  });

  router.post('/:key/claim', async (request, response) => {
    const user = userOf(response, 'tasks');
    await claimTask(context, request, user, keyParam(request));
    response.json(await detail(request, user, keyParam(request)));
  });

  router.post('/:key/unclaim', async (request, response) => {
    const user = userOf(response, 'tasks');
    await unclaimTask(context, request, user, keyParam(request));
    response.json(await detail(request, user, keyParam(request)));
  });

  router.post('/:key/assign', async (request, response) => {
    const user = userOf(response, 'tasks');
    const key = keyParam(request);
    // Who passes a task on may not see it afterwards: the answer shows what they saw of it last.
    const before = await visibleTask(db, user, key);
    await assignTask(context, request, user, key, assignment.parse(request.body));
    const after = await findTask(db, key);
    response.json(await taskDetail(context, request, user, after ?? before));
  });

  router.post('/:key/complete', async (request, response) => {
    const user = userOf(response, 'tasks');
    const body = completion.parse(request.body ?? {});
    response.json(await completeTask(context, request, user, keyParam(request), body.values as JsonObject, view.catch('mine').parse(request.query['view'])));
  });

  return router;
}
