import type { CalendarDay } from './working-calendar.ts';

/** A calendar file that was not taken; the message names the lines. */
export class CalendarImportError extends Error {}

/** What is wrong with a line. `text` is what stands there. */
export interface CalendarLineProblem {
  line: number;
  rule: 'date' | 'year' | 'type' | 'weekday' | 'twice' | 'name' | 'empty' | 'json';
  text: string;
}

/** Longest name and remark. */
const LONGEST = 100;

/**
 * Reads `date,type,name,remark` lines of one year and tells every line that is wrong: no date, of another year, of an unknown type,
 * a make-up day from Monday to Friday, a date there twice, no name. Spreadsheets' `2026/1/1` and quoted fields are read too.
 */
export function checkCalendarCsv(csv: string, year: number): { days: CalendarDay[]; problems: CalendarLineProblem[] } {
  const days = new Map<string, CalendarDay>();
  const problems: CalendarLineProblem[] = [];
  const lines = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  lines.forEach((text, index) => {
    const line = index + 1;
    const fields = csvFields(text);
    if (fields.every((field) => field === '') || (index === 0 && fields[0] === 'date')) return;
    const [written = '', type = '', name = '', remark = ''] = fields;
    const date = isoDate(written);
    const wrong = (rule: CalendarLineProblem['rule'], what: string): void => void problems.push({ line, rule, text: what });
    if (date === null) return wrong('date', written);
    if (!date.startsWith(`${year}-`)) return wrong('year', date);
    if (type !== 'holiday' && type !== 'workday') return wrong('type', type);
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
    if (type === 'workday' && weekday >= 1 && weekday <= 5) return wrong('weekday', date);
    if (days.has(date)) return wrong('twice', date);
    if (name === '' || name.length > LONGEST || remark.length > LONGEST) return wrong('name', name);
    days.set(date, { date, type, name, remark: remark === '' ? null : remark });
  });
  if (days.size === 0 && problems.length === 0) problems.push({ line: 1, rule: 'empty', text: '' });
  return { days: [...days.values()].sort((a, b) => a.date.localeCompare(b.date)), problems };
}

/**
 * Reads a year's file in either form: CSV as `checkCalendarCsv`, or JSON, a list of `{date, type, name, remark}` (or an object with
 * it as `days`). The rules are the same; the line of a JSON file is the place in its list, from 1.
 */
export function checkCalendarFile(content: string, year: number): ReturnType<typeof checkCalendarCsv> {
  const text = content.replace(/^\uFEFF/, '').trim();
  if (!text.startsWith('[') && !text.startsWith('{')) return checkCalendarCsv(content, year);
  const wrong = (what: string) => ({ days: [], problems: [{ line: 1, rule: 'json' as const, text: what.slice(0, LONGEST) }] });
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    return wrong((error as Error).message);
  }
  const list = Array.isArray(read) ? read : (read as { days?: unknown }).days;
  if (!Array.isArray(list) || list.some((day) => day === null || typeof day !== 'object')) return wrong(text);
  const field = (value: unknown): string => `"${(typeof value === 'string' ? value : value == null ? '' : JSON.stringify(value)).replaceAll(/[\r\n]+/g, ' ').replaceAll('"', '""')}"`;
  return checkCalendarCsv(list.map((day: Record<string, unknown>) => [day['date'], day['type'], day['name'], day['remark']].map(field).join(',')).join('\n'), year);
}

const sentences: Readonly<Record<CalendarLineProblem['rule'], (text: string, year: number) => string>> = {
  date: (text) => `"${text}" is not a date such as 2026-01-01`,
  year: (text, year) => `${text} is not in the declared year ${year}`,
  type: (text) => `type "${text}" is unknown, use holiday or workday`,
  weekday: (text) => `${text} is a Monday to Friday and works anyway`,
  twice: (text) => `${text} is there twice`,
  name: (text) => `"${text}" is no name of 1 to ${LONGEST} signs`,
  empty: () => 'the file has no days',
  json: (text) => `this is no JSON list of days: ${text}`,
};

/**
 * The days of a file without a wrong line.
 * @throws CalendarImportError that names the lines that are wrong
 */
export function readCalendarCsv(csv: string, year: number): CalendarDay[] {
  const { days, problems } = checkCalendarCsv(csv, year);
  if (problems.length > 0) throw new CalendarImportError(problems.map((problem) => `line ${problem.line}: ${sentences[problem.rule](problem.text, year)}`).join('; '));
  return days;
}

function isoDate(written: string): string | null {
  const found = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(written);
  if (found === null) return null;
  const date = `${found[1]}-${found[2]!.padStart(2, '0')}-${found[3]!.padStart(2, '0')}`;
  const at = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== date ? null : date;
}

/** Fields of a line of CSV, trimmed; a field may be quoted. */
export function csvFields(line: string): string[] {
  return [...line.matchAll(/(?:^|,)\s*(?:"((?:[^"]|"")*)"\s*(?=,|$)|([^,]*))/g)].map(([, quoted, plain]) => (quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"')).trim());
}
