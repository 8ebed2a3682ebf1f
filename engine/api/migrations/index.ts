import type { Migration } from '../../database/migrate.ts';
import { workAndDesign } from './0001-work-and-design.ts';

/** Schema steps of this room, all in schema `app`: hand them to `migrate` in one list with those of identity, notifications and workers. */
export const apiMigrations: Migration[] = [workAndDesign];
