import type { Knex } from 'knex';
import type { FigureUnit } from '../../contract/api.ts';
import { startOfMonth } from '../../workers/calendar/period.ts';
import { figures } from './figures.ts';
import type { Ledger } from './ledger.ts';

/** A number of a dashboard, measured on the rows of one ledger. */
export interface Figure {
  id: string;
  name: string;
  nameEn: string;
  unit: FigureUnit;
  ledger: string;
  /** SQL of the instant by which a row belongs to a month. */
  at: string;
  /** SQL that is true for the rows measured. @default all */
  where?: string;
  /** SQL of a row's value; 1 or 0 for `percent`. With `fact`, the fact's value is `f.value`. */
  value: string;
  /** Metric of `app.kpi_fact` a row is joined to by its case number. */
  fact?: string;
  /** How the rows' values become one. */
  by: 'avg' | 'sum' | 'count';
  /** Metric of `kpi_targets` it is held against. */
  target?: string;
  /** The target is that of a quarter: a longer period has as many of it as quarters have begun. */
  perQuarter?: true;
}

/** When a case misses its target: its value is below (`min`) or above (`max`) it. A percentage misses by the cases that are 0. */
export interface MissRule {
  target: number;
  direction: 'min' | 'max';
}

/** The figure of that name. */
export function figureOf(id: string): Figure | undefined {
  return figures.find((each) => each.id === id);
}

interface Behind {
  from: string | undefined;
  to: string | undefined;
  zone: string;
  met: 'yes' | 'no' | null;
  miss: MissRule | null;
}

/** Leaves the rows a figure was measured on, of a period of months, and of them those that met or missed the target. */
export function figureRows(rows: Knex.QueryBuilder, ledger: Ledger, figure: Figure, { from, to, zone, met, miss }: Behind): void {
  if (figure.where !== undefined) rows.whereRaw(`(${figure.where})`);
  if (from !== undefined) rows.whereRaw(`${figure.at} >= ?`, [startOfMonth(from, zone)]);
  if (to !== undefined) rows.whereRaw(`${figure.at} < ?`, [startOfMonth(to, zone, 1)]);
  const missed = met === null ? null : missedSql(figure, miss);
  const wanted = missed === null ? '' : met === 'no' ? ` and (${missed})` : ` and not (${missed})`;
  if (figure.fact !== undefined) rows.whereRaw(`exists (select 1 from app.kpi_fact f where f.metric = ? and f.case_no = ${ledger.caseNo}${wanted})`, [figure.fact]);
  else if (wanted !== '') rows.whereRaw(wanted.slice(5));
}

/** SQL that is true for a row that misses; null for figures whose rows cannot miss one by one. */
export function missedSql(figure: Figure, miss: MissRule | null): string | null {
  if (figure.unit === 'percent') return miss?.direction === 'max' ? `(${figure.value}) = 1` : `(${figure.value}) = 0`;
  if (miss === null || figure.by !== 'avg') return null;
  return `(${figure.value}) ${miss.direction === 'min' ? '<' : '>'} ${Number(miss.target)}`;
}
