import type { Migration } from '../../database/migrate.ts';
import { notifications } from './0001-notifications.ts';

/** Schema steps of this room, all in schema `app`. */
export const notificationMigrations: Migration[] = [notifications];
