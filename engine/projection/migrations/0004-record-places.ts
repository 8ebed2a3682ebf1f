import type { Migration } from '../../database/migrate.ts';

/**
 * The read model says where in the record log an instance's records are, and no longer holds copies of them: those were more than half
 * of what it wrote. It is built anew from the log at the next start.
 */
export const recordPlaces: Migration = {
  name: 'projection-0004-record-places',
  async up(db) {
    await db.raw(`
      drop table read_model.instance_record;
      create table read_model.instance_record (
        process_instance_key bigint not null,
        partition smallint not null,
        first_position bigint not null,
        records integer not null,
        -- first position and number of records, for each run of records that follow one another
        runs bigint[] not null,
        primary key (process_instance_key, partition, first_position)
      );
      truncate read_model.process_definition, read_model.form_definition, read_model.decision_requirements, read_model.decision, read_model.process_instance, read_model.element_instance,
        read_model.taken_flow, read_model.variable, read_model.job, read_model.user_task, read_model.incident, read_model.timer, read_model.message_subscription, read_model.decision_evaluation, read_model.position;
    `);
  },
};
