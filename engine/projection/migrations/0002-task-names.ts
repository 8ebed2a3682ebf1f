import type { Migration } from '../../database/migrate.ts';

/** Names of tasks beside them: reading them out of the diagram for every row of a long list is slow. */
export const taskNames: Migration = {
  name: 'projection-0002-task-names',
  async up(db) {
    await db.raw(`
      alter table read_model.user_task add column name text, add column name_en text;
      update read_model.user_task t set name = d.elements -> t.element_id ->> 'name', name_en = d.elements -> t.element_id ->> 'nameEn'
        from read_model.process_definition d where d.key = t.process_definition_key;
    `);
  },
};
