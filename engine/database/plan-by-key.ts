import type { Knex } from 'knex';

/**
 * Rows are found by their keys, however large the tables have become: plans are kept, and one made while a table was small would read all of it
 * for ever.
 */
const SETTINGS = { enable_seqscan: 'off', enable_bitmapscan: 'off', enable_hashjoin: 'off', enable_mergejoin: 'off', jit: 'off', plan_cache_mode: 'force_generic_plan' } as const;

/** For a connection that does nothing else: start-up options for the server. */
export const PLAN_BY_KEY_ALWAYS = Object.entries(SETTINGS)
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(' ');

const FOR_TRANSACTION = Object.entries(SETTINGS)
  .map(([name, value]) => `set local ${name} = ${value}`)
  .join('; ');

/** For the rest of a transaction. */
export async function planByKey(trx: Knex.Transaction): Promise<void> {
  await trx.raw(FOR_TRANSACTION);
}
