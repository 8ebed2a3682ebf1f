import { describe, expect, test } from 'vitest';
import { nextCron, readCron } from '../../../engine/broker/behaviors/shared/cron.ts';

/** The next instants of an expression after Wednesday, 2026-09-16 08:20:30 UTC. */
function next(expression: string, count = 1, zone = 'UTC'): string[] {
  const cron = readCron(expression)!;
  const found: string[] = [];
  for (let at = Date.parse('2026-09-16T08:20:30Z'); found.length < count; found.push(new Date(at).toISOString().replace('.000Z', ''))) at = nextCron(cron, at, zone)!;
  return found;
}

describe('a cron expression', () => {
  test.each([
    ['0/20 * * * * *', ['2026-09-16T08:20:40', '2026-09-16T08:21:00']],
    ['0 0 9-17 * * MON-FRI', ['2026-09-16T09:00:00', '2026-09-16T10:00:00']],
    ['0 30 8 * * SAT,SUN', ['2026-09-19T08:30:00', '2026-09-20T08:30:00']],
    ['0 0 0 L * ?', ['2026-09-30T00:00:00', '2026-10-31T00:00:00']],
    ['0 0 0 1W * *', ['2026-10-01T00:00:00', '2026-11-02T00:00:00']],
    ['0 0 0 ? * 2#1', ['2026-10-06T00:00:00', '2026-11-03T00:00:00']],
    ['0 0 0 ? * 5L', ['2026-09-25T00:00:00', '2026-10-30T00:00:00']],
    ['0 0 0 29 2 *', ['2028-02-29T00:00:00', '2032-02-29T00:00:00']],
    ['0 15 10 1,15 JAN-MAR/2 *', ['2027-01-01T10:15:00', '2027-01-15T10:15:00']],
    ['@daily', ['2026-09-17T00:00:00', '2026-09-18T00:00:00']],
    ['@monthly', ['2026-10-01T00:00:00', '2026-11-01T00:00:00']],
  ])('%s', (expression, expected) => {
    expect(next(expression, 2)).toEqual(expected);
  });

  test.each(['', 'x', '* * * * *', '* * * * * * *', '0 60 * * * *', '0 0 24 * * *', '0 0 0 0 * *', '0 0 0 * 13 *', '5-1 * * * * *', '*/0 * * * * *', '@sometimes'])('%s is none', (expression) => {
    expect(readCron(expression)).toBeNull();
  });

  test('is meant in the engine\'s zone, also when clocks are set', () => {
    expect(next('0 0 9 * * *', 2, 'Asia/Shanghai')).toEqual(['2026-09-17T01:00:00', '2026-09-18T01:00:00']);
    expect(next('0 30 2 25 10 *', 1, 'Europe/Berlin')).toEqual(['2026-10-25T00:30:00']);
    expect(next('0 30 2 28 3 *', 1, 'Europe/Berlin')).toEqual(['2027-03-28T01:30:00']);
  });

  test('that never happens has no next instant', () => {
    expect(nextCron(readCron('0 0 0 31 2 *')!, 0, 'UTC')).toBeNull();
  });
});
