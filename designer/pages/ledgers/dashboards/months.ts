/** The month `count` months later or earlier: `2026-11`, 2 → `2027-01`. */
export function monthLater(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = year * 12 + number - 1 + count;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** Periods people ask for most, by the month that runs. */
export function periodsAt(month: string): Record<'three' | 'month' | 'lastMonth' | 'quarter' | 'lastQuarter' | 'year' | 'twelve', [from: string, to: string]> {
  const quarter = `${month.slice(0, 5)}${String(Math.floor((Number(month.slice(5)) - 1) / 3) * 3 + 1).padStart(2, '0')}`;
  return {
    three: [monthLater(month, -2), month],
    month: [month, month],
    lastMonth: [monthLater(month, -1), monthLater(month, -1)],
    quarter: [quarter, month],
    lastQuarter: [monthLater(quarter, -3), monthLater(quarter, -1)],
    year: [`${month.slice(0, 5)}01`, month],
    twelve: [monthLater(month, -11), month],
  };
}
