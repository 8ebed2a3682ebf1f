import type { Knex } from 'knex';
import type { Database } from './connect.ts';

/** One step of a room's schema. A released one is never edited; its name orders it (`0001-what`). */
export interface Migration {
  name: string;
  up(db: Knex): Promise<void>;
}

/**
 * Brings one room's PostgreSQL schema up to date; each step in its own transaction, safe to run again and side by side.
 * @param schema the room's schema, created when missing; the steps see it first in `search_path` only if they name it themselves.
 */
export async function migrate(db: Database, schema: string, migrations: readonly Migration[]): Promise<void> {
  await db.raw('create schema if not exists ??', [schema]);
  await db.migrate.latest({
    schemaName: schema,
    tableName: 'migration',
    migrationSource: {
      getMigrations: async () => [...migrations].sort((a, b) => a.name.localeCompare(b.name)),
      getMigrationName: (migration: Migration) => migration.name,
      getMigration: async (migration: Migration) => ({
        up: async (step: Knex) => {
          await migration.up(step);
        },
        down: async () => {
          throw new Error(`${migration.name} cannot be undone: restore a backup instead`);
        },
      }),
    },
  });
}
