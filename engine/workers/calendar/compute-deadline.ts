import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { appendAudit } from '../../identity/audit.ts';
import { membersOnDuty } from '../../identity/directory.ts';
import { addToInbox } from '../../notifications/inbox.ts';
import { renderTemplate } from '../../notifications/templates.ts';
import { valueAt } from '../job-input.ts';
import type { Job, WorkerContext } from '../job-worker.ts';
import { loadCalendar } from './calendar-store.ts';
import { dueAt, endOfBusiness, remindAt, type Unit, type WorkingCalendar } from './working-calendar.ts';
import { localDate } from './zone-time.ts';

/** A row of an SLA decision. */
export interface SlaRow {
  amount: number;
  unit: Unit;
  remindAtPct: number;
  escalateTo: string | null;
}

/** A stage's deadline; instants in epoch ms, whole seconds, since an engine's timers are set with those. */
export interface Deadline extends SlaRow {
  startedAt: number;
  dueAt: number;
  remindAt: number;
}

const units: readonly string[] = ['min', 'h', 'd', 'wd'];

/** Asks the SLA decision for a stage, under the process's `slaProfile`; null when no row matches. */
export async function slaRowOf(db: Database, context: WorkerContext, job: Job, stage: string, decisionId: string): Promise<SlaRow | null> {
  const setting: { value: unknown } | undefined = await db('app.process_setting').select('value').where({ process_id: job.bpmnProcessId, name: 'slaProfile' }).first();
  const selector = (name: string): JsonObject => (job.customHeaders[name] === undefined ? {} : { [name]: valueAt(job.variables, job.customHeaders[name]) });
  const found = await context.engine.evaluateDecision(decisionId, { ...job.variables, ...selector('selector1'), ...selector('selector2'), profile: typeof setting?.value === 'string' ? setting.value : 'default', stage });
  if (found === null || typeof found !== 'object') return null;
  const { amount, unit, remindAtPct, escalateTo } = found as Record<string, unknown>;
  if (typeof amount !== 'number' || !(amount > 0) || typeof unit !== 'string' || !units.includes(unit)) {
    throw new Error(`${decisionId} gives stage "${stage}" the time ${JSON.stringify(amount)} ${JSON.stringify(unit)}: it must be a number above zero in min, h, d or wd`);
  }
  return { amount, unit: unit as Unit, remindAtPct: typeof remindAtPct === 'number' ? remindAtPct : 80, escalateTo: typeof escalateTo === 'string' ? escalateTo : null };
}

/** When the stage begins: the instant in the variable the header `from` names, else now. */
export function startOf(job: Job, context: WorkerContext): number {
  const now = context.clock.now();
  const from = job.customHeaders['from'] === undefined ? null : valueAt(job.variables, job.customHeaders['from']);
  const at = typeof from === 'string' ? Date.parse(from) : Number.NaN;
  return Number.isNaN(at) || at > now ? now : at;
}

/** Deadline of a row counted from `start`. `onDate` (`2026-11-24`, from a form) fixes the day instead: it ends at closing time. */
export async function deadlineOf(db: Database, context: WorkerContext, row: SlaRow, start: number, onDate: string | null = null): Promise<Deadline> {
  const { calendar, years } = await loadCalendar(db, context.zone);
  const due = onDate === null ? dueAt(calendar, start, row.amount, row.unit) : endOfBusiness(calendar, onDate);
  await warnOfMissingYears(db, context, calendar, years, start, due, row.unit);
  return { ...row, startedAt: wholeSecond(start), dueAt: wholeSecond(due), remindAt: wholeSecond(remindAt(calendar, Math.min(start, due), due, row.remindAtPct, row.unit)) };
}

/** The same deadline moved by `amount` `unit`s, counted from the old due date. */
export async function extendedDeadline(db: Database, context: WorkerContext, old: Deadline, amount: number, unit: Unit): Promise<Deadline> {
  const { calendar, years } = await loadCalendar(db, context.zone);
  const due = dueAt(calendar, old.dueAt, amount, unit);
  await warnOfMissingYears(db, context, calendar, years, old.dueAt, due, unit);
  return { ...old, dueAt: wholeSecond(due), remindAt: wholeSecond(remindAt(calendar, old.startedAt, due, old.remindAtPct, unit)) };
}

async function warnOfMissingYears(db: Database, context: WorkerContext, calendar: WorkingCalendar, years: ReadonlySet<number>, start: number, due: number, unit: Unit): Promise<void> {
  if (unit !== 'wd') return;
  const [first, last] = [start, due].map((at) => Number(localDate(at, calendar.zone).slice(0, 4))) as [number, number];
  for (let year = first; year <= last; year += 1) {
    if (years.has(year)) continue;
    const message = await renderTemplate(db, 'calendar_missing', { year });
    let news = false;
    for (const admin of await membersOnDuty(db, 'sys_admin')) {
      news = (await addToInbox(db, { userId: admin.id, at: context.clock.now(), title: message.subjectZh, text: message.textZh, titleEn: message.subjectEn, textEn: message.textEn, onceKey: `calendar_missing:${year}:${admin.id}` })) || news;
    }
    if (news) await appendAudit(db, { at: context.clock.now(), actor: 'worker:calendar.deadline', action: 'calendar.missing', object: `calendar:${year}`, reason: `缺少 ${year} 年节假日数据` });
  }
}

function wholeSecond(at: number): number {
  return Math.floor(at / 1000) * 1000;
}
