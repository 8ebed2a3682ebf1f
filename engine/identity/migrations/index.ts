import type { Migration } from '../../database/migrate.ts';
import { audit } from './0002-audit.ts';
import { people } from './0001-people.ts';

/** Schema steps of this room, all in schema `app`. */
export const identityMigrations: Migration[] = [people, audit];
