import type { Database } from '../../database/connect.ts';
import { textOf } from '../job-input.ts';
import type { Job } from '../job-worker.ts';

/** Number of the customer a case is about: as said, else of the only customer with the case's phone number; null when nobody is found. */
export async function customerNoOf(db: Database, job: Job): Promise<string | null> {
  const said = textOf(job, 'customerNo');
  if (said !== null) return said;
  const phone = textOf(job, 'phone');
  const found: string[] = phone === null ? [] : await db('app.customer').where({ phone }).limit(2).pluck('customer_no');
  return found.length === 1 ? found[0]! : null;
}
