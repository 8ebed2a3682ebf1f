import type { Migration } from '../../../database/migrate.ts';

/** The record log by batches: one row for what one transaction has written, a line of JSON for each record. */
export const recordBatches: Migration = {
  name: '0002-record-batches',
  async up(db) {
    await db.raw(`
      create table broker.record_batch (
        partition smallint not null,
        last_position bigint not null,
        records text not null,
        primary key (partition, last_position)
      );
      insert into broker.record_batch select partition, position, record from broker.record;
      drop table broker.record;
    `);
    await preferFastCompression(db);
  },
};

/** lz4 costs a tenth of the default's time. A server built without it stores large rows as they are: compressing them would cost more than all else. */
async function preferFastCompression(db: Parameters<Migration['up']>[0]): Promise<void> {
  await db.raw(`
    do $$ begin
      alter table broker.record_batch alter column records set compression lz4;
      alter table broker.state alter column value set compression lz4;
    exception when feature_not_supported then
      alter table broker.record_batch alter column records set storage external;
      alter table broker.state alter column value set storage external;
    end $$`);
}
