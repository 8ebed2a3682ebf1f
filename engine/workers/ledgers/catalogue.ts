import type { Database } from '../../database/connect.ts';

/** Products of the service catalogue that are offered, by business and id. */
export async function offeredProducts(db: Database): Promise<{ id: string; name: string; nameEn: string }[]> {
  return db('app.service_catalogue').select({ id: 'product' }, 'name', { nameEn: 'name_en' }).where({ active: true }).orderBy('business').orderBy('product');
}
