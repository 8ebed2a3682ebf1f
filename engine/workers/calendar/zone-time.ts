/** Local date `2026-11-23` of an instant (epoch ms) in an IANA zone. */
export function localDate(at: number, zone: string): string {
  return isoWithOffset(at, zone).slice(0, 10);
}

/** The instant as ISO 8601 with the zone's offset and whole seconds: `2026-09-28T17:30:00+08:00`. */
export function isoWithOffset(at: number, zone: string): string {
  const offset = offsetMinutes(at, zone);
  const local = new Date(Math.floor(at / 1000) * 1000 + offset * 60_000).toISOString().slice(0, 19);
  const size = Math.abs(offset);
  return `${local}${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/** Epoch ms of a local date and time (`17:30` or `17:30:05`) in an IANA zone. A time a clock change skips is read with the offset before it. */
export function instantOf(date: string, time: string, zone: string): number {
  const wall = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}Z`);
  const guess = wall - offsetMinutes(wall, zone) * 60_000;
  return wall - offsetMinutes(guess, zone) * 60_000;
}

/** The date `days` later (or earlier). */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetMinutes(at: number, zone: string): number {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
    formats.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)])) as Record<string, number>;
  const wall = Date.UTC(part['year']!, part['month']! - 1, part['day']!, part['hour']!, part['minute']!, part['second']!);
  return Math.round((wall - Math.floor(at / 1000) * 1000) / 60_000);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
