import type { Migration } from '../../database/migrate.ts';

/** The engine's own facts by instance and batch: one row for what a batch of the projection has seen of an instance, a line of JSON for each record. */
export const instanceRecords: Migration = {
  name: 'projection-0003-instance-records',
  async up(db) {
    await db.raw(`
      create table read_model.instance_record (
        process_instance_key bigint not null,
        partition smallint not null,
        first_position bigint not null,
        records integer not null,
        lines text not null,
        primary key (process_instance_key, partition, first_position)
      )`);
    await db.raw(`
      insert into read_model.instance_record
        select process_instance_key, partition, min(position), count(*), string_agg(json_build_object('position', position::text, 'partitionId', partition, 'key', key::text, 'recordType', 'EVENT', 'valueType', value_type, 'intent', intent, 'timestamp', (extract(epoch from at) * 1000)::bigint, 'value', value::json)::text, chr(10) order by position)
        from read_model.record group by process_instance_key, partition`);
    await db.raw('drop table read_model.record');
    await db.raw(`
      do $$ begin
        alter table read_model.instance_record alter column lines set compression lz4;
      exception when feature_not_supported then
        -- Built without lz4: compressing by the default's way would cost more than all else.
        alter table read_model.instance_record alter column lines set storage external;
      end $$`);
  },
};
