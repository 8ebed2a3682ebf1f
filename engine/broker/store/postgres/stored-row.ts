/** A longer text is written as it is: as a member of a JSON object it would be looked through, and each of its quotes escaped, once more. */
const LONG = 200;

/** The text that keeps a row: JSON, with a long `value` in lines behind it as it is. */
export function writeRow(row: unknown): string {
  const { value, ...rest } = row as { value?: unknown };
  return typeof value === 'string' && value.length > LONG ? `${JSON.stringify(rest)}\n${value}` : JSON.stringify(row);
}

/** The row that a text keeps. JSON of one piece has no line break. */
export function readRow(text: string): unknown {
  const end = text.indexOf('\n');
  return end < 0 ? JSON.parse(text) : { ...(JSON.parse(text.slice(0, end)) as object), value: text.slice(end + 1) };
}
