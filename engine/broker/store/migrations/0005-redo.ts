import type { Migration } from '../../../database/migrate.ts';

/**
 * What batches have changed, until it is in the rows of state: a batch is durable once it stands here. `records_at`: position of the last record of the
 * same batch, some of whose values it does not repeat.
 */
export const redo: Migration = {
  name: '0005-redo',
  async up(db) {
    await db.raw('create table broker.redo (partition smallint not null, batch bigint not null, records_at bigint, changes text not null, primary key (partition, batch))');
    await db.raw(`
      do $$ begin
        alter table broker.redo alter column changes set compression lz4;
      exception when feature_not_supported then
        alter table broker.redo alter column changes set storage external;
      end $$`);
  },
};
