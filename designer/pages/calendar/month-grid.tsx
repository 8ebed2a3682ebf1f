import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarDayView, CalendarYear } from '../../../engine/contract/api.ts';

interface MonthGridProps {
  calendar: CalendarYear;
  /** `2026-10` */
  month: string;
  small: boolean;
  onDay: (date: string) => void;
  onMonth: (month: string) => void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** A month from Monday to Sunday; arrows move between its days, Enter opens one. */
export function MonthGrid({ calendar, month, small, onDay, onMonth }: MonthGridProps) {
  const { t } = useTranslation();
  const grid = useRef<HTMLTableElement>(null);
  const special = new Map(calendar.days.map((day) => [day.date, day]));
  const weeks = weeksOf(month);
  const first = calendar.today.startsWith(month) ? calendar.today : `${month}-01`;
  const title = t('calendar.month', { year: calendar.year, month: Number(month.slice(5)) });
  const onKey = (event: KeyboardEvent, date: string) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = new Date(Date.parse(`${date}T00:00:00Z`) + step * 86_400_000).toISOString().slice(0, 10);
    grid.current?.querySelector<HTMLButtonElement>(`button[data-date="${next}"]`)?.focus();
  };
  return (
    <section className="gc-month" data-small={small} aria-label={title}>
      {small ? <h2><button type="button" className="gc-link" onClick={() => onMonth(month)}>{title}</button></h2> : <h2 className="gc-visually-hidden">{title}</h2>}
      <span className="gc-meta">{t('calendar.workingDays', { count: calendar.workingDays[Number(month.slice(5)) - 1] ?? 0 })}</span>
      <table ref={grid}>
        <thead><tr>{(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const).map((day) => <th key={day} scope="col">{t(`calendar.weekdays.${day}`)}</th>)}</tr></thead>
        <tbody>
          {weeks.map((week, index) => (
            <tr key={week.find((date) => date !== null) ?? index}>
              {week.map((date, weekday) => (date === null ? <td key={`${index}-${weekday}`} /> : <DayCell key={date} date={date} weekday={weekday} day={special.get(date)} today={date === calendar.today} focusable={date === first} onOpen={() => onDay(date)} onKey={(event) => onKey(event, date)} />))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function DayCell({ date, weekday, day, today, focusable, onOpen, onKey }: { date: string; weekday: number; day: CalendarDayView | undefined; today: boolean; focusable: boolean; onOpen: () => void; onKey: (event: KeyboardEvent) => void }) {
  const { t } = useTranslation();
  const type = day?.type ?? (weekday >= 5 ? 'rest' : 'plain');
  const words = [date, ...(today ? [t('calendar.today')] : []), t(`calendar.types.${type}`)].join(t('ledgers.comma'));
  return (
    <td data-type={type} data-today={today}>
      <button type="button" data-date={date} tabIndex={focusable ? 0 : -1} onClick={onOpen} onKeyDown={onKey}>
        <span className="gc-visually-hidden">{words}</span>
        <span className="gc-day-number" aria-hidden>{Number(date.slice(8))}</span>
        {(type === 'holiday' || type === 'workday') && <span className="gc-day-mark" aria-hidden>{t(`calendar.marks.${type}`)}</span>}
        {day && <span className="gc-day-name">{day.name}</span>}
      </button>
    </td>
  );
}

/** Weeks of a month from Monday; days of its neighbors are null. */
function weeksOf(month: string): (string | null)[][] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const days = new Date(Date.UTC(year, number, 0)).getUTCDate();
  const before = (new Date(`${month}-01T00:00:00Z`).getUTCDay() + 6) % 7;
  const cells = [...Array.from({ length: before }, () => null), ...Array.from({ length: days }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`)];
  return Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) => Array.from({ length: 7 }, (_unused, day) => cells[week * 7 + day] ?? null));
}
