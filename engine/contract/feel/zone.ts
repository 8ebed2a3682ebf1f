const formats = new Map<string, Intl.DateTimeFormat | null>();
const offsets = new Map<string, number>();
const offsetsKept = 2000;

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  let format: Intl.DateTimeFormat | null = null;
  if (/^[A-Za-z][A-Za-z0-9/_+-]*$/.test(zone)) {
    try {
      format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone, hourCycle: 'h23', era: 'short',
        year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
      });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  if (formats.size < 600) formats.set(zone, format);
  return format;
}

/** Whether the text names a time zone of the IANA database. */
export function isZone(zone: string): boolean {
  return formatOf(zone) !== null;
}

/** Seconds east of UTC in that zone at that instant (epoch seconds). */
export function offsetAt(zone: string, epochSecond: number): number {
  // no zone has changed its offset inside a quarter of an hour
  const quarter = Math.floor(epochSecond / 900);
  const key = `${zone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const format = formatOf(zone);
  if (format === null) throw new Error(`'${zone}' is no time zone`);
  const part: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(quarter * 900_000)) part[type] = value;
  const year = part['era'] === 'BC' ? 1 - Number(part['year']) : Number(part['year']);
  const local = new Date(0);
  local.setUTCFullYear(year, Number(part['month']) - 1, Number(part['day']));
  local.setUTCHours(Number(part['hour']), Number(part['minute']), Number(part['second']));
  const offset = local.getTime() / 1000 - quarter * 900;
  if (offsets.size >= offsetsKept) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/**
 * The offset that holds for a local time in a zone, and the local time moved out of a gap when clocks were set forward.
 * Where a local time exists twice the earlier one is taken, unless `preferred` is the later one's offset.
 * @param localSecond seconds since 1970-01-01T00:00 local
 */
export function resolveLocal(zone: string, localSecond: number, preferred?: number): { offset: number; localSecond: number } {
  const before = offsetAt(zone, localSecond - 86_400);
  const after = offsetAt(zone, localSecond + 86_400);
  const valid = [before, after].filter((offset) => offsetAt(zone, localSecond - offset) === offset);
  if (preferred !== undefined && valid.includes(preferred)) return { offset: preferred, localSecond };
  if (valid.length > 0) return { offset: valid[0]!, localSecond };
  const gap = after - before;
  return { offset: after, localSecond: localSecond + gap };
}
