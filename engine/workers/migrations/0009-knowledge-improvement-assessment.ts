import type { Migration } from '../../database/migrate.ts';

/** Inquiries with the knowledge base, improvements, risk assessments with the register and the thresholds that warn. */
export const knowledgeImprovementAssessment: Migration = {
  name: 'workers-0009-knowledge-improvement-assessment',
  async up(db) {
    await db.raw(`
      insert into app.process_setting values
        ('service_consultation', 'slaProfile', '"default"'), ('service_improvement', 'slaProfile', '"default"'), ('risk_assessment', 'slaProfile', '"default"') on conflict do nothing;
      alter table app.complaint add column causes text[];
      create table app.knowledge_article (
        article_no text primary key,
        category text not null,
        title text not null,
        summary text not null,
        body text not null,
        keywords text[] not null default '{}',
        active boolean not null default true,
        sample boolean not null default false,
        updated_at timestamptz(3) not null,
        words tsvector not null
      );
      create index knowledge_article_words on app.knowledge_article using gin (words);
      create table app.knowledge_search (
        id bigserial primary key,
        case_no text,
        process_instance_key bigint not null,
        category text,
        found text[] not null,
        at timestamptz(3) not null
      );
      create table app.knowledge_use (
        article_no text not null references app.knowledge_article,
        case_no text not null,
        process_instance_key bigint not null,
        at timestamptz(3) not null,
        primary key (article_no, case_no)
      );
      create table app.consultation (
        consultation_no text primary key,
        process_instance_key bigint not null,
        source_no text,
        customer_no text,
        channel text,
        category text,
        question text,
        answer text,
        handled text check (handled in ('yes', 'transfer', 'complaint')),
        dept text,
        articles text[] not null default '{}',
        repeated boolean not null default false,
        registered_at timestamptz(3) not null,
        answered_at timestamptz(3),
        solved_at timestamptz(3),
        due_solved timestamptz(3),
        closed_at timestamptz(3),
        outcome text
      );
      create index consultation_customer on app.consultation (customer_no, category, registered_at);
      create index consultation_open on app.consultation (registered_at) where closed_at is null;
      create table app.improvement (
        improvement_no text primary key,
        process_instance_key bigint not null,
        source text,
        source_no text,
        title text,
        metric_name text,
        metric_now numeric,
        target numeric,
        metric_after numeric,
        causes text[],
        owner text,
        measures jsonb not null default '[]',
        approved boolean,
        budget numeric(18, 2),
        process_change_no text,
        round integer not null default 0,
        progress numeric,
        improved boolean,
        due_at timestamptz(3),
        registered_at timestamptz(3) not null,
        closed_at timestamptz(3),
        outcome text
      );
      create index improvement_open on app.improvement (registered_at) where closed_at is null;
      create table app.risk_assessment (
        assessment_no text primary key,
        process_instance_key bigint not null,
        period text not null,
        depts text[] not null default '{}',
        missing_depts text[] not null default '{}',
        late_depts text[] not null default '{}',
        items integer,
        high integer,
        medium integer,
        low integer,
        trend text,
        conclusion text,
        report_no text,
        report_version integer,
        approved boolean,
        registered_at timestamptz(3) not null,
        closed_at timestamptz(3),
        outcome text
      );
      create table app.risk_self_assessment (
        assessment_no text not null,
        dept text not null,
        process_instance_key bigint not null,
        state text not null check (state in ('in_time', 'late', 'missing')),
        scope text[] not null default '{}',
        items jsonb not null default '[]',
        self_score numeric,
        by text,
        at timestamptz(3) not null,
        primary key (assessment_no, dept)
      );
      create table app.risk_register (
        register_no text primary key,
        assessment_no text not null,
        process_instance_key bigint not null,
        dept text,
        item text not null,
        risk_type text,
        risk_source text,
        likelihood integer not null,
        impact integer not null,
        score integer not null,
        risk_level text not null,
        control text,
        owner text,
        threshold text,
        registered_at timestamptz(3) not null
      );
      create index risk_register_assessment on app.risk_register (assessment_no);
      create table app.risk_threshold (
        metric text primary key,
        value numeric not null,
        level text not null,
        assessment_no text,
        reason text,
        since timestamptz(3) not null
      );
      create table app.risk_threshold_change (
        id bigserial primary key,
        metric text not null,
        from_value numeric,
        to_value numeric not null,
        from_level text,
        to_level text not null,
        assessment_no text,
        at timestamptz(3) not null
      );
      create table app.threshold_alert (
        metric text not null,
        period text not null,
        value numeric not null,
        threshold numeric not null,
        level text not null,
        process_instance_key bigint not null,
        at timestamptz(3) not null,
        primary key (metric, period)
      );
      insert into app.risk_threshold (metric, value, level, since) values
        ('complaints_week', 50, 'general', now()), ('breach_rate', 10, 'general', now()), ('churn', 2, 'significant', now()), ('failed_login', 100, 'significant', now());
    `);
  },
};
