import type { Migration } from '../../database/migrate.ts';

/** Announcements with their level, times and receipts (S4 4.4). */
export const informationRelease: Migration = {
  name: 'workers-0023-information-release',
  async up(db) {
    await db.raw(`
      alter table app.announcement
        add column title text,
        add column level text,
        add column dept text,
        add column process_instance_key bigint,
        add column raised_at timestamptz(3),
        add column effective_at timestamptz(3),
        add column withdraw_at timestamptz(3),
        add column asked integer,
        add column read_count integer,
        add column missed_count integer;
      create index announcement_case on app.announcement (case_no);
      create table app.announcement_receipt (
        ann_no text not null references app.announcement,
        user_id text not null,
        read boolean not null,
        read_at timestamptz(3),
        question text,
        primary key (ann_no, user_id)
      );
    `);
  },
};
