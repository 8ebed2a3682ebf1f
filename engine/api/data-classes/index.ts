import { Router } from 'express';
import { z } from 'zod';
import type { DataClass, DataClasses } from '../../contract/administration.ts';
import type { ApiOptions } from '../api-options.ts';
import { currentUser } from '../request.ts';

const DECISION = 'data_classification';
const fields = z.string().max(4000).transform((text) => [...new Set(text.split(',').map((one) => one.trim()).filter((one) => /^\w{1,60}$/.test(one)))].slice(0, 100));
const found = z.object({ dataClass: z.enum(['customer_info', 'txn_data', 'op_record', 'internal']), sensitivity: z.enum(['public', 'internal', 'confidential', 'core']) });

const kept = new WeakMap<ApiOptions['db'], { revision: string; classes: Map<string, DataClass | null> }>();

/** /api/data-classes: data class and sensitivity of fields, as the published decision `data_classification` says. For everybody signed in. */
export function dataClassRoutes(options: Pick<ApiOptions, 'db' | 'engine'>): Router {
  const router = Router();
  router.get('/', async (request, response) => {
    currentUser(response);
    const asked = fields.parse(String(request.query['fields'] ?? ''));
    response.json((await classesOf(options, asked)) satisfies DataClasses);
  });
  return router;
}

/** The classes of these fields; each asked once for each version of the decision. Without the decision there are none. */
async function classesOf({ db, engine }: Pick<ApiOptions, 'db' | 'engine'>, asked: readonly string[]): Promise<DataClasses> {
  const newest: { key: string } | undefined = await db('read_model.decision').select('key').where({ decision_id: DECISION, deleted: false }).orderBy('version', 'desc').first();
  if (newest === undefined) return { fields: {} };
  let known = kept.get(db);
  if (known?.revision !== String(newest.key)) kept.set(db, (known = { revision: String(newest.key), classes: new Map() }));
  const classes: DataClasses = { fields: {} };
  for (const field of asked) {
    if (!known.classes.has(field)) known.classes.set(field, found.nullable().catch(null).parse(await engine.evaluateDecision(DECISION, { field })));
    const one = known.classes.get(field);
    if (one != null) classes.fields[field] = one;
  }
  return classes;
}
