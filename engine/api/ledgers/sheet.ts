/** A value of a table to be written: text, number, or an instant by its local wall time. */
export type Cell = string | number | null | { /** Days since 1899-12-30, as spreadsheets count. */ serial: number; /** `2026-09-28 17:30` */ shown: string; /** A date without a time. */ day: boolean };

/** A table with its heads, as files hold it. */
export interface Sheet {
  name: string;
  columns: readonly { title: string; kind: 'text' | 'number' | 'money' | 'instant' | 'date' }[];
  rows: readonly (readonly Cell[])[];
}

/** A local date (`2026-09-28`) or date and time (`2026-09-28 17:30`) as spreadsheets count. */
export function localCell(shown: string): Cell {
  const day = shown.length === 10;
  return { serial: (Date.parse(`${shown.slice(0, 10)}T${day ? '00:00' : shown.slice(11)}:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000, shown, day };
}
