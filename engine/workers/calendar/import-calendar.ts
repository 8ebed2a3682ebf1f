import type { CalendarDay } from './working-calendar.ts';

/** A calendar file that was not taken; the message names the line. */
export class CalendarImportError extends Error {}

/**
 * Reads `date,type,name,remark` lines of one year.
 * @throws CalendarImportError when a date repeats or is of another year, a type is unknown, or a make-up day is a Monday to Friday
 */
export function readCalendarCsv(csv: string, year: number): CalendarDay[] {
  const days = new Map<string, CalendarDay>();
  const lines = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  lines.forEach((line, index) => {
    if (line.trim() === '' || (index === 0 && line.startsWith('date,'))) return;
    const [date = '', type = '', name = '', remark = ''] = line.split(',').map((part) => part.trim());
    const at = `line ${index + 1}`;
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10) !== date) throw new CalendarImportError(`${at}: "${date}" is not a date such as 2026-01-01`);
    if (!date.startsWith(`${year}-`)) throw new CalendarImportError(`${at}: ${date} is not in the declared year ${year}`);
    if (type !== 'holiday' && type !== 'workday') throw new CalendarImportError(`${at}: type "${type}" is unknown, use holiday or workday`);
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
    if (type === 'workday' && weekday >= 1 && weekday <= 5) throw new CalendarImportError(`${at}: ${date} is a Monday to Friday and works anyway`);
    if (days.has(date)) throw new CalendarImportError(`${at}: ${date} is there twice`);
    days.set(date, { date, type, name, remark: remark === '' ? null : remark });
  });
  return [...days.values()];
}
