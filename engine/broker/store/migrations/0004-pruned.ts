import type { Migration } from '../../../database/migrate.ts';

/** How far the record log has been looked through for what may be forgotten. */
export const pruned: Migration = {
  name: '0004-pruned',
  async up(db) {
    await db.raw('create table broker.pruned (partition smallint primary key, last_position bigint not null)');
  },
};
