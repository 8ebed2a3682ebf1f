import knex, { type Knex } from 'knex';
import pg from 'pg';

// bigint columns hold engine keys: they stay text, never a lossy number.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => text);

export type Database = Knex;

export interface DatabaseOptions {
  /** `postgres://…` of the server and database. */
  url: string;
  /** Largest number of connections. @default 10 */
  poolSize?: number;
}

/** Opens a pool on PostgreSQL. Nothing is sent before the first query. Close it with `destroy()`. */
export function connectDatabase({ url, poolSize = 10 }: DatabaseOptions): Database {
  return knex({
    client: 'pg',
    connection: { connectionString: url, application_name: 'guicheng' },
    pool: { min: 0, max: poolSize },
  });
}
