import type { Database } from '../../database/connect.ts';

/** Id of the site somebody named by its id or its name; what they wrote when there is no such site. */
export async function siteOf(db: Database, said: string | null): Promise<string | null> {
  if (said === null) return null;
  const row: { id: string } | undefined = await db('app.site').select('id').where({ id: said }).orWhere({ name: said }).orWhere({ name_en: said }).first();
  return row?.id ?? said;
}
