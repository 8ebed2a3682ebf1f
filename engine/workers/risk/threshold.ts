import type { JsonObject } from '../../contract/json.ts';
import { once, type Effect } from '../effect.ts';
import { caseNoOf, textOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';
import { currentThresholds, thresholdMetrics, type ThresholdMetric } from './thresholds.ts';

/**
 * Puts `thresholds` [{metric, value, level}] in force, with `reason`; what changes is written down with both values. Metrics not named stay.
 * Returns `thresholdsChanged`, how many.
 * @throws for an unknown metric or a value that is no number from 0
 */
export const riskThreshold: JobWorker = {
  type: 'risk.threshold',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const wanted = Array.isArray(job.variables['thresholds']) ? job.variables['thresholds'] : [];
      const at = new Date(context.clock.now());
      const before = new Map((await currentThresholds(trx)).map((one) => [one.metric, one]));
      const changed: JsonObject[] = [];
      for (const one of wanted) {
        const { metric, value, level } = checked(one);
        const old = before.get(metric);
        if (old?.value === value && old.level === level) continue;
        await trx('app.risk_threshold').insert({ metric, value, level, assessment_no: caseNoOf(job), reason: textOf(job, 'reason'), since: at }).onConflict('metric').merge();
        await trx('app.risk_threshold_change').insert({ metric, from_value: old?.value ?? null, to_value: value, from_level: old?.level ?? null, to_level: level, assessment_no: caseNoOf(job), at });
        changed.push({ metric, from: old?.value ?? null, to: value });
      }
      return { variables: { thresholdsChanged: changed.length }, audit: { changed } };
    }),
};

function checked(one: unknown): { metric: ThresholdMetric; value: number; level: string } {
  const { metric, value, level } = (one ?? {}) as JsonObject;
  const known = thresholdMetrics.find((name) => name === metric);
  if (known === undefined) throw new Error(`a threshold is for one of ${thresholdMetrics.join(', ')}, not "${String(metric)}"`);
  if (typeof value !== 'number' || value < 0) throw new Error(`the threshold of ${known} must be a number from 0, not "${String(value)}"`);
  return { metric: known, value, level: typeof level === 'string' && level !== '' ? level : 'general' };
}
