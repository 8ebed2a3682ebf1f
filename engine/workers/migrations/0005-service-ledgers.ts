import type { Migration } from '../../database/migrate.ts';

/** Service catalogue, bookable resources with their reservations, appointments, applications, orders and contracts. */
export const serviceLedgers: Migration = {
  name: 'workers-0005-service-ledgers',
  async up(db) {
    await db.raw(`
      insert into app.process_setting values
        ('service_appointment', 'slaProfile', '"default"'), ('service_application', 'slaProfile', '"default"') on conflict do nothing;
      create table app.service_catalogue (
        product text primary key,
        business text not null,
        service_class text,
        name text not null,
        name_en text not null,
        product_risk text check (product_risk in ('R1', 'R2', 'R3', 'R4', 'R5')),
        execute_days integer check (execute_days > 0),
        active boolean not null default true,
        sample boolean not null default false
      );
      create index service_catalogue_business on app.service_catalogue (business) where active;
      create table app.service_material (
        id bigserial primary key,
        business text not null,
        product text references app.service_catalogue,
        customer_type text,
        kind text not null,
        name text not null,
        name_en text not null
      );
      create unique index service_material_once on app.service_material (business, coalesce(product, ''), coalesce(customer_type, ''), kind);
      create table app.customer_adviser (
        customer_no text not null,
        user_id text not null,
        primary key (customer_no, user_id)
      );
      create table app.service_resource (
        resource_id text primary key,
        group_id text not null,
        site text references app.site,
        name text not null,
        name_en text not null,
        skills text[] not null default '{}',
        active boolean not null default true,
        version integer not null default 0,
        sample boolean not null default false
      );
      create index service_resource_group on app.service_resource (group_id, site) where active;
      create table app.resource_hours (
        resource_id text not null references app.service_resource,
        opens time not null,
        closes time not null check (closes > opens),
        primary key (resource_id, opens)
      );
      create table app.resource_slot (
        slot_id bigserial primary key,
        resource_id text not null references app.service_resource,
        start_at timestamptz(3) not null,
        end_at timestamptz(3) not null check (end_at > start_at),
        status text not null check (status in ('held', 'confirmed', 'released')),
        held_by text not null,
        process_instance_key bigint not null,
        held_at timestamptz(3) not null,
        confirmed_at timestamptz(3),
        released_at timestamptz(3)
      );
      create unique index resource_slot_taken on app.resource_slot (resource_id, start_at) where status <> 'released';
      create unique index resource_slot_holder on app.resource_slot (held_by) where status <> 'released';
      create table app.slot_wait (
        id bigserial primary key,
        appointment_no text not null,
        process_instance_key bigint not null,
        resource_group text not null,
        site text,
        skills text[] not null default '{}',
        minutes integer not null,
        from_at timestamptz(3),
        to_at timestamptz(3),
        priority_rank integer not null default 9,
        wait_until timestamptz(3) not null,
        since timestamptz(3) not null,
        told_at timestamptz(3)
      );
      create unique index slot_wait_open on app.slot_wait (appointment_no) where told_at is null;
      create table app.appointment (
        appointment_no text primary key,
        process_instance_key bigint not null,
        customer_no text, customer_type text, channel text, site text, mode text,
        service_class text, business text, amount numeric(18, 2),
        resource_group text, minutes integer, priority_rank integer,
        resource_id text, start_at timestamptz(3), end_at timestamptz(3),
        status text not null check (status in ('requested', 'waiting', 'held', 'confirmed', 'served', 'noshow', 'cancelled', 'expired', 'rejected', 'unavailable')),
        registered_at timestamptz(3) not null,
        confirmed_at timestamptz(3),
        arrived_at timestamptz(3), started_at timestamptz(3), finished_at timestamptz(3),
        result text,
        closed_at timestamptz(3),
        outcome text
      );
      create index appointment_customer on app.appointment (customer_no, registered_at);
      create index appointment_open on app.appointment (site, start_at) where closed_at is null;
      create table app.service_application (
        application_no text primary key,
        process_instance_key bigint not null,
        appointment_no text,
        customer_no text, customer_type text, channel text, site text,
        service_class text, business text, product text, amount numeric(18, 2), term_months integer,
        product_risk text, risk_tolerance text, suitability text,
        review_levels integer, last_passed integer, results jsonb, execute_group text[],
        status text not null default 'registered',
        registered_at timestamptz(3) not null,
        accepted_at timestamptz(3),
        finished_at timestamptz(3),
        closed_at timestamptz(3),
        outcome text
      );
      create index service_application_customer on app.service_application (customer_no, registered_at);
      create index service_application_open on app.service_application (site) where closed_at is null;
      create table app.application_material (
        application_no text not null references app.service_application,
        kind text not null,
        supplied_at timestamptz(3) not null,
        primary key (application_no, kind)
      );
      create table app.service_order (
        order_no text primary key,
        application_no text not null references app.service_application,
        process_instance_key bigint not null,
        customer_no text, business text, product text, amount numeric(18, 2),
        execute_group text[] not null,
        status text not null check (status in ('open', 'done', 'failed', 'void')),
        eta timestamptz(3),
        created_at timestamptz(3) not null,
        closed_at timestamptz(3)
      );
      create unique index service_order_open on app.service_order (application_no) where status = 'open';
      create index service_order_customer on app.service_order (customer_no) where status = 'open';
      create table app.service_contract (
        contract_no text primary key,
        application_no text not null references app.service_application,
        order_no text not null references app.service_order,
        customer_no text, business text, product text, amount numeric(18, 2), fee numeric(18, 2), term_months integer,
        service_group text,
        starts_on date not null,
        ends_on date,
        status text not null check (status in ('active', 'renewed', 'ended')),
        followup_started_at timestamptz(3),
        created_at timestamptz(3) not null
      );
      create index service_contract_end on app.service_contract (ends_on) where status = 'active';
      create index service_contract_customer on app.service_contract (customer_no);
      insert into app.service_material (business, customer_type, kind, name, name_en) values
        ('account', null, 'id', '有效身份证件', 'Valid ID document'),
        ('deposit_payment', null, 'id', '有效身份证件', 'Valid ID document'),
        ('wealth', null, 'id', '有效身份证件', 'Valid ID document'),
        ('wealth', null, 'risk_assessment', '风险承受能力测评问卷', 'Risk tolerance questionnaire'),
        ('credit', null, 'id', '有效身份证件', 'Valid ID document'),
        ('credit', null, 'income', '收入证明', 'Proof of income'),
        ('credit', null, 'credit_report', '征信查询授权书', 'Authorization to query credit records'),
        ('credit', 'corporate', 'license', '营业执照', 'Business license'),
        ('insurance', null, 'id', '有效身份证件', 'Valid ID document'),
        ('insurance', null, 'health', '健康告知书', 'Health declaration'),
        ('fund_securities', null, 'id', '有效身份证件', 'Valid ID document'),
        ('fund_securities', null, 'risk_assessment', '风险承受能力测评问卷', 'Risk tolerance questionnaire'),
        ('cross_border', null, 'id', '有效身份证件', 'Valid ID document'),
        ('cross_border', null, 'trade_proof', '交易背景证明', 'Proof of the underlying transaction'),
        ('digital', null, 'id', '有效身份证件', 'Valid ID document'),
        ('card', null, 'id', '有效身份证件', 'Valid ID document'),
        ('card', null, 'income', '收入证明', 'Proof of income'),
        ('other', null, 'id', '有效身份证件', 'Valid ID document');
    `);
  },
};
