import { describe, expect, test } from 'vitest';
import { calendar2026 } from '../../../engine/workers/calendar/calendar-2026.ts';
import { CalendarImportError, readCalendarCsv } from '../../../engine/workers/calendar/import-calendar.ts';
import { addWorkingDays, dueAt, remindAt, workingDaysIn, type WorkingCalendar } from '../../../engine/workers/calendar/working-calendar.ts';
import { instantOf, isoWithOffset } from '../../../engine/workers/calendar/zone-time.ts';

const calendar: WorkingCalendar = { zone: 'Asia/Shanghai', days: new Map(calendar2026.map((day) => [day.date, day])) };
const iso = (at: number): string => isoWithOffset(at, calendar.zone);

describe('working calendar', () => {
  test.each([
    ['2026-09-17', { 1: '09-18', 2: '09-20', 5: '09-23', 7: '09-28', 10: '10-08', 15: '10-14', 20: '10-21' }],
    ['2026-09-18', { 1: '09-20', 2: '09-21', 7: '09-29', 20: '10-22' }],
    ['2026-04-30', { 1: '05-06', 2: '05-07', 5: '05-11', 7: '05-13', 15: '05-25', 20: '06-01' }],
    ['2026-02-13', { 1: '02-14', 2: '02-24', 3: '02-25', 5: '02-27' }],
    ['2026-11-23', { 1: '11-24', 2: '11-25', 5: '11-30', 7: '12-02', 15: '12-14', 20: '12-21' }],
  ])('working days after %s match the reference table', (start, expected) => {
    for (const [count, due] of Object.entries(expected)) expect(addWorkingDays(calendar, start, Number(count))).toBe(`2026-${due}`);
  });

  test('the months of 2026 have the working days of the reference table, 248 in all', () => {
    const months = Array.from({ length: 12 }, (_, index) => workingDaysIn(calendar, `2026-${String(index + 1).padStart(2, '0')}`));
    expect(months).toEqual([21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]);
    expect(months.reduce((sum, days) => sum + days)).toBe(248);
  });

  test('a deadline in working days ends at 17:30 whatever the hour of arrival', () => {
    for (const hour of ['00:05', '16:20', '23:59']) expect(iso(dueAt(calendar, Date.parse(`2026-09-17T${hour}:00+08:00`), 7, 'wd'))).toBe('2026-09-28T17:30:00+08:00');
  });

  test('an event on a day of rest counts from the next working day as day 1', () => {
    expect(iso(dueAt(calendar, Date.parse('2026-09-26T10:00:00+08:00'), 1, 'wd'))).toBe('2026-09-28T17:30:00+08:00');
  });

  test('hours and minutes elapse day and night, days keep the clock time', () => {
    const start = Date.parse('2026-09-17T16:20:00+08:00');
    expect(iso(dueAt(calendar, start, 24, 'h'))).toBe('2026-09-18T16:20:00+08:00');
    expect(iso(dueAt(calendar, start, 15, 'min'))).toBe('2026-09-17T16:35:00+08:00');
    expect(iso(dueAt(calendar, start, 5, 'd'))).toBe('2026-09-22T16:20:00+08:00');
  });

  test('days keep the clock time across a change to daylight saving', () => {
    const berlin: WorkingCalendar = { zone: 'Europe/Berlin', days: new Map() };
    const start = instantOf('2026-03-28', '09:00', 'Europe/Berlin');
    expect(isoWithOffset(dueAt(berlin, start, 1, 'd'), 'Europe/Berlin')).toBe('2026-03-29T09:00:00+02:00');
  });

  test('a reminder comes after its share of the elapsed time, and leaves days of rest', () => {
    const start = Date.parse('2026-09-17T16:20:00+08:00');
    expect(iso(remindAt(calendar, start, start + 24 * 3_600_000, 75, 'h'))).toBe('2026-09-18T10:20:00+08:00');
    const due = dueAt(calendar, start, 7, 'wd');
    // 80 % is Saturday 09-26 in the holidays, so the last working day before it
    expect(iso(remindAt(calendar, start, due, 80, 'wd'))).toBe('2026-09-24T17:30:00+08:00');
  });

  test('amounts that make no deadline are refused', () => {
    expect(() => dueAt(calendar, 0, 0, 'h')).toThrow(RangeError);
    expect(() => dueAt(calendar, 0, 1.5, 'wd')).toThrow(RangeError);
    expect(() => dueAt(calendar, 0, Number.NaN, 'd')).toThrow(RangeError);
  });
});

describe('calendar import', () => {
  test('a file of one year is read', () => {
    const days = readCalendarCsv('date,type,name,remark\n2027-01-01,holiday,元旦,\n2027-01-03,workday,元旦调休,周日\n', 2027);
    expect(days).toEqual([
      { date: '2027-01-01', type: 'holiday', name: '元旦', remark: null },
      { date: '2027-01-03', type: 'workday', name: '元旦调休', remark: '周日' },
    ]);
  });

  test.each([
    ['2027-01-01,holiday,a,\n2027-01-01,holiday,a,', 'line 2: 2027-01-01 is there twice'],
    ['2027-01-01,rest,a,', 'type "rest" is unknown'],
    ['2027-01-04,workday,a,', 'is a Monday to Friday'],
    ['2026-12-31,holiday,a,', 'not in the declared year 2027'],
    ['2027-02-30,holiday,a,', 'is not a date'],
  ])('%j is refused', (csv, reason) => {
    expect(() => readCalendarCsv(csv, 2027)).toThrow(CalendarImportError);
    expect(() => readCalendarCsv(csv, 2027)).toThrow(reason);
  });
});
