import { instantOf, localDate } from './zone-time.ts';

/** A period that is assessed: its name and its first and last instant (the last not included). */
export interface Period {
  /** `2026Q3`, `2026`, `2026-09` or `2026-09..2026-10`. */
  name: string;
  from: Date;
  to: Date;
}

/**
 * The period named, or, without a name, the quarter (`type` year: the year) that ended last before `now`.
 * @throws when the name is none of those forms, or ends before it begins
 */
export function periodOf(name: string | null, type: string | null, now: number, zone: string): Period {
  const today = localDate(now, zone);
  const wanted = name ?? (type === 'year' ? String(Number(today.slice(0, 4)) - 1) : quarterBefore(today));
  const found = /^(\d{4})(?:Q([1-4])|-(0[1-9]|1[0-2])(?:\.\.(\d{4})-(0[1-9]|1[0-2]))?)?$/.exec(wanted);
  if (found === null) throw new Error(`"${wanted}" is no period: use 2026Q3, 2026, 2026-09 or 2026-09..2026-10`);
  const [, year, quarter, month, lastYear, lastMonth] = found;
  const first = quarter !== undefined ? monthLater(`${year}-01`, Number(quarter) * 3 - 3) : `${year}-${month ?? '01'}`;
  const last = quarter !== undefined ? monthLater(first, 2) : lastYear !== undefined ? `${lastYear}-${lastMonth}` : month !== undefined ? first : `${year}-12`;
  const [from, to] = [startOfMonth(first, zone), startOfMonth(last, zone, 1)];
  if (from >= to) throw new Error(`the period ${wanted} ends before it begins`);
  return { name: wanted, from, to };
}

/** `2026-11-23` → `2026Q3`. */
function quarterBefore(day: string): string {
  const year = Number(day.slice(0, 4));
  const quarter = Math.ceil(Number(day.slice(5, 7)) / 3);
  return quarter === 1 ? `${year - 1}Q4` : `${year}Q${quarter - 1}`;
}

/**
 * The quarter named (`2026Q4`), else the one before `now`.
 * @throws when the name is not that of a quarter
 */
export function quarterOf(name: string | null, now: number, zone: string): Period {
  if (name !== null && !/^\d{4}Q[1-4]$/.test(name)) throw new Error(`the period must be a quarter such as 2026Q4, not "${name}"`);
  return periodOf(name, null, now, zone);
}

/** First instant of a month (`2026-09`), and of the one `later` months on. */
export function startOfMonth(month: string, zone: string, later = 0): Date {
  return new Date(instantOf(`${monthLater(month, later)}-01`, '00:00', zone));
}

/** The month `count` months later or earlier. */
export function monthLater(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = year * 12 + number - 1 + count;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}
