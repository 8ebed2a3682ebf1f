import { once } from '../effect.ts';
import { objectOf, textOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';
import { nextNumber } from '../ledgers/record.ts';

/**
 * Opens a rectification from `item` {item | problem, requirement, owner, due, weight minor|normal|heavy}, with `sourceNo` and
 * `sourceKind`. Returns `rectNo`, `round` 0, `problem`, `owner`, `weight`.
 */
export const rectificationOpen: JobWorker = {
  type: 'rectification.open',
  handle: (job, context) =>
    once(job, context, async (trx) => {
      const item = objectOf(job, 'item');
      const text = (name: string): string | null => (typeof item[name] === 'string' && item[name] !== '' ? item[name] : null);
      const problem = text('item') ?? text('problem') ?? text('issue');
      if (problem === null) throw new Error('a rectification needs the problem in "item.item" or "item.problem"');
      const rectNo = await nextNumber(trx, context, 'ZG');
      const at = new Date(context.clock.now());
      const owner = text('owner');
      const weight = text('weight') ?? 'normal';
      const due = text('due');
      await trx('app.rectification').insert({ rect_no: rectNo, source_no: textOf(job, 'sourceNo'), source_kind: textOf(job, 'sourceKind'), process_instance_key: job.processInstanceKey, problem, requirement: text('requirement'), owner, weight, due: due !== null && /^\d{4}-\d{2}-\d{2}/.test(due) ? due.slice(0, 10) : null, status: 'open', opened_at: at });
      await trx('app.record').insert({ record_no: rectNo, series: 'ZG', process_id: job.bpmnProcessId, process_instance_key: job.processInstanceKey, source_no: textOf(job, 'sourceNo'), registered_at: at });
      return { variables: { rectNo, round: 0, problem, owner, weight }, audit: { rectNo, owner, weight } };
    }),
};
