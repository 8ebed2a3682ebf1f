import type { Database } from '../../database/connect.ts';
import { loadCalendar } from '../calendar/calendar-store.ts';
import { dueAt } from '../calendar/working-calendar.ts';
import { localDate } from '../calendar/zone-time.ts';
import { once, type Effect } from '../effect.ts';
import { caseNoOf, rowsOf } from '../job-input.ts';
import type { Job, JobWorker, WorkerContext } from '../job-worker.ts';
import { informationFacts } from './information-facts.ts';
import { consultationFacts, improvementFacts, riskAssessmentFacts } from './improvement-facts.ts';
import { inspectionFacts, qualityFacts } from './quality-facts.ts';
import { riskFacts } from './risk-facts.ts';
import { drillFacts, securityFacts } from './security-facts.ts';
import { applicationFacts, appointmentFacts } from './service-facts.ts';
import { trainingFacts } from './training-facts.ts';

interface Fact {
  metric: string;
  value: number;
  unit?: string | null;
}

const HOUR_MS = 3_600_000;

/**
 * Writes the figures of a finished case for the dashboards: `facts` [{metric, value, unit}] as given; for a complaint also
 * those of the complaint board, for a risk incident those of the risk board, for a security event or a drill those
 * of the same board, for an appointment or application those of the
 * service board (1 = in time, 0 = not). Returns `metricsPublished`.
 */
export const metricPublish: JobWorker = {
  type: 'metric.publish',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const facts = [...given(job), ...(await factsOf(trx, context, job))];
      const at = context.clock.now();
      const period = localDate(at, context.zone).slice(0, 7);
      if (facts.length > 0) await trx('app.kpi_fact').insert(facts.map((fact) => ({ metric: fact.metric, unit: fact.unit ?? null, period, value: fact.value, case_no: caseNoOf(job), process_instance_key: job.processInstanceKey, at: new Date(at) })));
      return { variables: { metricsPublished: facts.length }, audit: { metrics: facts.map((fact) => fact.metric) } };
    }),
};

async function factsOf(trx: Database, context: WorkerContext, job: Job): Promise<Fact[]> {
  const caseNo = caseNoOf(job) ?? '';
  const closed = { metric: `${job.bpmnProcessId}_closed`, value: 1 };
  switch (job.bpmnProcessId) {
    case 'complaint_handling':
      return complaintFacts(trx, context, job);
    case 'risk_incident':
      return [closed, ...(await riskFacts(trx, caseNo))];
    case 'security_incident':
      return [closed, ...(await securityFacts(trx, caseNo))];
    case 'emergency_drill':
      return [closed, ...(await drillFacts(trx, caseNo))];
    case 'quality_assessment':
      return [closed, ...(await qualityFacts(trx, caseNo))];
    case 'supervision_inspection':
      return [closed, ...(await inspectionFacts(trx, caseNo))];
    case 'staff_training':
      return [closed, ...(await trainingFacts(trx, caseNo))];
    case 'service_appointment':
      return [closed, ...(await appointmentFacts(trx, caseNo))];
    case 'service_application':
      return [closed, ...(await applicationFacts(trx, caseNo))];
    case 'service_consultation':
      return [closed, ...(await consultationFacts(trx, caseNo))];
    case 'service_improvement':
      return [closed, ...(await improvementFacts(trx, caseNo, context.clock.now()))];
    case 'risk_assessment':
      return [closed, ...(await riskAssessmentFacts(trx, caseNo))];
    case 'information_release':
      return [closed, ...(await informationFacts(trx, caseNo))];
    default:
      return [closed];
  }
}

function given(job: Job): Fact[] {
  return rowsOf(job, 'facts').flatMap((one) => (typeof one['metric'] === 'string' && typeof one['value'] === 'number' ? [{ metric: one['metric'], value: one['value'], unit: typeof one['unit'] === 'string' ? one['unit'] : null }] : []));
}

async function complaintFacts(trx: Database, context: WorkerContext, job: Job): Promise<Fact[]> {
  const row: { received_at: Date; accepted_at: Date | null; responded_at: Date | null; complexity: string | null; satisfaction: number | null; reopen_count: number; extended: boolean; outcome: string | null; closed_at: Date | null } | undefined = await trx('app.complaint').where({ complaint_no: caseNoOf(job) }).first();
  if (row === undefined) return [];
  const received = row.received_at.getTime();
  const closed = (row.closed_at ?? new Date(context.clock.now())).getTime();
  const { calendar } = await loadCalendar(trx, context.zone);
  const within = (days: number): number => (closed <= dueAt(calendar, received, days, 'wd') ? 1 : 0);
  const facts: Fact[] = [
    { metric: 'complaint_closed_in_20wd', value: within(20) },
    { metric: 'complaint_closed_in_target', value: within(row.complexity === 'complex' ? 15 : 7) },
    { metric: 'complaint_reopened', value: row.reopen_count > 0 ? 1 : 0 },
    { metric: 'complaint_extended', value: row.extended ? 1 : 0 },
    { metric: 'complaint_withdrawn', value: row.outcome === 'withdrawn' ? 1 : 0 },
  ];
  if (row.accepted_at !== null) facts.push({ metric: 'complaint_registered_in_24h', value: row.accepted_at.getTime() - received <= 24 * HOUR_MS ? 1 : 0 });
  if (row.responded_at !== null) facts.push({ metric: 'complaint_first_response_hours', unit: 'h', value: Math.round(((row.responded_at.getTime() - received) / HOUR_MS) * 100) / 100 });
  if (row.satisfaction !== null) facts.push({ metric: 'complaint_satisfied', value: row.satisfaction >= 4 ? 1 : 0 }, { metric: 'complaint_satisfaction_score', value: row.satisfaction });
  return facts;
}
