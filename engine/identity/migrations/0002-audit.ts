import type { Migration } from '../../database/migrate.ts';

/** The append-only, hash-chained audit log. The trigger refuses changes even to the owner of the table. */
export const audit: Migration = {
  name: 'identity-0002-audit',
  async up(db) {
    await db.raw(`
      create table app.audit_log (
        seq bigserial primary key,
        at timestamptz(3) not null,
        actor text not null,
        role text,
        ip text,
        action text not null,
        object text not null,
        reason text,
        before jsonb,
        after jsonb,
        prev_hash text not null,
        hash text not null unique
      );
      create index audit_log_object on app.audit_log (object);
      create index audit_log_at on app.audit_log (at);
      create function app.refuse_audit_change() returns trigger language plpgsql as $$
      begin
        raise exception 'the audit log is append-only';
      end $$;
      create trigger audit_log_append_only before update or delete on app.audit_log
        for each row execute function app.refuse_audit_change();
      create trigger audit_log_no_truncate before truncate on app.audit_log
        for each statement execute function app.refuse_audit_change();
    `);
  },
};
