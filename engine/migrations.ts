import { apiMigrations } from './api/index.ts';
import { brokerMigrations } from './broker/store/migrations/index.ts';
import type { Database } from './database/connect.ts';
import { migrate, type Migration } from './database/migrate.ts';
import { identityMigrations } from './identity/migrations/index.ts';
import { notificationMigrations } from './notifications/migrations/index.ts';
import { projectionMigrations } from './projection/index.ts';
import { workerMigrations } from './workers/migrations/index.ts';

/** Steps of each schema of the product, in the order the schemas are made. */
const migrations: Readonly<Record<string, readonly Migration[]>> = {
  broker: brokerMigrations,
  app: [...identityMigrations, ...notificationMigrations, ...workerMigrations, ...apiMigrations],
  read_model: projectionMigrations,
};

/** Brings every schema of the product up to date, or to the steps named. @throws UnknownStepError when it does not know one of those */
export async function migrateAll(db: Database, steps?: Readonly<Record<string, readonly string[]>>): Promise<void> {
  for (const [schema, all] of Object.entries(migrations)) {
    const wanted = steps?.[schema];
    const unknown = wanted?.find((name) => !all.some((migration) => migration.name === name));
    if (unknown !== undefined) throw new UnknownStepError(`备份由更新的版本写成（步骤 ${unknown}）：请先升级再恢复。 / The backup was made by a later version (step ${unknown}): upgrade first.`);
    await migrate(db, schema, wanted === undefined ? all : all.filter(({ name }) => wanted.includes(name)));
  }
}

/** A database has been brought further than this version knows. The message is one sentence. */
export class UnknownStepError extends Error {}
