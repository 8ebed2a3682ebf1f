import type { CustomerAdvisers, OpeningHours, ServiceProduct, ServiceResource } from '../../contract/administration.ts';
import type { Database } from '../../database/connect.ts';

interface ResourceRow {
  resource_id: string;
  group_id: string;
  site: string | null;
  name: string;
  name_en: string;
  skills: string[];
  active: boolean;
  upcoming: string;
  hours: OpeningHours[];
}

/** Resources with their hours and the reservations that begin after `now` (epoch ms); one of them when `id` is given. */
export async function listResources(db: Database, now: number, id?: string): Promise<ServiceResource[]> {
  const query = db('app.service_resource as r')
    .select('r.resource_id', 'r.group_id', 'r.site', 'r.name', 'r.name_en', 'r.skills', 'r.active')
    .select(db.raw(`(select count(*) from app.resource_slot s where s.resource_id = r.resource_id and s.status <> 'released' and s.start_at > ?) as upcoming`, [new Date(now)]))
    .select(db.raw(`coalesce((select json_agg(json_build_object('opens', to_char(h.opens, 'HH24:MI'), 'closes', to_char(h.closes, 'HH24:MI')) order by h.opens) from app.resource_hours h where h.resource_id = r.resource_id), '[]') as hours`))
    .orderBy('r.site')
    .orderBy('r.resource_id');
  if (id !== undefined) query.where({ 'r.resource_id': id });
  const rows = (await query) as ResourceRow[];
  return rows.map((row) => ({ resourceId: row.resource_id, groupId: row.group_id, site: row.site, name: row.name, nameEn: row.name_en, skills: row.skills, active: row.active, hours: row.hours, upcoming: Number(row.upcoming) }));
}

interface ProductRow {
  product: string;
  business: string;
  service_class: string | null;
  name: string;
  name_en: string;
  product_risk: string | null;
  execute_days: number | null;
  active: boolean;
  open: string;
}

/** Products with how many applications for them are open; one of them when `product` is given. */
export async function listProducts(db: Database, product?: string): Promise<ServiceProduct[]> {
  const query = db('app.service_catalogue as c')
    .select('c.product', 'c.business', 'c.service_class', 'c.name', 'c.name_en', 'c.product_risk', 'c.execute_days', 'c.active')
    .select(db.raw('(select count(*) from app.service_application a where a.product = c.product and a.closed_at is null) as open'))
    .orderBy('c.business')
    .orderBy('c.product');
  if (product !== undefined) query.where({ 'c.product': product });
  const rows = (await query) as ProductRow[];
  return rows.map((row) => ({ product: row.product, business: row.business, serviceClass: row.service_class, name: row.name, nameEn: row.name_en, productRisk: row.product_risk, executeDays: row.execute_days, active: row.active, open: Number(row.open) }));
}

/** Customers who have advisers, by number. */
export async function listAdvisers(db: Database): Promise<CustomerAdvisers[]> {
  const rows = (await db('app.customer_adviser').select('customer_no', db.raw('array_agg(user_id order by user_id) as users')).groupBy('customer_no').orderBy('customer_no')) as { customer_no: string; users: string[] }[];
  return rows.map((row) => ({ customerNo: row.customer_no, userIds: row.users }));
}
