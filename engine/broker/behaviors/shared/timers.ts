import { feelToExactJson } from '../../../contract/feel/index.ts';
import type { TimerDefinition } from '../../model/executable-process.ts';
import type { EngineState } from '../../state/engine-state.ts';
import type { ElementInstance, TimerRow } from '../../state/tables.ts';
import { nextCron, readCron } from './cron.ts';
import { evaluateFeel, kindOf, warningsOf } from './expressions.ts';
import { ElementFailure } from './failure.ts';

type Due = Pick<TimerRow, 'dueDate' | 'repetitions'>;
/** The instant of the decision (epoch ms), and the engine's zone. */
type Moment = Pick<EngineState, 'now' | 'zone'>;

/** When a timer fires, and how often. Dates need an offset; durations and cycles are ISO 8601, cycles also cron. Throws ElementFailure. */
export function evaluateTimer(state: EngineState, timer: TimerDefinition, from: ElementInstance): Due {
  const value = evaluateFeel(state, timer.expression, from);
  const json = feelToExactJson(value);
  if (typeof json !== 'string') throw new ElementFailure('EXTRACT_VALUE_ERROR', `Expected result of the expression '${timer.expression.text.replace(/^=/, '')}' to be one of '[DURATION, PERIOD, STRING, DATE_TIME]', but was '${kindOf(value)}'`);
  const due = parseTimer(timer.kind, json, state);
  if (due === null) throw new ElementFailure('EXTRACT_VALUE_ERROR', `Invalid ${timer.kind === 'date' ? 'date-time' : timer.kind} format '${json}' for expression '${timer.expression.text.replace(/^=/, '')}'`);
  return due;
}

/** Reads a timer's text; null when it has another form. */
export function parseTimer(kind: TimerDefinition['kind'], text: string, { now, zone }: Moment): Due | null {
  if (kind === 'date') {
    const at = parseInstant(text);
    return at === null ? null : { dueDate: at, repetitions: 1 };
  }
  if (kind === 'duration') {
    const at = addDuration(now, text);
    return at === null ? null : { dueDate: at, repetitions: 1 };
  }
  if (!text.startsWith('R')) {
    const cron = readCron(text);
    const at = cron === null ? null : nextCron(cron, now, zone);
    return at === null ? null : { dueDate: at, repetitions: -1 };
  }
  const cycle = /^R(-1|\d*)\/(?:([^/]+)\/)?(P[^/]+)$/.exec(text);
  if (cycle === null) return null;
  const [, count, start, interval] = cycle;
  const first = start === undefined ? addDuration(now, interval!) : parseInstant(start);
  if (first === null || addDuration(now, interval!) === null) return null;
  return { dueDate: Math.max(first, now), repetitions: count === '' ? -1 : Number(count) };
}

/** Epoch ms of an ISO 8601 instant with offset; a zone in brackets behind it is let pass. */
function parseInstant(text: string): number | null {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2}))(?:\[[^\]]+\])?$/.exec(text);
  if (match === null) return null;
  const at = Date.parse(match[1]!);
  return Number.isNaN(at) ? null : at;
}

/** Instant plus an ISO 8601 duration, months and years by the calendar (UTC); null when it is none. */
export function addDuration(from: number, text: string): number | null {
  const match = /^(-)?P(?=.)(?:(-?\d+)Y)?(?:(-?\d+)M)?(?:(-?\d+)W)?(?:(-?\d+)D)?(?:T(?=.)(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?\d+(?:\.\d+)?)S)?)?$/i.exec(text);
  if (match === null) return null;
  const sign = match[1] === '-' ? -1 : 1;
  const [years, months, weeks, days, hours, minutes, seconds] = match.slice(2).map((part) => sign * Number(part ?? 0));
  const date = new Date(from);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + years! * 12 + months!);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime() + (weeks! * 7 + days!) * 86_400_000 + hours! * 3_600_000 + minutes! * 60_000 + seconds! * 1000;
}

/** When the timer start event of a process fires: its expression knows no variables. Else a sentence about what is wrong. */
export function startTimer({ kind, expression }: TimerDefinition, moment: Moment): Due | string {
  if (expression.kind === 'static') return parseTimer(kind, expression.text, moment) ?? invalidTimer(kind, expression.text, expression.text);
  const { value, problems } = expression.compiled.evaluate({ get: () => undefined }, { now: () => moment.now, zone: moment.zone });
  const json = feelToExactJson(value);
  const text = expression.text.slice(1);
  if (typeof json !== 'string') return `Invalid timer ${kind} expression (Expected result of the expression '${text}' to be ${WANTED[kind]}, but was '${kindOf(value)}'.${warningsOf(problems)})`;
  return parseTimer(kind, json, moment) ?? invalidTimer(kind, json, text);
}

const WANTED: Record<TimerDefinition['kind'], string> = { date: "one of '[DATE_TIME, STRING]'", duration: "one of '[DURATION, PERIOD, STRING]'", cycle: "'STRING'" };

function invalidTimer(kind: TimerDefinition['kind'], value: string, text: string): string {
  return `Invalid timer ${kind} expression (${formatProblem(kind, value, text)})`;
}

function formatProblem(kind: TimerDefinition['kind'], value: string, text: string): string {
  if (kind === 'cycle') return cycleProblem(value);
  return `Invalid ${kind === 'date' ? 'date-time' : kind} format '${value}' for expression '${text}'.`;
}

/** What is wrong with a timer whose time is plain text; undefined when nothing is. */
export function plainTimerProblem({ kind, expression }: TimerDefinition): string | undefined {
  if (expression.kind !== 'static' || parseTimer(kind, expression.text, { now: 0, zone: 'UTC' }) !== null) return undefined;
  return invalidTimer(kind, expression.text, expression.text);
}

function cycleProblem(value: string): string {
  const parts = value.split(/\s+/).filter((part) => part !== '').length;
  if (value.trim() === '') return 'Empty expression!';
  if (!value.startsWith('R')) return parts === 6 ? `Invalid cron expression '${value}'` : `Cron expression contains ${parts} parts but we expect one of [6]`;
  const [, first, ...rest] = value.split('/');
  if (first === undefined) return 'No interval given';
  return rest.length > 1 ? `Text '${rest.join('/')}' could not be parsed at index 0` : 'Text cannot be parsed to a Period';
}
