import type { Migration } from '../../database/migrate.ts';
import { SEARCH_TEXT } from '../search-text.ts';

/**
 * Questions of the monitor are answered by what they ask for, however much has ended: indexes of what runs and what failed, orders that a page can be read
 * from, how often each element was completed, and the search by trigrams where the server has them.
 */
export const longHistory: Migration = {
  name: 'projection-0007-long-history',
  async up(db) {
    await db.raw(`
      create table read_model.element_statistics (process_definition_key bigint not null, element_id text not null, completed bigint not null, primary key (process_definition_key, element_id));
      insert into read_model.element_statistics
        select process_definition_key, element_id, count(*) from read_model.element_instance where state = 'completed' and type <> 'PROCESS' group by 1, 2;

      drop index read_model.element_instance_definition;
      create index element_instance_active on read_model.element_instance (process_definition_key, element_id) where state = 'active';

      drop index read_model.process_instance_process;
      drop index read_model.process_instance_case;
      drop index read_model.process_instance_parent;
      create index process_instance_process on read_model.process_instance (bpmn_process_id, started_at, key);
      create index process_instance_active on read_model.process_instance (bpmn_process_id, started_at, key) where state = 'active';
      create index process_instance_terminated on read_model.process_instance (started_at, key) where state = 'terminated';
      create index process_instance_case on read_model.process_instance (case_no, key) where case_no is not null;
      create index process_instance_due on read_model.process_instance (due_at, key) where due_at is not null;
      create index process_instance_parent on read_model.process_instance (parent_instance_key) where parent_instance_key is not null;

      create index job_failed on read_model.job (key) where state = 'failed';
    `);
    // As the engine's own tables have it: the default compression costs more than all else of a large value.
    await db.raw(`
      do $$ begin
        alter table read_model.variable alter column value set compression lz4;
      exception when feature_not_supported then
        alter table read_model.variable alter column value set storage external;
      end $$
    `);
    // A server may come without the extension, or its administrator may not let us have it: searching then reads every instance.
    await db.raw(`
      do $$ begin
        create extension if not exists pg_trgm;
        create index process_instance_search on read_model.process_instance using gin ((${SEARCH_TEXT}) gin_trgm_ops) where ${SEARCH_TEXT} <> '';
      exception when insufficient_privilege or undefined_file or feature_not_supported then
        raise notice 'no index for searching: %', sqlerrm;
      end $$
    `);
  },
};
