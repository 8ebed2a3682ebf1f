import { addDays, instantOf } from '../workers/calendar/zone-time.ts';
import { shares, type Kind } from './beginnings.ts';
import { Dice } from './dice.ts';
import type { OfficeHours } from './office-hours.ts';

/** A case that is to begin. */
export interface PlannedCase {
  number: number;
  kind: Kind;
  at: number;
  /** At night or on a day of rest: nobody is in, it comes by an app. */
  outOfHours: boolean;
}

/** Kinds customers bring in by themselves. */
const bySelf: readonly Kind[] = ['complaint', 'appointment', 'application', 'feedback'];
/** Beginnings by hour of a working day. */
const byHour: Readonly<Record<string, number>> = { 8: 3, 9: 15, 10: 17, 11: 12, 13: 7, 14: 15, 15: 14, 16: 11, 17: 4 };
const byHourAlone: Readonly<Record<string, number>> = { 8: 6, 9: 10, 10: 10, 12: 9, 18: 12, 19: 18, 20: 20, 21: 15 };

/** When the cases begin: more on Mondays and at month's end, few on days of rest, growing a little. The first of each kind come early, so that every kind is there. */
export function planCases(seed: string, count: number, hours: OfficeHours, zone: string, from: number, until: number): PlannedCase[] {
  const days: { date: string; weight: number }[] = [];
  const [first, last] = [hours.date(from), hours.date(until)];
  const length = (until - from) / 86_400_000;
  for (let date = addDays(first, 1), index = 1; date <= last; date = addDays(date, 1), index += 1) {
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
    const busy = !hours.works(date) ? 0.14 : (weekday === 1 ? 1.3 : 1) * (Number(date.slice(8)) >= 26 ? 1.15 : 1);
    days.push({ date, weight: busy * (0.85 + (0.3 * index) / length) });
  }
  const total = days.reduce((sum, day) => sum + day.weight, 0);
  const kinds = Object.keys(shares) as Kind[];
  const cases = Array.from({ length: count }, (_, index): PlannedCase => {
    const dice = new Dice(seed, 'plan', index);
    // In a small play, too, every kind is there.
    const kind = index < kinds.length ? kinds[index]! : dice.weighted(shares);
    let left = dice.next() * total;
    const day = days.find((each) => (left -= each.weight) < 0) ?? days.at(-1)!;
    const rest = !hours.works(day.date);
    const alone = bySelf.includes(kind) && (rest || dice.chance(0.13));
    const date = alone || !rest ? day.date : hours.workday(day.date, 1);
    const hour = (alone ? dice.weighted(byHourAlone) : dice.weighted(byHour)).padStart(2, '0');
    const at = instantOf(date, `${hour}:${String(dice.between(hour === '08' ? 46 : hour === '13' ? 31 : 0, hour === '17' ? 28 : 59)).padStart(2, '0')}`, zone);
    return { number: index + 1, kind, at: at + dice.between(0, 59_999), outOfHours: alone };
  });
  return cases.filter((one) => one.at < until).sort((a, b) => a.at - b.at || a.number - b.number);
}
