import type { JsonObject } from '../../contract/json.ts';
import { once, type Effect } from '../effect.ts';
import { requiredText, rowsOf, textIn } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';

/** Figure that warns of a risk from this source. */
const watchedBy: Readonly<Record<string, string>> = { complaint: 'complaints_week', misoperation: 'breach_rate', churn: 'churn', system_failure: 'failed_login' };

/**
 * Enters rated risks (`items` [{dept, item, riskType, source, likelihood, impact, score, riskLevel, control, owner}]) in the risk
 * register. Returns `registered` and `rectItems`: what is rated major or significant, to be rectified.
 */
export const riskRegisterItems: JobWorker = {
  type: 'risk.register',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const assessmentNo = requiredText(job, 'caseNo');
      const items = rowsOf(job, 'items');
      const text = (item: JsonObject, name: string): string | null => textIn(item[name]);
      const rows = items.map((item, index) => ({
        register_no: `${assessmentNo}-${String(index + 1).padStart(3, '0')}`, assessment_no: assessmentNo, process_instance_key: job.processInstanceKey,
        dept: text(item, 'dept'), item: text(item, 'item') ?? '未命名风险', risk_type: text(item, 'riskType'), risk_source: text(item, 'source'),
        likelihood: Number(item['likelihood']), impact: Number(item['impact']), score: Number(item['likelihood']) * Number(item['impact']), risk_level: text(item, 'riskLevel') ?? 'general',
        control: text(item, 'control'), owner: text(item, 'owner'), threshold: watchedBy[text(item, 'source') ?? ''] ?? null, registered_at: new Date(context.clock.now()),
      }));
      if (rows.length > 0) await trx('app.risk_register').insert(rows);
      const rectItems = rows.filter((row) => row.risk_level === 'major' || row.risk_level === 'significant').map((row): JsonObject => ({ item: row.item, requirement: row.control, owner: row.owner, weight: row.risk_level === 'major' ? 'heavy' : 'normal' }));
      return { variables: { registered: rows.length, rectItems }, audit: { registered: rows.length, toRectify: rectItems.length } };
    }),
};
