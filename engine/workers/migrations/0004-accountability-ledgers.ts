import type { Migration } from '../../database/migrate.ts';

/** Violation cases, sanctions, the service responsibility record of the staff, progress notes. */
export const accountabilityLedgers: Migration = {
  name: 'workers-0004-accountability-ledgers',
  async up(db) {
    await db.raw(`
      insert into app.process_setting values ('violation_accountability', 'slaProfile', '"default"') on conflict do nothing;
      create table app.violation_case (
        case_no text primary key,
        process_instance_key bigint not null,
        source_kind text,
        source_no text,
        violation_type text,
        subject_no text,
        severity_prelim text,
        conclusion text,
        systemic boolean,
        harm text,
        customers_affected integer,
        loss numeric(18, 2),
        liable jsonb,
        decisions jsonb,
        appeal_result text,
        registered_at timestamptz(3) not null,
        closed_at timestamptz(3),
        outcome text
      );
      create index violation_case_open on app.violation_case (registered_at) where closed_at is null;
      create table app.sanction (
        sanction_no text primary key,
        case_no text not null,
        process_instance_key bigint not null,
        staff_no text not null,
        type text not null,
        interim boolean not null,
        amount numeric(18, 2),
        months integer,
        from_at timestamptz(3) not null,
        to_at timestamptz(3),
        reason text,
        duty_before text,
        status text not null check (status in ('in_force', 'ended', 'lifted')),
        at timestamptz(3) not null,
        lifted_at timestamptz(3)
      );
      create index sanction_staff on app.sanction (staff_no, at);
      create index sanction_case on app.sanction (case_no);
      create table app.staff_record (
        staff_no text primary key,
        points numeric(9, 2) not null default 100,
        no_award_until date,
        updated_at timestamptz(3) not null
      );
      create table app.staff_record_entry (
        id bigserial primary key,
        staff_no text not null references app.staff_record,
        case_no text,
        process_instance_key bigint not null,
        kind text not null,
        detail jsonb not null,
        at timestamptz(3) not null
      );
      create index staff_record_entry_staff on app.staff_record_entry (staff_no, at);
      create table app.progress_note (
        progress_no text primary key,
        ref_no text not null,
        case_no text,
        process_instance_key bigint not null,
        status text not null,
        note text,
        eta timestamptz(3),
        at timestamptz(3) not null
      );
      create index progress_note_ref on app.progress_note (ref_no, at);
    `);
  },
};
