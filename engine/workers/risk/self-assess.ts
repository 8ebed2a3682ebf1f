import type { JsonValue } from '../../contract/json.ts';
import { once, type Effect } from '../effect.ts';
import { numberOf, requiredText, textOf, textsOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';

/**
 * Writes down a department's (`dept`) self-assessment for the case: `items` (rows of F-Q01), `scope`, `selfScore`; late after
 * `dueAssess`. Returns `selfState`, `in_time` or `late`.
 */
export const riskSelfAssess: JobWorker = {
  type: 'risk.self_assess',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const [assessmentNo, dept] = [requiredText(job, 'caseNo'), requiredText(job, 'dept')];
      const now = context.clock.now();
      const due = Date.parse(textOf(job, 'dueAssess') ?? '');
      const state = !Number.isNaN(due) && now > due ? 'late' : 'in_time';
      const items: JsonValue[] = Array.isArray(job.variables['items']) ? job.variables['items'] : [];
      const row = { process_instance_key: job.processInstanceKey, state, scope: textsOf(job, 'scope'), items: JSON.stringify(items), self_score: numberOf(job, 'selfScore'), at: new Date(now) };
      await trx('app.risk_self_assessment').insert({ assessment_no: assessmentNo, dept, ...row }).onConflict(['assessment_no', 'dept']).merge(row);
      return { variables: { selfState: state }, audit: { dept, state, items: items.length } };
    }),
};
