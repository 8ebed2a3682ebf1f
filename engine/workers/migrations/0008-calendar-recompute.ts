import type { Migration } from '../../database/migrate.ts';

/** How deadlines came about, so that they can be computed anew when the calendar changes, and the runs that did so. */
export const calendarRecompute: Migration = {
  name: 'workers-0008-calendar-recompute',
  async up(db) {
    await db.raw(`
      -- [{amount, unit}] counted one after another from started_at; null for a date fixed by a form or moved by hand, which no calendar changes.
      alter table app.deadline add column terms jsonb;
      create table app.calendar_recompute (
        id bigserial primary key,
        user_id text not null,
        by_name text not null,
        reason text not null,
        digest text not null,
        total integer not null,
        moved integer not null default 0,
        skipped integer not null default 0,
        failed integer not null default 0,
        started_at timestamptz(3) not null,
        finished_at timestamptz(3)
      );
    `);
  },
};
