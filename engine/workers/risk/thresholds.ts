import type { Database } from '../../database/connect.ts';
import { localDate } from '../calendar/zone-time.ts';

/** Figures with a threshold that warns (S1 5.1). */
export const thresholdMetrics = ['complaints_week', 'breach_rate', 'churn', 'failed_login'] as const;
export type ThresholdMetric = (typeof thresholdMetrics)[number];

/** A threshold: at this value or above it, the figure is a risk of this level. */
export interface Threshold {
  metric: ThresholdMetric;
  value: number;
  level: string;
}

/** What a figure is called, what kind of risk it is, and its unit. */
export const thresholdWords: Readonly<Record<ThresholdMetric, { name: string; unit: string; riskType: string; riskSource: string; window: string }>> = {
  complaints_week: { name: '周投诉量', unit: '件', riskType: 'operational', riskSource: 'complaint', window: '近七日' },
  breach_rate: { name: '超时率', unit: '%', riskType: 'operational', riskSource: 'misoperation', window: '近七日' },
  churn: { name: '客户流失率', unit: '%', riskType: 'market', riskSource: 'churn', window: '近三十日' },
  failed_login: { name: '登录失败次数', unit: '次', riskType: 'operational', riskSource: 'system_failure', window: '近二十四小时' },
};

const DAY_MS = 86_400_000;
/** A share of fewer than this many says nothing and counts as 0 (R). */
const SMALLEST_BASE = 20;

/** Thresholds in force, in the order of the metrics. */
export async function currentThresholds(db: Database): Promise<Threshold[]> {
  const rows: { metric: ThresholdMetric; value: string; level: string }[] = await db('app.risk_threshold').select('metric', 'value', 'level');
  return thresholdMetrics.flatMap((metric) => rows.filter((row) => row.metric === metric).map((row) => ({ metric, value: Number(row.value), level: row.level })));
}

/** Every figure as it stands, rounded to one decimal, and the period an alert about it counts for: one in a week, a month (churn) or a day (sign-ins). */
export async function measureThresholds(db: Database, now: number, zone: string): Promise<Record<ThresholdMetric, { value: number; period: string }>> {
  const since = (days: number): Date => new Date(now - days * DAY_MS);
  const one = async (sql: string, bindings: Date[]): Promise<number> => {
    const { rows } = await db.raw<{ rows: { value: string | null }[] }>(sql, bindings);
    return Math.round(Number(rows[0]!.value ?? 0) * 10) / 10;
  };
  const week = weekOf(localDate(now, zone));
  return {
    complaints_week: { period: week, value: await one('select count(*) as value from app.complaint where received_at > ?', [since(7)]) },
    breach_rate: { period: week, value: await one(`select case when base >= ${SMALLEST_BASE} then 100.0 * (select count(distinct (case_no, stage)) from app.sla_breach where at > ?) / base end as value from (select count(*) as base from app.deadline where due_at > ? and due_at <= ?) b`, [since(7), since(7), new Date(now)]) },
    churn: { period: localDate(now, zone).slice(0, 7), value: await one(`select case when base >= ${SMALLEST_BASE} then 100.0 * lost / base end as value from (select count(*) filter (where closed_at > ?) as lost, count(*) filter (where closed_at is null or closed_at > ?) as base from app.customer) c`, [since(30), since(30)]) },
    failed_login: { period: localDate(now, zone), value: await one(`select count(*) as value from app.audit_log where action = 'session.refused' and at > ?`, [since(1)]) },
  };
}

/** Week of a date by ISO 8601, e.g. `2026-W48`. */
export function weekOf(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  // The week belongs to the year its Thursday lies in.
  const thursday = new Date(day.getTime() + (4 - (day.getUTCDay() || 7)) * DAY_MS);
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return `${thursday.getUTCFullYear()}-W${String(Math.floor((thursday.getTime() - first) / (7 * DAY_MS)) + 1).padStart(2, '0')}`;
}
