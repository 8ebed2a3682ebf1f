/** A longer text is written as it is: as a member of a JSON object it would be looked through, and each of its quotes escaped, once more. */
const LONG = 200;

/** Whether a value is a text to be written as it is. It is JSON itself, and so has no line break. */
export const isLong = (value: unknown): value is string => typeof value === 'string' && value.length > LONG;

/** A row as JSON, and apart from it its long `value`, if it has one. */
export function splitRow(row: unknown): { json: string; value: string | null } {
  const { value, ...rest } = row as { value?: unknown };
  return isLong(value) ? { json: JSON.stringify(rest), value } : { json: JSON.stringify(row), value: null };
}

/** The text that keeps a row: JSON, with a long `value` in a line behind it as it is. */
export function writeRow(row: unknown): string {
  const { json, value } = splitRow(row);
  return value === null ? json : `${json}\n${value}`;
}

/** The row that a text keeps. */
export function readRow(text: string): unknown {
  const end = text.indexOf('\n');
  return end < 0 ? JSON.parse(text) : { ...(JSON.parse(text.slice(0, end)) as object), value: text.slice(end + 1) };
}
