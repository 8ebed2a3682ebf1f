import { apiMigrations } from './api/index.ts';
import { brokerMigrations } from './broker/store/migrations/index.ts';
import type { Database } from './database/connect.ts';
import { migrate } from './database/migrate.ts';
import { identityMigrations } from './identity/migrations/index.ts';
import { notificationMigrations } from './notifications/migrations/index.ts';
import { projectionMigrations } from './projection/index.ts';
import { workerMigrations } from './workers/migrations/index.ts';

/** Brings every schema of the product up to date. */
export async function migrateAll(db: Database): Promise<void> {
  await migrate(db, 'broker', brokerMigrations);
  await migrate(db, 'app', [...identityMigrations, ...notificationMigrations, ...workerMigrations, ...apiMigrations]);
  await migrate(db, 'read_model', projectionMigrations);
}
