import type { Database } from '../../database/connect.ts';
import { localDate } from '../calendar/zone-time.ts';
import { once, type Effect } from '../effect.ts';
import { numberOf, requiredHeader } from '../job-input.ts';
import type { Job, JobWorker, WorkerContext } from '../job-worker.ts';
import { nextNumber } from '../ledgers/record.ts';

/**
 * Draws `sample` customers at random, each at most once a quarter, and starts one survey (header `processId`) for each of them.
 * Closed customers and those who can be reached neither by phone nor by e-mail are left out. Who has been drawn stands in
 * `app.survey_draw`, so a repetition goes on where it stopped. Returns `drawn`.
 */
export const surveyDraw: JobWorker = {
  type: 'survey.draw',
  async handle(job, context) {
    const processId = requiredHeader(job, 'processId');
    const period = quarterOf(localDate(context.clock.now(), context.zone));
    const result = await once(job, context, async (trx): Promise<Effect> => {
      const drawNo = await nextNumber(trx, context, 'CY');
      const customers: string[] = await trx('app.customer')
        .whereNull('closed_at')
        .where((either) => void either.whereNotNull('phone').orWhereNotNull('email'))
        .whereNotIn('customer_no', trx('app.survey_draw').select('customer_no').where({ period }))
        .orderByRaw('random()')
        .limit(Math.max(0, Math.floor(numberOf(job, 'sample') ?? 0)))
        .pluck('customer_no');
      const at = new Date(context.clock.now());
      if (customers.length > 0) await trx('app.survey_draw').insert(customers.map((customer_no) => ({ period, customer_no, draw_no: drawNo, drawn_at: at })));
      return { variables: { drawn: customers.length, drawNo, period }, audit: { drawNo, period, drawn: customers.length } };
    });
    await startEach(job, context, processId, String(result['drawNo']), String(result['period']));
    return result;
  },
};

/** Starts the surveys not started yet, each with its mark in one transaction: dying between the two repeats one at most. */
async function startEach(job: Job, context: WorkerContext, processId: string, drawNo: string, period: string): Promise<void> {
  const next = (trx: Database) => trx('app.survey_draw').where({ period, draw_no: drawNo }).whereNull('started_at').orderBy('customer_no').first().forUpdate().skipLocked();
  for (let more = true; more; ) {
    more = await context.db.transaction(async (trx) => {
      const row: { customer_no: string } | undefined = await next(trx);
      if (row === undefined) return false;
      const customer: { tier: string; name: string } | undefined = await trx('app.customer').select('tier', 'name').where({ customer_no: row.customer_no }).first();
      await context.engine.createInstance(processId, { trigger: 'quarterly', caseNo: `${drawNo}-${row.customer_no}`, customerNo: row.customer_no, customerName: customer?.name ?? null, tier: customer?.tier ?? null, period, initiator: `worker:${job.bpmnProcessId}` });
      await trx('app.survey_draw').where({ period, customer_no: row.customer_no }).update({ started_at: new Date(context.clock.now()) });
      return true;
    });
  }
}

/** `2026-11-23` → `2026Q4`. */
function quarterOf(day: string): string {
  return `${day.slice(0, 4)}Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}
