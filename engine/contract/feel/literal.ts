import { parseDuration } from './duration.ts';
import { parseDate, parseDateTime, parseTime } from './temporal.ts';
import type { FeelValue } from './value.ts';

/** The value of `@"…"`: whichever temporal type the text reads as; null when none. */
export function literalTemporal(text: string): FeelValue {
  return parseDuration(text) ?? parseDate(text) ?? parseTime(text) ?? parseDateTime(text);
}
