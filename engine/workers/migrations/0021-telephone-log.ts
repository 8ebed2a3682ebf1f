import type { Migration } from '../../database/migrate.ts';

/** Calls of the telephone log as administrators import it, and the imports (S0 5.1: by phone within 15 minutes). */
export const telephoneLog: Migration = {
  name: 'workers-0021-telephone-log',
  async up(db) {
    await db.raw(`
      create table app.phone_call (
        agent text not null,
        started_at timestamptz(3) not null,
        answered_at timestamptz(3),
        ended_at timestamptz(3) not null check (ended_at >= started_at),
        customer_no text,
        import_id bigint not null,
        primary key (agent, started_at),
        check (answered_at is null or (answered_at >= started_at and answered_at <= ended_at))
      );
      create index phone_call_start on app.phone_call (started_at);
      create table app.phone_call_import (
        id bigserial primary key,
        at timestamptz(3) not null,
        user_id text not null,
        by_name text not null,
        reason text not null,
        imported integer not null,
        known integer not null
      );
      alter table app.phone_call add foreign key (import_id) references app.phone_call_import;
    `);
  },
};
