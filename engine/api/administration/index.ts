import { Router } from 'express';
import { z } from 'zod';
import type { CustomerAdvisers, EntryRule, OpeningHours, ServiceAdministration } from '../../contract/administration.ts';
import { ProductError } from '../../contract/errors.ts';
import type { Database } from '../../database/connect.ts';
import { appendAudit } from '../../identity/audit.ts';
import type { ApiOptions } from '../api-options.ts';
import { actorOf, reason, textParam, userOf } from '../request.ts';
import { productRule, resourceRule } from './entry-rules.ts';
import { listAdvisers, listProducts, listResources } from './service-lists.ts';

const text = z.string().trim().max(200);
const hours = z.array(z.object({ opens: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/), closes: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/) })).max(10);
const resource = z.object({ resourceId: text, groupId: text, site: text.nullable(), name: text, nameEn: text, skills: z.array(z.string().max(40)).max(20), active: z.boolean(), hours, reason });
const product = z.object({ product: text, business: text, serviceClass: text.nullable(), name: text, nameEn: text, productRisk: text.nullable(), executeDays: z.number().nullable(), active: z.boolean(), reason });
const advisers = z.object({ userIds: z.array(z.string().max(100)).max(10), reason });

/** /api/administration: what can be booked and applied for, and who advises whom. For administrators; every change asks why and is in the audit log. */
export function administrationRoutes(options: ApiOptions): Router {
  const { db, clock } = options;
  const router = Router();
  const everything = async (): Promise<ServiceAdministration> => ({ resources: await listResources(db, clock.now()), products: await listProducts(db), advisers: await listAdvisers(db) });

  router.get('/services', async (_request, response) => {
    userOf(response, 'admin');
    response.json(await everything());
  });

  for (const method of ['post', 'put'] as const) {
    const adds = method === 'post';
    router[method](adds ? '/resources' : '/resources/:id', async (request, response) => {
      const user = userOf(response, 'admin');
      const { reason: why, hours: open, ...wanted } = resource.parse(adds ? request.body : { ...request.body, resourceId: textParam(request, 'id') });
      await db.transaction(async (trx) => {
        const before = (await listResources(trx, clock.now(), wanted.resourceId))[0];
        expectThere(adds, before !== undefined, 'resource', wanted.resourceId);
        refuse(await resourceRule(trx, { ...wanted, hours: open }), wanted.resourceId);
        const row = { group_id: wanted.groupId, site: wanted.site, name: wanted.name, name_en: wanted.nameEn, skills: wanted.skills, active: wanted.active, sample: false };
        // A changed version makes whoever is just about to reserve a time here look again.
        await trx('app.service_resource').insert({ resource_id: wanted.resourceId, ...row }).onConflict('resource_id').merge({ ...row, version: trx.raw('service_resource.version + 1') });
        await trx('app.resource_hours').where({ resource_id: wanted.resourceId }).delete();
        if (open.length > 0) await trx('app.resource_hours').insert(open.map((each: OpeningHours) => ({ resource_id: wanted.resourceId, ...each })));
        await appendAudit(trx, { at: clock.now(), ...actorOf(request, user), action: adds ? 'service_resource.add' : 'service_resource.change', object: `service_resource:${wanted.resourceId}`, reason: why, before: before === undefined ? null : { ...before, hours: before.hours.map((each) => ({ ...each })) }, after: { ...wanted, hours: open } });
      });
      response.status(adds ? 201 : 200).json(await everything());
    });

    router[method](adds ? '/products' : '/products/:id', async (request, response) => {
      const user = userOf(response, 'admin');
      const { reason: why, ...wanted } = product.parse(adds ? request.body : { ...request.body, product: textParam(request, 'id') });
      await db.transaction(async (trx) => {
        const before = (await listProducts(trx, wanted.product))[0];
        expectThere(adds, before !== undefined, 'product', wanted.product);
        refuse(productRule(wanted), wanted.product);
        const row = { business: wanted.business, service_class: wanted.serviceClass, name: wanted.name, name_en: wanted.nameEn, product_risk: wanted.productRisk, execute_days: wanted.executeDays, active: wanted.active, sample: false };
        await trx('app.service_catalogue').insert({ product: wanted.product, ...row }).onConflict('product').merge(row);
        await appendAudit(trx, { at: clock.now(), ...actorOf(request, user), action: adds ? 'service_product.add' : 'service_product.change', object: `service_product:${wanted.product}`, reason: why, before: before === undefined ? null : { ...before }, after: wanted });
      });
      response.status(adds ? 201 : 200).json(await everything());
    });
  }

  router.put('/advisers/:customerNo', async (request, response) => {
    const user = userOf(response, 'admin');
    const customerNo = textParam(request, 'customerNo');
    const { reason: why, userIds: given } = advisers.parse(request.body);
    const userIds = [...new Set(given)];
    await db.transaction(async (trx) => {
      refuse(await adviserRule(trx, { customerNo, userIds }), customerNo);
      const before: string[] = await trx('app.customer_adviser').where({ customer_no: customerNo }).orderBy('user_id').pluck('user_id');
      await trx('app.customer_adviser').where({ customer_no: customerNo }).delete();
      if (userIds.length > 0) await trx('app.customer_adviser').insert(userIds.map((userId) => ({ customer_no: customerNo, user_id: userId })));
      await appendAudit(trx, { at: clock.now(), ...actorOf(request, user), action: 'customer_adviser.change', object: `customer:${customerNo}`, reason: why, before: { userIds: before }, after: { userIds } });
    });
    response.json(await everything());
  });

  return router;
}

async function adviserRule(db: Database, { customerNo, userIds }: CustomerAdvisers): Promise<EntryRule | null> {
  if ((await db('app.customer').where({ customer_no: customerNo }).whereNull('closed_at').first()) === undefined) return 'customer';
  const known = await db('app.app_user').whereIn('id', userIds).pluck('id');
  return known.length === userIds.length ? null : 'user';
}

function expectThere(adds: boolean, there: boolean, kind: string, id: string): void {
  if (adds && there) throw new ProductError('exists', `There is a ${kind} '${id}' already: choose another id, or change that one`, { id });
  if (!adds && !there) throw new ProductError('not_found', `There is no ${kind} '${id}'`);
}

function refuse(rule: EntryRule | null, id: string): void {
  if (rule !== null) throw new ProductError('entry_invalid', `Expected a valid entry '${id}', but it breaks the rule '${rule}'`, { rule });
}
