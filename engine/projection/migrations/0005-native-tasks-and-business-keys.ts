import type { Migration } from '../../database/migrate.ts';

/** Tasks of the engine itself (`zeebe:userTask`) beside those that are jobs, and what creators call their instances. The read model is built anew from the log at the next start. */
export const nativeTasksAndBusinessKeys: Migration = {
  name: 'projection-0005-native-tasks-and-business-keys',
  async up(db) {
    await db.raw(`
      alter table read_model.user_task add column native boolean not null default false, add column assigned_at timestamptz(3);
      alter table read_model.process_instance add column business_key text;
      create index process_instance_business_key on read_model.process_instance (business_key) where business_key is not null;
      truncate read_model.process_definition, read_model.form_definition, read_model.decision_requirements, read_model.decision, read_model.process_instance, read_model.element_instance,
        read_model.taken_flow, read_model.variable, read_model.job, read_model.user_task, read_model.incident, read_model.timer, read_model.message_subscription, read_model.decision_evaluation,
        read_model.instance_record, read_model.position;
    `);
  },
};
