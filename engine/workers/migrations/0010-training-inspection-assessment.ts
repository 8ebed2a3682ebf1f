import type { Migration } from '../../database/migrate.ts';

/** Training results, hours and certificates (G1), inspections with their findings (F1), assessments of units and staff (F3). */
export const trainingInspectionAssessment: Migration = {
  name: 'workers-0010-training-inspection-assessment',
  async up(db) {
    await db.raw(`
      insert into app.process_setting values
        ('staff_training', 'slaProfile', '"default"'), ('supervision_inspection', 'slaProfile', '"default"'), ('quality_assessment', 'slaProfile', '"default"') on conflict do nothing;
      alter table app.training_session
        add column source_no text, add column method text, add column exam_type text, add column pass_line numeric, add column cert_kind text,
        add column excused text[] not null default '{}', add column coverage numeric(5, 2), add column pass_rate numeric(5, 2), add column finished_at timestamptz(3);
      alter table app.survey add column channel text not null default 'online' check (channel in ('online', 'onsite'));
      create table app.training_result (
        training_no text not null,
        staff_no text not null,
        session_no text,
        process_instance_key bigint not null,
        course text,
        session_at timestamptz(3),
        present boolean not null,
        hours numeric not null,
        theory_score numeric,
        practice_score numeric,
        case_score numeric,
        passed boolean,
        attempts integer not null,
        note text,
        at timestamptz(3) not null,
        primary key (training_no, staff_no)
      );
      create index training_result_staff on app.training_result (staff_no, at);
      -- One row for each member of staff and year, also those without hours, so that who falls short is seen.
      create table app.training_hours (
        staff_no text not null,
        year integer not null,
        hours numeric not null,
        process_instance_key bigint not null,
        updated_at timestamptz(3) not null,
        primary key (staff_no, year)
      );
      create table app.certificate (
        cert_no text primary key,
        staff_no text not null,
        kind text not null check (kind in ('service', 'banking', 'securities', 'fund', 'insurance', 'confidentiality')),
        training_no text,
        process_instance_key bigint not null,
        issued_at timestamptz(3) not null,
        valid_until date,
        superseded_at timestamptz(3),
        renewal_at timestamptz(3),
        lapsed_at timestamptz(3)
      );
      create unique index certificate_current on app.certificate (staff_no, kind) where superseded_at is null;
      create index certificate_ends on app.certificate (valid_until) where superseded_at is null;
      create table app.inspection (
        inspection_no text primary key,
        process_instance_key bigint not null,
        type text not null,
        scope text[] not null default '{}',
        dept text,
        basis text,
        period_from timestamptz(3),
        period_to timestamptz(3),
        inspectors text[] not null default '{}',
        planned integer not null default 0,
        checked integer,
        failed integer,
        score numeric(5, 2),
        grade text,
        praise jsonb not null default '[]',
        serious boolean,
        rounds integer not null default 0,
        registered_at timestamptz(3) not null,
        closed_at timestamptz(3)
      );
      create table app.inspection_item (
        process_instance_key bigint not null,
        inspection_no text not null references app.inspection,
        position integer not null,
        ref text,
        item text not null,
        scope text,
        inspector text not null,
        result text check (result in ('pass', 'fail', 'na')),
        score numeric,
        problem text,
        note text,
        staff_no text,
        customer_case text,
        checked_at timestamptz(3),
        primary key (inspection_no, position)
      );
      create table app.finding (
        finding_no text primary key,
        inspection_no text not null references app.inspection,
        process_instance_key bigint not null,
        issue text not null,
        scope text,
        kind text,
        dept text,
        owner text,
        staff_no text,
        harm boolean not null default false,
        repeat_count integer not null,
        level text,
        due date,
        found_at timestamptz(3) not null,
        referred_at timestamptz(3),
        closed_at timestamptz(3)
      );
      create index finding_unit on app.finding (dept, scope, found_at);
      create table app.quality_assessment (
        assessment_no text not null,
        subject_kind text not null check (subject_kind in ('unit', 'staff')),
        subject text not null,
        dept text,
        process_instance_key bigint not null,
        period text not null,
        period_from timestamptz(3) not null,
        period_to timestamptz(3) not null,
        metrics jsonb not null,
        weights jsonb not null,
        computed numeric(5, 2) not null,
        adjust numeric(5, 2) not null default 0,
        score numeric(5, 2) not null,
        grade text not null check (grade in ('A', 'B', 'C', 'D')),
        disputed boolean not null default false,
        confirmed boolean,
        remark text,
        reason text,
        award text[] not null default '{}',
        status text not null check (status in ('scored', 'approved')),
        scored_at timestamptz(3) not null,
        approved_at timestamptz(3),
        primary key (assessment_no, subject_kind, subject)
      );
      create index quality_assessment_subject on app.quality_assessment (subject_kind, subject, period_to);
    `);
  },
};
