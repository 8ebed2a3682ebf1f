import type { Migration } from '../../database/migrate.ts';

/** Users, candidate groups, customers and sites. */
export const people: Migration = {
  name: 'identity-0001-people',
  async up(db) {
    await db.raw('create schema if not exists app');
    await db.raw(`
      create table app.user_group (
        id text primary key,
        name text not null,
        name_en text not null,
        position integer not null default 0
      );
      create table app.app_user (
        id text primary key,
        name text not null,
        title text not null default '',
        email text,
        phone text,
        roles text[] not null default '{}',
        groups text[] not null default '{}',
        dept text,
        duty text not null default 'on' check (duty in ('on', 'off', 'suspended', 'restricted')),
        password_hash text,
        sample boolean not null default false,
        created_at timestamptz not null default now()
      );
      create index app_user_groups on app.app_user using gin (groups);
      create table app.site (
        id text primary key,
        name text not null,
        name_en text not null
      );
      create table app.customer (
        customer_no text primary key,
        name text not null,
        type text not null default 'individual',
        tier text not null default 'basic',
        risk_rating text,
        phone text,
        email text,
        id_type text,
        id_no text,
        preferred_channel text,
        tags text[] not null default '{}',
        sample boolean not null default false,
        created_at timestamptz not null default now()
      );
      create index customer_phone on app.customer (phone);
    `);
  },
};
