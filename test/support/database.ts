import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { connectDatabase, type Database } from '../../engine/database/connect.ts';

export interface TestDatabase {
  url: string;
  db: Database;
  /** Closes the pool and drops the database. */
  drop(): Promise<void>;
}

/** A fresh, empty database in the run's PostgreSQL. Call it once per test file. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = inject('postgresUrl');
  const name = `t_${randomBytes(6).toString('hex')}`;
  const server = connectDatabase({ url: serverUrl, poolSize: 1 });
  await server.raw(`create database ${name} encoding 'UTF8' template template0`);
  const url = serverUrl.replace(/\/postgres$/, `/${name}`);
  const db = connectDatabase({ url });
  return {
    url,
    db,
    async drop() {
      await db.destroy();
      await server.raw(`drop database ${name} with (force)`);
      await server.destroy();
    },
  };
}
