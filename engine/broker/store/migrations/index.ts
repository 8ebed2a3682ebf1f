import type { Migration } from '../../../database/migrate.ts';
import { stateAndRecords } from './0001-state-and-records.ts';

/** Schema `broker`. */
export const brokerMigrations: readonly Migration[] = [stateAndRecords];
