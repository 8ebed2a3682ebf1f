import { createContext, useContext, useMemo, type ReactNode } from 'react';

const ZoneContext = createContext('Asia/Shanghai');

/** Sets the institution's zone, in which all instants are shown. */
export function ZoneProvider({ zone, children }: { zone: string; children: ReactNode }) {
  return <ZoneContext value={zone}>{children}</ZoneContext>;
}

export function useZone(): string {
  return useContext(ZoneContext);
}

/** How instants and figures are written: 24 hours, `2026-09-28 17:30`, `¥1,234.50`. */
export interface Format {
  /** `2026-09-28 17:30` */
  dateTime: (iso: string) => string;
  /** `2026-09-28` */
  date: (iso: string) => string;
  /** `17:30` */
  time: (iso: string) => string;
  /** `09-28 17:30` */
  short: (iso: string) => string;
  number: (value: number) => string;
  money: (value: number) => string;
  /** `18.4 MB` */
  bytes: (size: number) => string;
}

export function useFormat(): Format {
  const zone = useZone();
  return useMemo(() => createFormat(zone), [zone]);
}

export function createFormat(zone: string): Format {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
  const number = new Intl.NumberFormat('en-US');
  const money = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const read = (iso: string) => {
    const at = new Date(iso.replace(/\[[^\]]*\]$/, ''));
    if (Number.isNaN(at.getTime())) return null;
    return Object.fromEntries(parts.formatToParts(at).map((part) => [part.type, part.value])) as Record<'year' | 'month' | 'day' | 'hour' | 'minute', string>;
  };
  const write = (iso: string, pattern: (p: NonNullable<ReturnType<typeof read>>) => string) => {
    const found = read(iso);
    return found ? pattern(found) : iso;
  };
  return {
    dateTime: (iso) => write(iso, (p) => `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}`),
    date: (iso) => write(iso, (p) => `${p.year}-${p.month}-${p.day}`),
    time: (iso) => write(iso, (p) => `${p.hour}:${p.minute}`),
    short: (iso) => write(iso, (p) => `${p.month}-${p.day} ${p.hour}:${p.minute}`),
    number: (value) => number.format(value),
    money: (value) => `¥${money.format(value)}`,
    bytes,
  };
}

function bytes(size: number): string {
  if (size < 1024) return `${size} B`;
  if (size < 1024 * 1024) return `${(size / 1024).toFixed(size < 10 * 1024 ? 1 : 0)} KB`;
  return `${(size / 1024 / 1024).toFixed(1)} MB`;
}
