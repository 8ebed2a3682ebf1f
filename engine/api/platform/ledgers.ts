import { Router } from 'express';
import { z } from 'zod';
import type { ComplaintRow } from '../../contract/api.ts';
import { maySeeWholeLedger } from '../../identity/permissions.ts';
import type { ApiOptions } from '../api-options.ts';
import { maskText } from '../masking.ts';
import { containing, iso, offsetOf, pageOf, paging, userOf } from '../request.ts';

const query = z.object({ search: z.string().trim().max(100).optional(), customerNo: z.string().trim().max(64).optional(), ...paging });

interface LedgerRow {
  complaint_no: string;
  process_instance_key: string;
  customer_name: string | null;
  channel: string | null;
  category: string | null;
  priority: string | null;
  received_at: Date;
  due_overall: Date | null;
  closed_at: Date | null;
  outcome: string | null;
  satisfaction: number | null;
}

/** /api/ledgers: registers of the manual. Rows people are excluded from are left out; names are masked for who only monitors. */
export function ledgerRoutes({ db }: ApiOptions): Router {
  const router = Router();
  router.get('/complaints', async (request, response) => {
    const user = userOf(response, 'tasks', 'monitor');
    const filter = query.parse(request.query);
    const rows = db('app.complaint as c').leftJoin('read_model.process_instance as p', 'p.key', 'c.process_instance_key').whereRaw("not (? = any(coalesce(p.exclude_users, '{}')))", [user.id]);
    if (!maySeeWholeLedger(user)) rows.whereExists(db('app.task_participant as t').select(db.raw('1')).whereRaw('t.process_instance_key = c.process_instance_key').where('t.user_id', user.id));
    if (filter.customerNo) rows.where('c.customer_no', filter.customerNo);
    if (filter.search) {
      const like = containing(filter.search);
      rows.where((some) => some.whereILike('c.complaint_no', like).orWhereILike('c.customer_name', like).orWhereILike('c.customer_no', like));
    }
    const counted = (await rows.clone().count({ count: '*' }).first()) as { count: string };
    const found: LedgerRow[] = await rows.clone().select('c.*').orderBy('c.received_at', 'desc').orderBy('c.complaint_no', 'desc').limit(filter.pageSize).offset(offsetOf(filter));
    const inFull = user.roles.includes('staff') && user.groups.length > 0 && maySeeWholeLedger({ ...user, roles: ['staff'] });
    response.json(pageOf(found.map((row) => complaintRow(row, inFull)), counted.count, filter));
  });
  return router;
}

function complaintRow(row: LedgerRow, inFull: boolean): ComplaintRow {
  return {
    complaintNo: row.complaint_no,
    processInstanceKey: row.process_instance_key,
    customerName: row.customer_name === null || inFull ? row.customer_name : maskText(row.customer_name),
    channel: row.channel,
    category: row.category,
    priority: row.priority,
    receivedAt: iso(row.received_at),
    dueOverall: iso(row.due_overall),
    closedAt: iso(row.closed_at),
    outcome: row.outcome,
    satisfaction: row.satisfaction,
  };
}
