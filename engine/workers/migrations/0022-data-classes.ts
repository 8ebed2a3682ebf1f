import type { Migration } from '../../database/migrate.ts';

/** Data class and sensitivity of what is filed, as `retention_policy` gives them (S0 7.1, 7.2). What was filed before counts as confidential. */
export const dataClasses: Migration = {
  name: 'workers-0022-data-classes',
  async up(db) {
    await db.raw(`
      alter table app.archive_item
        add column data_class text not null default 'internal' check (data_class in ('customer_info', 'txn_data', 'op_record', 'internal')),
        add column sensitivity text not null default 'confidential' check (sensitivity in ('public', 'internal', 'confidential', 'core'));
    `);
  },
};
