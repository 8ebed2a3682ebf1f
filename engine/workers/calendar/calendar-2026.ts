import type { CalendarDay } from './working-calendar.ts';
import { addDays } from './zone-time.ts';

const rest: readonly [name: string, from: string, to: string][] = [
  ['元旦', '2026-01-01', '2026-01-03'],
  ['春节', '2026-02-15', '2026-02-23'],
  ['清明节', '2026-04-04', '2026-04-06'],
  ['劳动节', '2026-05-01', '2026-05-05'],
  ['端午节', '2026-06-19', '2026-06-21'],
  ['中秋节', '2026-09-25', '2026-09-27'],
  ['国庆节', '2026-10-01', '2026-10-07'],
];
const makeUp: readonly [name: string, date: string][] = [
  ['元旦', '2026-01-04'],
  ['春节', '2026-02-14'],
  ['春节', '2026-02-28'],
  ['劳动节', '2026-05-09'],
  ['国庆节', '2026-09-20'],
  ['国庆节', '2026-10-10'],
];

/** The State Council's schedule of 2026 (manual, Part 5). Later years are imported when they are published. */
export const calendar2026: readonly CalendarDay[] = [
  ...rest.flatMap(([name, from, to]) => span(from, to).map((date) => ({ date, type: 'holiday' as const, name }))),
  ...makeUp.map(([name, date]) => ({ date, type: 'workday' as const, name: `${name}调休` })),
].sort((a, b) => a.date.localeCompare(b.date));

function span(from: string, to: string): string[] {
  const days = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}
