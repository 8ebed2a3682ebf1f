import type { Migration } from '../../database/migrate.ts';

/**
 * A long value of a variable is no longer copied from the record log: its row says where it is, and `read_model.variable_value` is the table with all
 * values whole. Rows that are there keep theirs. The partition of the log is that of the row's key (its upper 13 bits).
 */
export const valuePlaces: Migration = {
  name: 'projection-0008-value-places',
  async up(db) {
    await db.raw(`
      alter table read_model.variable
        alter column value drop not null,
        -- position of the batch's last record, and number of the line in its text
        add column value_batch bigint,
        add column value_line integer,
        add constraint variable_value_or_place check (num_nonnulls(value, value_batch) = 1 and (value_batch is null) = (value_line is null)) not valid;

      -- The log is asked for by name at each call: a read model of other records needs none.
      create function read_model.logged_value(log_partition smallint, batch bigint, line integer) returns text language plpgsql stable strict parallel safe cost 1000 as $$
      declare
        written text;
      begin
        select split_part(b.records, chr(10), line) into written from broker.record_batch b where b.partition = log_partition and b.last_position = batch;
        if coalesce(written, '') = '' then
          raise exception 'the record log has no line % of the batch % of partition %', line, batch, log_partition using errcode = 'data_corrupted';
        end if;
        return substr(written, 2);
      end
      $$;

      create view read_model.variable_value as
        select key, process_instance_key, scope_key, name, coalesce(value, read_model.logged_value((key >> 51)::smallint, value_batch, value_line)) as value, changed_at from read_model.variable;
    `);
  },
};
