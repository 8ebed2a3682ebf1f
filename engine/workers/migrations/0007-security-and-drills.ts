import type { Migration } from '../../database/migrate.ts';

/** Security events with what was contained for them, and emergency drills. */
export const securityAndDrills: Migration = {
  name: 'workers-0007-security-and-drills',
  async up(db) {
    await db.raw(`
      insert into app.process_setting values ('security_incident', 'slaProfile', '"default"'), ('emergency_drill', 'slaProfile', '"default"') on conflict do nothing;
      create table app.security_event (
        event_no text primary key,
        process_instance_key bigint not null,
        source_no text,
        type text,
        level text,
        system text,
        data_classes text[] not null default '{}',
        records_affected integer,
        detected_at timestamptz(3),
        registered_at timestamptz(3) not null,
        responded_at timestamptz(3),
        contained_at timestamptz(3),
        notified_at timestamptz(3),
        affected_count integer,
        rto_minutes numeric,
        cause_kind text,
        leak boolean,
        liable boolean,
        closed_at timestamptz(3),
        outcome text
      );
      create index security_event_open on app.security_event (level, registered_at) where closed_at is null;
      create table app.security_lock (
        id bigserial primary key,
        event_no text not null references app.security_event,
        process_instance_key bigint not null,
        kind text not null check (kind in ('account', 'archive')),
        ref text not null,
        before jsonb not null,
        locked_at timestamptz(3) not null,
        released_at timestamptz(3)
      );
      create unique index security_lock_once on app.security_lock (event_no, kind, ref) where released_at is null;
      create index security_lock_ref on app.security_lock (kind, ref) where released_at is null;
      create table app.drill (
        drill_no text primary key,
        process_instance_key bigint not null,
        source_no text,
        status text not null check (status in ('held', 'cancelled')),
        scenario text,
        type text,
        planned_at timestamptz(3),
        started_at timestamptz(3),
        ended_at timestamptz(3),
        rto_target numeric,
        rto_minutes numeric,
        interrupted boolean not null default false,
        participants text[] not null default '{}',
        observations jsonb not null default '[]',
        score numeric(5, 2),
        grade text,
        issues integer not null default 0,
        note text,
        logged_at timestamptz(3) not null
      );
      create index drill_year on app.drill (logged_at);
    `);
  },
};
