import type { Migration } from '../../database/migrate.ts';

/** Risk register with its level changes, emergency call-outs and bookings, suspended services. */
export const riskAndEmergency: Migration = {
  name: 'workers-0003-risk-and-emergency',
  async up(db) {
    await db.raw(`
      insert into app.process_setting values ('risk_incident', 'slaProfile', '"default"');
      alter table app.record add column site text, add column channel text;
      create index record_open on app.record (series, site) where closed_at is null;
      create table app.risk_incident (
        risk_no text primary key,
        process_instance_key bigint not null,
        title text, risk_type text, risk_source text, stage text, owner_dept text, place text, impact_scope text,
        customers_affected integer,
        loss_estimate numeric(18, 2),
        loss_actual numeric(18, 2),
        likelihood integer, impact integer, score integer,
        computed_level text, risk_level text,
        cause_kind text,
        occurred_at timestamptz(3),
        recovered_at timestamptz(3),
        rto_minutes numeric,
        false_alarm boolean not null default false,
        status text not null check (status in ('open', 'closed')),
        registered_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        closed_at timestamptz(3)
      );
      create index risk_incident_open on app.risk_incident (risk_level, owner_dept) where status = 'open';
      create index risk_incident_source on app.risk_incident (owner_dept, risk_source, registered_at);
      create table app.risk_level_change (
        id bigserial primary key,
        risk_no text not null references app.risk_incident,
        from_level text,
        to_level text not null,
        element_id text not null,
        at timestamptz(3) not null
      );
      create table app.emergency_resource (
        resource_id text primary key,
        kind text not null,
        name text not null,
        name_en text not null,
        site text,
        quantity integer not null check (quantity >= 0)
      );
      create table app.emergency_activation (
        activation_no text primary key,
        case_no text,
        process_instance_key bigint not null,
        risk_level text not null,
        site text,
        activated_at timestamptz(3) not null,
        released_at timestamptz(3)
      );
      create index emergency_activation_open on app.emergency_activation (case_no) where released_at is null;
      create table app.emergency_callout (
        activation_no text not null references app.emergency_activation,
        user_id text not null,
        called_at timestamptz(3) not null,
        acknowledge_by timestamptz(3) not null,
        acknowledged_at timestamptz(3),
        primary key (activation_no, user_id)
      );
      create table app.emergency_booking (
        activation_no text not null references app.emergency_activation,
        resource_id text not null references app.emergency_resource,
        quantity integer not null check (quantity > 0),
        primary key (activation_no, resource_id)
      );
      create table app.service_suspension (
        suspension_no text primary key,
        case_no text not null,
        process_instance_key bigint not null,
        scope text not null check (scope in ('all', 'site', 'channel')),
        ref text not null,
        reason text,
        affected text[] not null default '{}',
        suspended_at timestamptz(3) not null,
        resumed_at timestamptz(3)
      );
      create unique index service_suspension_open on app.service_suspension (case_no, scope, ref) where resumed_at is null;
      create table app.service_state (
        scope text not null,
        ref text not null,
        state text not null check (state in ('suspended', 'resumed')),
        case_no text not null,
        since timestamptz(3) not null,
        primary key (scope, ref)
      );
    `);
  },
};
