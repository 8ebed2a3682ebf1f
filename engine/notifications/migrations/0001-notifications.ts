import type { Migration } from '../../database/migrate.ts';

/** Templates, notifications with their delivery attempts, the staff inbox and the outbox of mail that could not leave. */
export const notifications: Migration = {
  name: 'notifications-0001-notifications',
  async up(db) {
    await db.raw(`
      create schema if not exists app;
      create table app.notification_template (
        id text primary key,
        subject_zh text not null,
        body_zh text not null,
        subject_en text not null,
        body_en text not null,
        updated_at timestamptz not null default now(),
        updated_by text not null default 'system'
      );
      create table app.notification (
        notification_no text primary key,
        once_key text unique,
        template text not null,
        case_no text,
        process_instance_key bigint,
        element_id text,
        subject text not null,
        recipients integer not null default 0,
        created_at timestamptz(3) not null
      );
      create index notification_case on app.notification (case_no);
      create table app.notification_log (
        id bigserial primary key,
        notification_no text not null references app.notification,
        recipient text not null,
        channel text not null,
        state text not null check (state in ('delivered', 'stored', 'manual', 'failed', 'skipped')),
        detail text,
        at timestamptz(3) not null
      );
      create index notification_log_no on app.notification_log (notification_no);
      create table app.inbox_message (
        id bigserial primary key,
        user_id text not null,
        at timestamptz(3) not null,
        title text not null,
        text text not null,
        title_en text,
        text_en text,
        link text,
        once_key text unique,
        read_at timestamptz(3)
      );
      create index inbox_message_user on app.inbox_message (user_id, read_at, at desc);
      create table app.mail_outbox (
        id bigserial primary key,
        notification_no text not null,
        kind text not null check (kind in ('mail', 'letter')),
        recipient text not null,
        subject text not null,
        body text not null,
        note text not null,
        created_at timestamptz(3) not null,
        sent_at timestamptz(3)
      );
    `);
  },
};
