import type { Migration } from '../../database/migrate.ts';

/** Customer interactions, identity checks, compensation, rectification, surveys, reports, archive, metrics, training, announcements. */
export const customerAndCaseLedgers: Migration = {
  name: 'workers-0002-customer-and-case-ledgers',
  async up(db) {
    await db.raw(`
      create table app.customer_interaction (
        interaction_no text primary key,
        case_no text,
        process_instance_key bigint not null,
        customer_no text,
        kind text not null,
        at timestamptz(3) not null,
        place text,
        people text[],
        channel text,
        content text,
        files jsonb,
        outcome text,
        follow_up text
      );
      create index customer_interaction_customer on app.customer_interaction (customer_no, at);
      create index customer_interaction_case on app.customer_interaction (case_no);
      create table app.identity_otp (
        otp_ref text primary key,
        process_instance_key bigint not null,
        code_hash text not null,
        expires_at timestamptz(3) not null,
        tries integer not null default 0,
        used_at timestamptz(3)
      );
      create table app.identity_check (
        id bigserial primary key,
        process_instance_key bigint not null,
        case_no text,
        customer_no text,
        level text not null,
        verified boolean not null,
        fail_reason text,
        at timestamptz(3) not null
      );
      create table app.compensation (
        compensation_no text primary key,
        case_no text,
        process_instance_key bigint not null,
        party text not null,
        kind text not null,
        amount numeric(18, 2) not null,
        status text not null check (status in ('registered', 'reversed')),
        at timestamptz(3) not null,
        reversed_at timestamptz(3)
      );
      create table app.payable_export (
        id bigserial primary key,
        compensation_no text not null references app.compensation,
        amount numeric(18, 2) not null,
        created_at timestamptz(3) not null,
        exported_at timestamptz(3)
      );
      create table app.rectification (
        rect_no text primary key,
        source_no text,
        source_kind text,
        process_instance_key bigint not null,
        problem text not null,
        requirement text,
        owner text,
        weight text not null default 'normal',
        due date,
        progress integer,
        rounds integer not null default 0,
        effect text,
        status text not null check (status in ('open', 'closed')),
        opened_at timestamptz(3) not null,
        closed_at timestamptz(3)
      );
      create table app.public_link (
        token_hash text primary key,
        kind text not null,
        message text not null,
        correlation_key text not null,
        form_id text,
        process_instance_key bigint not null,
        created_at timestamptz(3) not null,
        expires_at timestamptz(3) not null,
        used_at timestamptz(3)
      );
      create table app.survey (
        survey_no text primary key,
        case_no text,
        process_instance_key bigint not null,
        template text not null,
        sent_at timestamptz(3) not null,
        expires_at timestamptz(3) not null,
        status text not null check (status in ('open', 'answered', 'closed')),
        closed_at timestamptz(3)
      );
      create table app.survey_answer (survey_no text primary key references app.survey, answers jsonb not null, at timestamptz(3) not null);
      create table app.report (
        report_no text not null,
        version integer not null,
        template text not null,
        case_no text,
        process_instance_key bigint not null,
        media_type text not null,
        content text not null,
        sha256 text not null,
        at timestamptz(3) not null,
        primary key (report_no, version)
      );
      create index report_case on app.report (case_no, template);
      create table app.archive_item (
        archive_no text primary key,
        case_no text not null,
        process_instance_key bigint not null,
        class text not null,
        sha256 text not null,
        iv bytea not null,
        tag bytea not null,
        package bytea,
        stored_at timestamptz(3) not null,
        retain_until timestamptz(3) not null,
        anchor text not null,
        hold_until timestamptz(3),
        destroyed_at timestamptz(3)
      );
      create index archive_item_due on app.archive_item (retain_until) where destroyed_at is null;
      create table app.kpi_fact (
        id bigserial primary key,
        metric text not null,
        unit text,
        period text not null,
        value numeric not null,
        case_no text,
        process_instance_key bigint not null,
        at timestamptz(3) not null
      );
      create index kpi_fact_metric on app.kpi_fact (metric, period);
      create table app.training_session (
        session_no text primary key,
        training_no text,
        course text not null,
        session_at timestamptz(3),
        hours numeric,
        teacher text,
        staff text[] not null,
        process_instance_key bigint not null,
        at timestamptz(3) not null
      );
      create table app.announcement (
        ann_no text primary key,
        text text not null,
        audience text not null,
        channels text[] not null,
        case_no text,
        published_at timestamptz(3) not null,
        withdrawn_at timestamptz(3)
      );
    `);
  },
};
