/** A longer text is written as it is: as a member of a JSON object it would be looked through, and each of its quotes escaped, once more. */
const LONG = 200;

/** Whether a value is a text to be written as it is. It is JSON itself, and so has no line break. */
export const isLong = (value: unknown): value is string => typeof value === 'string' && value.length > LONG;

/** The text that keeps a row: JSON, with a long `value` in a line behind it as it is. */
export function writeRow(row: unknown): string {
  const { value, ...rest } = row as { value?: unknown };
  return isLong(value) ? `${JSON.stringify(rest)}\n${value}` : JSON.stringify(row);
}

/** The row that a text keeps. */
export function readRow(text: string): unknown {
  const end = text.indexOf('\n');
  return end < 0 ? JSON.parse(text) : { ...(JSON.parse(text.slice(0, end)) as object), value: text.slice(end + 1) };
}
