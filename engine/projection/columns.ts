import type { JsonValue } from '../contract/json.ts';
import { arrayText, bigintArray, instantArray, textArray } from '../database/array-parameter.ts';
import type { Row } from './batch.ts';
import type { ReadTable } from './tables.ts';

/** How the values of a column travel: type of the array's members, and the array. */
interface Passage {
  member: string;
  array(values: readonly (JsonValue | undefined)[]): Buffer;
}

const asText: Passage = { member: 'text', array: (values) => textArray(values.map((value) => (value === null || value === undefined ? null : storable(textOf(value))))) };

/** By the column's type; what is not named travels as text. An instant is epoch ms. */
const passages: Readonly<Record<string, Passage>> = {
  bigint: { member: 'bigint', array: (values) => bigintArray(values as (string | null)[]) },
  integer: { member: 'bigint', array: (values) => bigintArray(values as (number | null)[]) },
  timestamptz: { member: 'timestamptz', array: (values) => instantArray(values as (number | null)[]) },
};

/** Rows as parameters, a column each: where a statement selects them from (as `r`), and how it reads a column there. */
export function asColumns(table: ReadTable, columns: readonly string[], rows: readonly Row[]): { source: string; read: (column: string) => string; values: Buffer[] } {
  const ways = columns.map((column) => passages[table.columns[column]!] ?? asText);
  return {
    source: `unnest(${ways.map(({ member }, at) => `$${at + 1}::${member}[]`).join(', ')}) as r(${columns.join(', ')})`,
    read: (column) => (table.columns[column] === ways[columns.indexOf(column)]!.member ? `r.${column}` : `r.${column}::${table.columns[column]}`),
    values: ways.map(({ array }, at) => array(rows.map((row) => row[columns[at]!]))),
  };
}

const textOf = (value: JsonValue): string => (typeof value === 'string' ? value : Array.isArray(value) ? arrayText(value as string[]) : typeof value === 'object' ? JSON.stringify(value) : String(value));

/** PostgreSQL text cannot hold U+0000, which a variable may: it is shown as the replacement character. */
export const storable = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text);
