import { Router } from 'express';
import { z } from 'zod';
import type { CaseComment } from '../../contract/api.ts';
import { appendAudit } from '../../identity/audit.ts';
import { actorOf, iso, keyParam, userOf } from '../request.ts';
import { rememberParticipant } from '../tasks/task-access.ts';
import type { TaskContext } from '../tasks/task-detail.ts';
import { requireCase } from './case-access.ts';
import { readCase } from './case-detail.ts';

const comment = z.object({ text: z.string().trim().min(1).max(4000) });

/** /api/cases: a case beside its task, and comments on it. */
export function caseRoutes(context: TaskContext): Router {
  const { db, clock } = context;
  const router = Router();

  router.get('/:key', async (request, response) => {
    const user = userOf(response, 'tasks', 'monitor');
    const key = keyParam(request);
    const { detail, unmasked } = await readCase(context, user, key, await requireCase(db, user, key));
    if (unmasked && context.readings.isNew(`${user.id}:case:${key}`)) {
      await appendAudit(db, { at: clock.now(), ...actorOf(request, user), action: 'personal_data.read', object: detail.caseNo === null ? `instance:${key}` : `case:${detail.caseNo}`, after: { instance: key } });
    }
    response.json(detail);
  });

  router.post('/:key/comments', async (request, response) => {
    const user = userOf(response, 'tasks');
    const key = keyParam(request);
    const { text } = comment.parse(request.body);
    await requireCase(db, user, key, true);
    const at = clock.now();
    const added = await db.transaction(async (trx) => {
      const rows: { id: string }[] = await trx('app.case_comment').insert({ process_instance_key: key, at: new Date(at), user_id: user.id, author: user.name, text }).returning('id');
      await rememberParticipant(trx, key, user.id);
      await appendAudit(trx, { at, ...actorOf(request, user), action: 'case.comment', object: `instance:${key}`, after: { comment: rows[0]!.id } });
      return rows[0]!.id;
    });
    response.status(201).json({ id: added, at: iso(new Date(at)), author: user.name, text } satisfies CaseComment);
  });

  return router;
}
