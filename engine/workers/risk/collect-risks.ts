import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { quarterOf } from '../calendar/period.ts';
import { isoWithOffset } from '../calendar/zone-time.ts';
import type { Effect } from '../effect.ts';
import { textOf } from '../job-input.ts';
import type { Job, WorkerContext } from '../job-worker.ts';
import { currentThresholds } from './thresholds.ts';

/**
 * What a quarter (`period`, default the one before) has shown (S4 6.1): incidents by level and source, complaints, late stages, security
 * events, alerts. Returns `period`, `periodFrom`, `periodTo`, `collected`, `collectedText` and the `thresholds` in force.
 */
export async function collectRisks(trx: Database, context: WorkerContext, job: Job): Promise<Effect> {
  const quarter = quarterOf(textOf(job, 'period'), context.clock.now(), context.zone);
  const within = [quarter.from, quarter.to];
  const counted = async (sql: string): Promise<Record<string, number>> => {
    const { rows } = await trx.raw<{ rows: { value: string | null; count: string }[] }>(sql, within);
    return Object.fromEntries(rows.map((row) => [row.value ?? 'none', Number(row.count)]));
  };
  const number = async (sql: string): Promise<number> => {
    const { rows } = await trx.raw<{ rows: { value: string | null }[] }>(sql, within);
    return Math.round(Number(rows[0]!.value ?? 0) * 10) / 10;
  };
  const incidents = 'from app.risk_incident where not false_alarm and registered_at >= ? and registered_at < ?';
  const byLevel = await counted(`select risk_level as value, count(*) as count ${incidents} group by 1`);
  const collected: JsonObject = {
    incidents: Object.values(byLevel).reduce((sum, count) => sum + count, 0),
    byLevel,
    bySource: await counted(`select risk_source as value, count(*) as count ${incidents} group by 1`),
    byDept: await counted(`select owner_dept as value, count(*) as count ${incidents} group by 1`),
    recoveryMinutes: await number(`select avg(rto_minutes) as value ${incidents}`),
    loss: await number(`select sum(coalesce(loss_actual, loss_estimate)) as value ${incidents}`),
    complaints: await number('select count(*) as value from app.complaint where received_at >= ? and received_at < ?'),
    breaches: await number('select count(*) as value from app.sla_breach where at >= ? and at < ?'),
    securityEvents: await number('select count(*) as value from app.security_event where registered_at >= ? and registered_at < ?'),
    alerts: await number('select count(*) as value from app.threshold_alert where at >= ? and at < ?'),
  };
  const collectedText = `${quarter.name} 发生风险事件 ${String(collected['incidents'])} 起（重大 ${byLevel['major'] ?? 0}，较大 ${byLevel['significant'] ?? 0}，一般 ${byLevel['general'] ?? 0}，轻微 ${byLevel['minor'] ?? 0}），平均恢复 ${String(collected['recoveryMinutes'])} 分钟，损失 ${String(collected['loss'])} 元；受理投诉 ${String(collected['complaints'])} 件，超时 ${String(collected['breaches'])} 次，安全事件 ${String(collected['securityEvents'])} 起，阈值预警 ${String(collected['alerts'])} 次。`;
  const thresholds = (await currentThresholds(trx)).map((one): JsonObject => ({ ...one }));
  return {
    variables: { period: quarter.name, periodFrom: isoWithOffset(quarter.from.getTime(), context.zone), periodTo: isoWithOffset(quarter.to.getTime(), context.zone), collected, collectedText, thresholds },
    audit: { period: quarter.name, incidents: collected['incidents']! },
  };
}
