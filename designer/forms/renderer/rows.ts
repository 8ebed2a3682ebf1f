import type { FormComponent } from '../../../engine/contract/forms/index.ts';

/** Columns of a row. */
export const COLUMNS = 16;

export interface GridRow {
  key: string;
  cells: { component: FormComponent; span: number }[];
}

/** Neighbors with the same `layout.row` share a row; `columns` null shares what is left equally (at least 2 columns each). */
export function rowsOf(components: FormComponent[]): GridRow[] {
  const groups: FormComponent[][] = [];
  for (const component of components) {
    const last = groups.at(-1);
    const row = component.layout?.row;
    if (last && row !== undefined && last[0]?.layout?.row === row) last.push(component);
    else groups.push([component]);
  }
  return groups.map((group) => {
    const fixed = group.map((component) => component.layout?.columns).filter((columns): columns is number => typeof columns === 'number');
    const open = group.length - fixed.length;
    const share = open === 0 ? 0 : Math.max(2, Math.floor((COLUMNS - fixed.reduce((sum, columns) => sum + columns, 0)) / open));
    return { key: group[0]?.id ?? '', cells: group.map((component) => ({ component, span: clamp(component.layout?.columns ?? share) })) };
  });
}

function clamp(columns: number): number {
  return Math.min(COLUMNS, Math.max(2, columns));
}
