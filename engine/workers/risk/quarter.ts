import { instantOf, localDate } from '../calendar/zone-time.ts';

/** A quarter, e.g. `2026Q4`, from its first instant to the first one of the next. */
export interface Quarter {
  name: string;
  from: Date;
  to: Date;
}

/**
 * The quarter named (`2026Q4`), else the one before `now`.
 * @throws when the name is not that of a quarter
 */
export function quarterOf(name: string | null, now: number, zone: string): Quarter {
  if (name !== null) {
    const found = /^(\d{4})Q([1-4])$/.exec(name);
    if (found === null) throw new Error(`the period must be a quarter such as 2026Q4, not "${name}"`);
    return quarter(Number(found[1]), Number(found[2]), zone);
  }
  const [year, month] = localDate(now, zone).split('-').map(Number) as [number, number];
  const current = Math.ceil(month / 3);
  return current === 1 ? quarter(year - 1, 4, zone) : quarter(year, current - 1, zone);
}

function quarter(year: number, number: number, zone: string): Quarter {
  const start = (y: number, q: number): Date => new Date(instantOf(`${y}-${String(q * 3 - 2).padStart(2, '0')}-01`, '00:00', zone));
  return { name: `${year}Q${number}`, from: start(year, number), to: number === 4 ? start(year + 1, 1) : start(year, number + 1) };
}
