import type { Migration } from '../../../database/migrate.ts';

/** Each broker that takes a partition up begins an epoch, and says who it is; who writes in an earlier epoch is refused. */
export const epochs: Migration = {
  name: '0003-epochs',
  async up(db) {
    await db.raw('alter table broker.partition add column epoch bigint not null default 0, add column holder text');
  },
};
