import { addDays, instantOf, localDate } from '../calendar/zone-time.ts';

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
  const year = Number(found[1]);
  const first = found[2] !== undefined ? [year, Number(found[2]) * 3 - 2] : found[3] !== undefined ? [year, Number(found[3])] : [year, 1];
  const last = found[2] !== undefined ? [year, Number(found[2]) * 3] : found[4] !== undefined ? [Number(found[4]), Number(found[5])] : found[3] !== undefined ? first : [year, 12];
  const [from, to] = [monthStart(first[0]!, first[1]!, zone), monthStart(last[0]!, last[1]! + 1, zone)];
  if (from >= to) throw new Error(`the period ${wanted} ends before it begins`);
  return { name: wanted, from, to };
}

/** `2026-11-23` → `2026Q3`. */
function quarterBefore(day: string): string {
  const year = Number(day.slice(0, 4));
  const quarter = Math.ceil(Number(day.slice(5, 7)) / 3);
  return quarter === 1 ? `${year - 1}Q4` : `${year}Q${quarter - 1}`;
}

function monthStart(year: number, month: number, zone: string): Date {
  const day = addDays(`${String(month > 12 ? year + 1 : year).padStart(4, '0')}-${String(month > 12 ? 1 : month).padStart(2, '0')}-01`, 0);
  return new Date(instantOf(day, '00:00', zone));
}
