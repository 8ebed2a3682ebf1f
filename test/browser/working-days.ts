const DAY_MS = 86_400_000;

/** Rest days and make-up workdays of 2026 by the State Council's schedule, written down here a second time on purpose: the product's own calendar is what is tested. */
const rest = new Set([
  ...days('2026-01-01', 3), ...days('2026-02-15', 9), ...days('2026-04-04', 3), ...days('2026-05-01', 5), ...days('2026-06-19', 3), ...days('2026-09-25', 3), ...days('2026-10-01', 7),
]);
const makeUp = new Set(['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']);

/** 17:30 on the n-th working day after the day of `at` in Shanghai, as the pages write it: `2026-11-27 17:30`. */
export function dueAfterWorkingDays(at: number, count: number): string {
  let day = dateInShanghai(at);
  for (let left = count; left > 0; ) {
    day = nextDay(day);
    if (isWorkingDay(day)) left -= 1;
  }
  return `${day} 17:30`;
}

/** `2026-11-22` */
export function dateInShanghai(at: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(at);
}

function isWorkingDay(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return makeUp.has(day) || (weekday !== 0 && weekday !== 6 && !rest.has(day));
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

function days(from: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => new Date(Date.parse(`${from}T00:00:00Z`) + index * DAY_MS).toISOString().slice(0, 10));
}
