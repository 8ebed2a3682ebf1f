import type { JsonObject } from '../../contract/json.ts';
import { isoWithOffset, localDate } from '../calendar/zone-time.ts';
import { once, type Effect } from '../effect.ts';
import { requiredHeader } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';
import { currentThresholds, measureThresholds, thresholdWords } from './thresholds.ts';

/**
 * Holds every watched figure against its threshold; one that reaches it is an alert, once in its period (a week, month or day), and
 * publishes the header `message` (start of a risk incident) with what is known. Returns `alerts` [{metric, value, threshold, level, period}].
 */
export const riskWatch: JobWorker = {
  type: 'risk.watch',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const message = requiredHeader(job, 'message');
      const now = context.clock.now();
      const measured = await measureThresholds(trx, now, context.zone);
      const alerts: JsonObject[] = [];
      for (const { metric, value: threshold, level } of await currentThresholds(trx)) {
        const { value, period } = measured[metric];
        // A threshold of 0 warns of the first case, not of none.
        if (value < threshold || value === 0) continue;
        const added = await trx('app.threshold_alert').insert({ metric, period, value, threshold, level, process_instance_key: job.processInstanceKey, at: new Date(now) }).onConflict(['metric', 'period']).ignore().returning('metric');
        if (added.length === 0) continue;
        const { name, unit, riskType, riskSource, window } = thresholdWords[metric];
        await trx('app.kpi_fact').insert({ metric: 'threshold_alert', unit: metric, period: localDate(now, context.zone).slice(0, 7), value: 1, case_no: null, process_instance_key: job.processInstanceKey, at: new Date(now) });
        await context.engine.publishMessage({
          name: message,
          correlationKey: '',
          messageId: `threshold:${metric}:${period}`,
          variables: {
            title: `${name}达到预警阈值`, riskType, riskSource, occurredAt: isoWithOffset(now, context.zone), place: '全机构', impactScope: 'all', customersAffected: 0, ongoing: false,
            description: `${window}${name}为 ${value}${unit}，达到预警阈值 ${threshold}${unit}，由阈值监测自动发起，请核实并定级。`, sourceNo: `${metric}:${period}`, alertLevel: level,
          },
        });
        alerts.push({ metric, value, threshold, level, period });
      }
      return { variables: { alerts }, audit: { alerts } };
    }),
};
