import type { Migration } from '../../database/migrate.ts';

/** Sessions, what people do with tasks, comments, files, drafts of procedures and their publications. */
export const workAndDesign: Migration = {
  name: 'api-0001-work-and-design',
  async up(db) {
    await db.raw(`
      create table app.session (sid varchar primary key, sess json not null, expire timestamp(6) not null);
      create index session_expire on app.session (expire);
      create table app.task_state (
        job_key bigint primary key,
        process_instance_key bigint not null,
        assignee text,
        changed_at timestamptz(3) not null,
        completed_by text,
        completed_at timestamptz(3)
      );
      create index task_state_completed on app.task_state (completed_by, completed_at desc) where completed_by is not null;
      create table app.task_participant (process_instance_key bigint not null, user_id text not null, primary key (user_id, process_instance_key));
      create table app.task_draft (job_key bigint primary key, values text not null, revision integer not null, saved_at timestamptz(3) not null, saved_by text not null);
      create table app.case_comment (id bigserial primary key, process_instance_key bigint not null, at timestamptz(3) not null, user_id text not null, author text not null, text text not null);
      create index case_comment_instance on app.case_comment (process_instance_key, id);
      create table app.stored_file (
        id uuid primary key,
        process_instance_key bigint,
        name text not null,
        media_type text not null,
        size integer not null,
        iv bytea not null,
        tag bytea not null,
        uploaded_at timestamptz(3) not null,
        user_id text not null,
        uploaded_by text not null
      );
      create index stored_file_instance on app.stored_file (process_instance_key);
      create table app.design_draft (
        kind text not null check (kind in ('process', 'form', 'decision')),
        id text not null,
        bpmn_process_id text,
        name text not null,
        content text,
        revision integer not null,
        changed_at timestamptz(3) not null,
        changed_by text not null,
        primary key (kind, id)
      );
      create table app.publication (
        id bigserial primary key,
        bpmn_process_id text not null,
        version integer not null,
        at timestamptz(3) not null,
        user_id text not null,
        by_name text not null,
        comment text not null,
        resources jsonb not null
      );
      create index publication_process on app.publication (bpmn_process_id, id desc);
      create table app.shipped_resource (name text primary key, checksum text not null, deployed_at timestamptz(3) not null);
    `);
  },
};
