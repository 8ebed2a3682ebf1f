import type { Cell, Sheet } from './sheet.ts';

/** Texts a spreadsheet would take for a formula. */
const FORMULA = /^[\s]*[=+\-@\t\r]/;

/** UTF-8 with a byte order mark, so that Excel reads Chinese, and CRLF; texts like formulas are led by an apostrophe. `mark` is a last line of its own. */
export function csvOf(sheet: Sheet, mark: string | null = null): Buffer {
  const line = (cells: readonly string[]): string => `${cells.join(',')}\r\n`;
  const parts = [line(sheet.columns.map((column) => quoted(column.title)))];
  for (const row of sheet.rows) parts.push(line(row.map(text)));
  if (mark !== null) parts.push(line([quoted(mark)]));
  return Buffer.from(`\uFEFF${parts.join('')}`, 'utf8');
}

function text(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'object') return cell.shown;
  return quoted(FORMULA.test(cell) ? `'${cell}` : cell);
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) || value.startsWith(' ') ? `"${value.replaceAll('"', '""')}"` : value;
}
