import type { Clock } from '../contract/clock.ts';
import type { Database } from '../database/connect.ts';
import type { EngineCommands } from './job-worker.ts';

/** Wakes deadlines that no running timer knows: moved ones, and repeated escalations. */
export interface SlaWatch {
  /** Publishes `sla_due` for every stored date that has passed; resolves with how many. Safe to call side by side. */
  tick(): Promise<number>;
}

const BATCH = 100;

/**
 * The dates live in `app.sla_watch`, so a restart loses none: a date is marked only after its message has been taken, and a
 * message published twice is refused by its id.
 */
export function createSlaWatch({ db, clock, engine }: { db: Database; clock: Clock; engine: EngineCommands }): SlaWatch {
  return {
    async tick() {
      let published = 0;
      for (;;) {
        const now = new Date(clock.now());
        const done = await db.transaction(async (trx) => {
          const rows: { id: string; case_no: string; stage: string }[] = await trx('app.sla_watch').select('id', 'case_no', 'stage').whereNull('published_at').where('due_at', '<=', now).orderBy('due_at').limit(BATCH).forUpdate().skipLocked();
          for (const row of rows) await engine.publishMessage({ name: 'sla_due', correlationKey: `${row.case_no}:${row.stage}`, messageId: `sla_due:${row.id}` });
          if (rows.length > 0) await trx('app.sla_watch').whereIn('id', rows.map((row) => row.id)).update({ published_at: now });
          return rows.length;
        });
        published += done;
        if (done < BATCH) return published;
      }
    },
  };
}
