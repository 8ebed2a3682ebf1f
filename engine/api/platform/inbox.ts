import { Router } from 'express';
import type { Inbox } from '../../contract/api.ts';
import { ProductError } from '../../contract/errors.ts';
import type { ApiOptions } from '../api-options.ts';
import type { EventHub } from '../events.ts';
import { currentUser, iso, offsetOf, pageOf, pageQuery, textParam } from '../request.ts';

interface MessageRow {
  id: string;
  at: Date;
  title: string;
  text: string;
  title_en: string | null;
  text_en: string | null;
  link: string | null;
  read_at: Date | null;
}

/** /api/inbox: one's own messages. */
export function inboxRoutes({ db, clock }: ApiOptions, events: EventHub): Router {
  const router = Router();

  router.get('/', async (request, response) => {
    const user = currentUser(response);
    const query = pageQuery.parse(request.query);
    const counted = (await db('app.inbox_message').select(db.raw('count(*) as total, count(*) filter (where read_at is null) as unread')).where({ user_id: user.id }).first()) as { total: string; unread: string };
    const rows: MessageRow[] = await db('app.inbox_message').select('id', 'at', 'title', 'text', 'title_en', 'text_en', 'link', 'read_at').where({ user_id: user.id }).orderBy('id', 'desc').limit(query.pageSize).offset(offsetOf(query));
    const items = rows.map((row) => ({ id: row.id, at: iso(row.at), title: row.title, text: row.text, titleEn: row.title_en, textEn: row.text_en, link: row.link, read: row.read_at !== null }));
    response.json({ ...pageOf(items, counted.total, query), unread: Number(counted.unread) } satisfies Inbox);
  });

  router.post('/read-all', async (_request, response) => {
    const user = currentUser(response);
    await db('app.inbox_message').where({ user_id: user.id }).whereNull('read_at').update({ read_at: new Date(clock.now()) });
    events.inboxChanged(user.id);
    response.status(204).end();
  });

  router.post('/:id/read', async (request, response) => {
    const user = currentUser(response);
    const id = textParam(request, 'id');
    const found = /^[1-9]\d{0,18}$/.test(id) ? await db('app.inbox_message').where({ id, user_id: user.id }).update({ read_at: db.raw('coalesce(read_at, ?)', [new Date(clock.now())]) }) : 0;
    if (found === 0) throw new ProductError('not_found', `Message '${id}' is not in your inbox`);
    events.inboxChanged(user.id);
    response.status(204).end();
  });

  return router;
}
