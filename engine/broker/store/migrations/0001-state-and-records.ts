import type { Migration } from '../../../database/migrate.ts';

/** State rows, the record log and the numbering of each partition. */
export const stateAndRecords: Migration = {
  name: '0001-state-and-records',
  async up(db) {
    await db.raw(`
      create table broker.partition (
        id smallint primary key,
        key_counter bigint not null,
        position bigint not null
      );
      create table broker.state (
        partition smallint not null,
        tbl text not null,
        key text not null,
        unit text not null,
        value text not null,
        due_at bigint,
        queue text,
        primary key (partition, tbl, key)
      ) with (fillfactor = 80);
      create index state_unit on broker.state (partition, unit);
      create index state_due on broker.state (partition, due_at) where due_at is not null;
      create index state_queue on broker.state (partition, queue, key) where queue is not null;
      create table broker.record (
        partition smallint not null,
        position bigint not null,
        record text not null,
        primary key (partition, position)
      );
    `);
  },
};
