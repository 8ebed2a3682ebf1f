import type { Migration } from '../../database/migrate.ts';

/** Everything pages read about the engine. All of it can be thrown away and rebuilt from the records. */
export const readModel: Migration = {
  name: 'projection-0001-read-model',
  async up(db) {
    await db.raw(`
      create table read_model.position (partition smallint primary key, position bigint not null, record_at timestamptz(3) not null);
      create table read_model.process_definition (
        key bigint primary key,
        bpmn_process_id text not null,
        version integer not null,
        name text not null,
        name_en text,
        code text,
        description text,
        resource_name text not null,
        xml text not null,
        elements jsonb not null,
        startable boolean not null,
        start_form_id text,
        start_groups text[],
        deployed_at timestamptz(3) not null,
        deleted boolean not null
      );
      create index process_definition_id on read_model.process_definition (bpmn_process_id, version desc);
      create table read_model.form_definition (
        key bigint primary key,
        form_id text not null,
        version integer not null,
        resource_name text not null,
        content text not null,
        deployed_at timestamptz(3) not null,
        deleted boolean not null
      );
      create index form_definition_id on read_model.form_definition (form_id, version desc);
      create table read_model.decision_requirements (
        key bigint primary key,
        id text not null,
        name text not null,
        version integer not null,
        resource_name text not null,
        xml text not null,
        deployed_at timestamptz(3) not null,
        deleted boolean not null
      );
      create index decision_requirements_id on read_model.decision_requirements (id, version desc);
      create table read_model.decision (
        key bigint primary key,
        decision_id text not null,
        name text not null,
        version integer not null,
        requirements_key bigint not null,
        requirements_id text not null,
        deleted boolean not null
      );
      create index decision_id on read_model.decision (decision_id, version desc);
      create table read_model.process_instance (
        key bigint primary key,
        process_definition_key bigint not null,
        bpmn_process_id text not null,
        version integer not null,
        state text not null,
        parent_instance_key bigint,
        parent_element_instance_key bigint,
        started_at timestamptz(3) not null,
        ended_at timestamptz(3),
        case_no text,
        customer_name text,
        subject text,
        priority text,
        initiator text,
        exclude_users text[],
        due_at timestamptz(3)
      );
      create index process_instance_started on read_model.process_instance (started_at desc, key desc);
      create index process_instance_process on read_model.process_instance (bpmn_process_id, version, state);
      create index process_instance_case on read_model.process_instance (case_no);
      create index process_instance_parent on read_model.process_instance (parent_instance_key);
      create table read_model.element_instance (
        key bigint primary key,
        process_instance_key bigint not null,
        process_definition_key bigint not null,
        element_id text not null,
        type text not null,
        state text not null,
        flow_scope_key bigint not null,
        started_at timestamptz(3) not null,
        ended_at timestamptz(3)
      );
      create index element_instance_instance on read_model.element_instance (process_instance_key);
      create index element_instance_definition on read_model.element_instance (process_definition_key, element_id);
      create table read_model.taken_flow (
        key bigint primary key,
        process_instance_key bigint not null,
        flow_id text not null,
        at timestamptz(3) not null
      );
      create index taken_flow_instance on read_model.taken_flow (process_instance_key);
      create table read_model.variable (
        key bigint primary key,
        process_instance_key bigint not null,
        scope_key bigint not null,
        name text not null,
        value text not null,
        changed_at timestamptz(3) not null
      );
      create index variable_scope on read_model.variable (scope_key, name);
      create index variable_instance on read_model.variable (process_instance_key);
      create table read_model.job (
        key bigint primary key,
        type text not null,
        process_instance_key bigint not null,
        process_definition_key bigint not null,
        element_id text not null,
        element_instance_key bigint not null,
        state text not null,
        retries integer not null,
        worker text,
        error_message text,
        created_at timestamptz(3) not null,
        ended_at timestamptz(3)
      );
      create index job_instance on read_model.job (process_instance_key);
      create table read_model.user_task (
        key bigint primary key,
        process_instance_key bigint not null,
        process_definition_key bigint not null,
        bpmn_process_id text not null,
        version integer not null,
        element_id text not null,
        element_instance_key bigint not null,
        state text not null,
        assignee text,
        candidate_groups text[] not null,
        candidate_users text[] not null,
        exclude_users text[] not null,
        due_at timestamptz(3),
        form_key text,
        created_at timestamptz(3) not null,
        completed_at timestamptz(3)
      );
      create index user_task_open on read_model.user_task (created_at) where state in ('open', 'failed');
      create index user_task_instance on read_model.user_task (process_instance_key);
      create table read_model.incident (
        key bigint primary key,
        error_type text not null,
        message text not null,
        process_instance_key bigint not null,
        process_definition_key bigint not null,
        bpmn_process_id text not null,
        element_id text not null,
        element_instance_key bigint not null,
        job_key bigint,
        state text not null,
        created_at timestamptz(3) not null,
        resolved_at timestamptz(3)
      );
      create index incident_instance on read_model.incident (process_instance_key);
      create index incident_open on read_model.incident (bpmn_process_id, element_id) where state = 'open';
      create table read_model.timer (
        key bigint primary key,
        process_instance_key bigint not null,
        process_definition_key bigint not null,
        element_id text not null,
        due_at timestamptz(3) not null,
        state text not null,
        changed_at timestamptz(3) not null
      );
      create index timer_instance on read_model.timer (process_instance_key);
      create table read_model.message_subscription (
        key bigint primary key,
        process_instance_key bigint not null,
        message_name text not null,
        correlation_key text not null,
        element_id text not null,
        state text not null,
        at timestamptz(3) not null
      );
      create index message_subscription_instance on read_model.message_subscription (process_instance_key);
      create table read_model.decision_evaluation (
        key bigint primary key,
        process_instance_key bigint,
        decision_id text not null,
        decision_name text not null,
        decision_version integer not null,
        element_id text,
        output text not null,
        failure text,
        detail text not null,
        at timestamptz(3) not null
      );
      create index decision_evaluation_instance on read_model.decision_evaluation (process_instance_key);
      create table read_model.record (
        partition smallint not null,
        position bigint not null,
        process_instance_key bigint not null,
        value_type text not null,
        intent text not null,
        key bigint not null,
        at timestamptz(3) not null,
        value text not null,
        primary key (partition, position)
      );
      create index record_instance on read_model.record (process_instance_key, position);
    `);
  },
};
