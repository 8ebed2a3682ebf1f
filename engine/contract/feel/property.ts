import { FeelDaysDuration, FeelYearsDuration } from './duration.ts';
import type { Run, Span } from './evaluation.ts';
import { FeelDate, FeelDateTime, FeelTime } from './temporal.ts';
import { printValue } from './text.ts';
import { FeelContext } from './value.ts';
import type { FeelValue } from './value.ts';

/** `value.name`: an entry of a context, a property of a temporal value, or the same of every item of a list. */
export function property(value: FeelValue, name: string, run: Run, span: Span): FeelValue {
  if (value instanceof FeelContext) {
    const entry = value.get(name);
    if (entry !== undefined) return entry;
    const keys = value.keys();
    const known = keys.length === 0 ? 'The context is empty' : `Available keys: ${keys.map((key) => `'${key}'`).join(', ')}`;
    return run.problem('NO_CONTEXT_ENTRY_FOUND', `No context entry found with key '${name}'. ${known}`, span);
  }
  if (Array.isArray(value)) return value.map((item) => property(item, name, run, span));
  if (value === null) return run.problem('NO_CONTEXT_ENTRY_FOUND', `No context entry found with key '${name}'. The context is null`, span);
  const readers = readersOf(value);
  const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
  if (reader !== undefined) return reader();
  const names = Object.keys(readers).map((each) => `'${each}'`).join(', ');
  return run.problem('NO_PROPERTY_FOUND', `No property found with name '${name}' of value '${printValue(value)}'. Available properties: ${names}`, span);
}

function readersOf(value: FeelValue): Record<string, () => FeelValue> {
  if (value instanceof FeelDate) return dateReaders(value);
  if (value instanceof FeelTime) return timeReaders(value);
  if (value instanceof FeelDateTime) return { ...dateReaders(value.date), ...timeReaders(value) };
  if (value instanceof FeelYearsDuration) {
    return { years: () => Math.trunc(value.months / 12) + 0, months: () => (value.months % 12) + 0 };
  }
  if (value instanceof FeelDaysDuration) {
    return {
      days: () => Math.trunc(value.seconds / 86_400) + 0,
      hours: () => (Math.trunc(value.seconds / 3600) % 24) + 0,
      minutes: () => (Math.trunc(value.seconds / 60) % 60) + 0,
      seconds: () => (value.seconds % 60) + 0,
    };
  }
  return {};
}

function dateReaders(date: FeelDate): Record<string, () => FeelValue> {
  return { year: () => date.year, month: () => date.month, day: () => date.day, weekday: () => date.weekday };
}

function timeReaders(time: { nanoOfDay: number; offset: number | null; zone: string | null }): Record<string, () => FeelValue> {
  const second = Math.floor(time.nanoOfDay / 1e9);
  return {
    hour: () => Math.floor(second / 3600),
    minute: () => Math.floor(second / 60) % 60,
    second: () => second % 60,
    'time offset': () => (time.offset === null ? null : new FeelDaysDuration(time.offset)),
    timezone: () => time.zone,
  };
}
