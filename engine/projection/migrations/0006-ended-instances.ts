import type { Migration } from '../../database/migrate.ts';

/** Finds what has ended long ago, and what ended today, without reading all that ever was. */
export const endedInstances: Migration = {
  name: 'projection-0006-ended-instances',
  async up(db) {
    await db.raw('create index process_instance_ended on read_model.process_instance (ended_at) where ended_at is not null');
  },
};
