import type { Migration } from '../../database/migrate.ts';

/** Who has handled what stands in the customer's history, with their opinion and what the customer said of it (S0 4.2, S1 2.1, S4 3.5). */
export const peopleAndOpinions: Migration = {
  name: 'workers-0020-people-and-opinions',
  async up(db) {
    await db.raw(`
      alter table app.customer_interaction
        add column handler text,
        add column opinion text,
        add column feedback text;
    `);
  },
};
