import { expect, test } from 'vitest';
import { rowsOf } from '../../../designer/forms/renderer/rows.ts';

test('neighbors of the same row share 16 columns, those without a width take what is left', () => {
  const component = (id: string, row?: string, columns: number | null = null) => ({ type: 'textfield', id, ...(row ? { layout: { row, columns } } : {}) });
  const rows = rowsOf([component('a', 'r', 4), component('b', 'r'), component('c', 'r'), component('d'), component('e', 'q'), component('f', 'r')]);
  expect(rows.map((row) => row.cells.map((cell) => [cell.component.id, cell.span]))).toEqual([[['a', 4], ['b', 6], ['c', 6]], [['d', 16]], [['e', 16]], [['f', 16]]]);
});
