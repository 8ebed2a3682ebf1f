import type { Migration } from '../../database/migrate.ts';

/** Changes of services, survey draws, closed customers with what was revoked, and what customers bring in and look up without signing in. */
export const customerLoop: Migration = {
  name: 'workers-0006-customer-loop',
  async up(db) {
    await db.raw(`
      insert into app.process_setting values
        ('service_change', 'slaProfile', '"default"'), ('service_change', 'compensationAmount', '{"points": 500, "discount": 50}'),
        ('service_followup', 'slaProfile', '"default"'), ('service_termination', 'slaProfile', '"default"'),
        ('customer_feedback', 'slaProfile', '"default"'), ('satisfaction_survey', 'slaProfile', '"default"') on conflict do nothing;
      create table app.service_change (
        change_no text primary key,
        process_instance_key bigint not null,
        target_no text,
        type text check (type in ('delay', 'cancel')),
        by text,
        reason_kind text,
        reason text,
        effect text,
        affected_count integer,
        measure text,
        hours_before numeric(9, 2),
        started boolean,
        old_at timestamptz(3),
        new_at timestamptz(3),
        fee_mode text,
        compensation_kind text,
        compensation_no text,
        approval text,
        approved boolean,
        offer text,
        registered_at timestamptz(3) not null,
        notified_at timestamptz(3),
        closed_at timestamptz(3),
        outcome text check (outcome in ('kept', 'rescheduled', 'cancelled'))
      );
      create index service_change_target on app.service_change (target_no);
      alter table app.survey add column customer_no text, add column trigger text, add column score integer;
      create table app.survey_draw (
        period text not null,
        customer_no text not null,
        draw_no text not null,
        drawn_at timestamptz(3) not null,
        started_at timestamptz(3),
        primary key (period, customer_no)
      );
      alter table app.customer add column closed_at timestamptz(3), add column marketing_consent boolean not null default true;
      create table app.customer_closure (
        case_no text primary key,
        process_instance_key bigint not null,
        customer_no text not null,
        accounts text[] not null,
        channels text[] not null,
        cleanup text[] not null,
        closed_at timestamptz(3) not null
      );
      create table app.access_grant (
        grant_no text primary key,
        case_no text,
        archive_no text,
        customer_no text,
        user_id text not null,
        masked boolean not null default true,
        until timestamptz(3) not null,
        granted_at timestamptz(3) not null,
        revoked_at timestamptz(3)
      );
      create index access_grant_user on app.access_grant (user_id) where revoked_at is null;
      create index access_grant_customer on app.access_grant (customer_no) where revoked_at is null;
      alter table app.archive_item add constraint archive_item_kept_its_time check (destroyed_at is null or destroyed_at >= retain_until);
      alter table app.archive_item add constraint archive_item_destroyed_on_record check (package is not null or destroyed_at is not null);
      create table app.public_submission (
        ref text primary key,
        kind text not null check (kind in ('complaint', 'feedback')),
        ticket_hash text not null unique,
        record_no text,
        created_at timestamptz(3) not null,
        expires_at timestamptz(3) not null
      );
      create table app.progress_code (
        id bigserial primary key,
        record_no text not null,
        code_hash text not null,
        created_at timestamptz(3) not null,
        expires_at timestamptz(3) not null,
        tries integer not null default 0,
        used_at timestamptz(3)
      );
      create index progress_code_record on app.progress_code (record_no, created_at);
    `);
  },
};
