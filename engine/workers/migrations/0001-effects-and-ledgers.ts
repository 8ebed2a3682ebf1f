import type { Migration } from '../../database/migrate.ts';

/** Effects, numbering, settings, deadlines and the ledgers the shipped workers write. */
export const effectsAndLedgers: Migration = {
  name: 'workers-0001-effects-and-ledgers',
  async up(db) {
    await db.raw(`
      create schema if not exists app;
      create table app.effect (
        element_instance_key bigint not null,
        job_type text not null,
        process_instance_key bigint not null,
        element_id text not null,
        at timestamptz(3) not null,
        result jsonb not null,
        primary key (element_instance_key, job_type)
      );
      create table app.record_counter (series text, day date, last integer not null, primary key (series, day));
      create table app.process_setting (process_id text, name text, value jsonb not null, primary key (process_id, name));
      insert into app.process_setting values
        ('complaint_handling', 'maxReopen', '1'), ('complaint_handling', 'slaProfile', '"default"');
      create table app.calendar_day (date date primary key, type text not null check (type in ('holiday', 'workday')), name text not null, remark text);
      create table app.calendar_year (year integer primary key, published_at timestamptz(3) not null);
      create table app.record (
        record_no text primary key,
        series text not null,
        process_id text not null,
        process_instance_key bigint not null,
        source_no text,
        registered_at timestamptz(3) not null,
        closed_at timestamptz(3),
        outcome text
      );
      create index record_instance on app.record (process_instance_key);
      create table app.complaint (
        complaint_no text primary key,
        process_instance_key bigint not null,
        customer_no text,
        customer_name text,
        party_hash text,
        source text, channel text, category text, business text, business_ref text, site text,
        amount numeric(18, 2),
        complexity text, priority text, finding text, measures text[],
        satisfaction integer,
        reopen_count integer not null default 0,
        received_at timestamptz(3) not null,
        registered_at timestamptz(3) not null,
        accepted_at timestamptz(3),
        responded_at timestamptz(3),
        due_overall timestamptz(3),
        extended boolean not null default false,
        closed_at timestamptz(3),
        outcome text
      );
      create index complaint_customer on app.complaint (customer_no, received_at);
      create index complaint_party on app.complaint (party_hash, received_at);
      create table app.deadline (
        process_instance_key bigint not null,
        stage text not null,
        case_no text,
        process_id text not null,
        started_at timestamptz(3) not null,
        due_at timestamptz(3) not null,
        remind_at timestamptz(3) not null,
        amount numeric not null,
        unit text not null,
        remind_at_pct numeric not null,
        escalate_to text,
        primary key (process_instance_key, stage)
      );
      create table app.sla_breach (
        breach_no text primary key,
        case_no text not null,
        process_instance_key bigint not null,
        process_id text not null,
        stage text not null,
        element_id text,
        due_at timestamptz(3) not null,
        level integer not null,
        escalate_to text not null,
        owner text[] not null default '{}',
        at timestamptz(3) not null,
        intervention jsonb,
        unique (case_no, stage, due_at)
      );
      create table app.sla_watch (
        id bigserial primary key,
        case_no text not null,
        stage text not null,
        process_instance_key bigint not null,
        due_at timestamptz(3) not null,
        reason text not null check (reason in ('moved', 'repeat')),
        published_at timestamptz(3),
        unique (case_no, stage, due_at)
      );
      create index sla_watch_due on app.sla_watch (due_at) where published_at is null;
      create table app.task_override (
        id bigserial primary key,
        job_key bigint,
        process_instance_key bigint not null,
        element_id text not null,
        assignee text,
        candidate_group text,
        due_at timestamptz(3),
        urged_at timestamptz(3),
        reason text,
        breach_no text,
        at timestamptz(3) not null
      );
      create index task_override_task on app.task_override (process_instance_key, element_id, id desc);
      create table app.task_assignment (
        process_instance_key bigint not null,
        group_id text not null,
        user_id text not null,
        assigned_at timestamptz(3) not null,
        released_at timestamptz(3),
        primary key (process_instance_key, group_id)
      );
      create index task_assignment_user on app.task_assignment (user_id) where released_at is null;
    `);
  },
};
