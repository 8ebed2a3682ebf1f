import { Router } from 'express';
import { z } from 'zod';
import type { SearchHit } from '../../contract/api.ts';
import type { DirectoryUser } from '../../identity/directory.ts';
import { mayOpen, mayWorkOnCase } from '../../identity/permissions.ts';
import type { ApiOptions } from '../api-options.ts';
import { caseFacts } from '../cases/case-access.ts';
import { readResources } from '../design/resource-states.ts';
import { maskText } from '../masking.ts';
import { listInstances, type InstanceRow } from '../monitor/instance-rows.ts';
import { containing, currentUser } from '../request.ts';
import { listTasks } from '../tasks/task-rows.ts';

const query = z.object({ q: z.string().trim().max(100).default('') });
const LIMIT = 8;
/** Cases looked at until enough are found that the person may see. */
const CANDIDATES = 100;

/** /api/search: tasks, cases, instances and procedures this person may open. */
export function searchRoutes({ db, clock }: ApiOptions): Router {
  const router = Router();

  router.get('/', async (request, response) => {
    const user = currentUser(response);
    const { q } = query.parse(request.query);
    if ([...q].length < 2) return void response.json([]);
    const hits = await Promise.all([mayOpen(user, 'tasks') ? [...(await tasks(user, q)), ...(await cases(user, q))] : [], mayOpen(user, 'monitor') ? instances(q) : [], mayOpen(user, 'design') ? procedures(q) : []]);
    response.json(hits.flat());
  });

  async function tasks(user: DirectoryUser, q: string): Promise<SearchHit[]> {
    const found = await Promise.all((['mine', 'group'] as const).map((view) => listTasks(db, user, clock.now(), { view, search: q, page: 1, pageSize: LIMIT })));
    return found.flatMap(({ rows }) => rows).slice(0, LIMIT).map((row) => ({ kind: 'task', title: [row.name, row.case_no].filter(Boolean).join(' · '), titleEn: [row.name_en ?? row.name, row.case_no].filter(Boolean).join(' · '), detail: row.subject, link: `/tasks/${row.key}` }));
  }

  /** A case has no page of its own: its last task that the person did opens it. */
  async function cases(user: DirectoryUser, q: string): Promise<SearchHit[]> {
    const rows: { key: string; case_no: string | null; subject: string | null; task: string }[] = await db('read_model.process_instance as p')
      .join(db.raw('lateral (select t.key from read_model.user_task t join app.task_state s on s.job_key = t.key where t.process_instance_key = p.key and s.completed_by = ? order by t.key desc limit 1) t on true', [user.id]) as never)
      .select('p.key', 'p.case_no', 'p.subject', { task: 't.key' })
      .where((some) => some.whereILike('p.case_no', containing(q)).orWhereILike('p.customer_name', containing(q)).orWhereILike('p.subject', containing(q)))
      .orderBy('p.started_at', 'desc')
      .limit(CANDIDATES);
    const facts = await caseFacts(db, rows.map((row) => row.key));
    return rows.filter((row) => mayWorkOnCase(user, facts.get(row.key)!)).slice(0, LIMIT).map((row) => ({ kind: 'case', title: row.case_no ?? row.key, titleEn: null, detail: row.subject, link: `/tasks/${row.task}` }));
  }

  async function instances(q: string): Promise<SearchHit[]> {
    const { rows } = await listInstances(db, { search: q, sort: '-startedAt', page: 1, pageSize: LIMIT });
    return rows.map((row: InstanceRow) => ({ kind: 'instance', title: [row.case_no ?? row.key, row.process_name].join(' · '), titleEn: [row.case_no ?? row.key, row.process_name_en ?? row.process_name].join(' · '), detail: row.customer_name === null ? null : maskText(row.customer_name), link: `/monitor/instances/${row.key}` }));
  }

  async function procedures(q: string): Promise<SearchHit[]> {
    const text = q.toLowerCase();
    const found = (await readResources(db)).filter((each) => each.kind === 'process' && (each.name.toLowerCase().includes(text) || each.id.toLowerCase().includes(text)));
    return found.slice(0, LIMIT).map((each) => ({ kind: 'procedure', title: each.name, titleEn: null, detail: each.id, link: `/design/${encodeURIComponent(each.id)}` }));
  }

  return router;
}
