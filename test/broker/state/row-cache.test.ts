import { expect, test } from 'vitest';
import { RowCache } from '../../../engine/broker/state/row-cache.ts';
import { allTables, elementInstances, type ElementInstance } from '../../../engine/broker/state/tables.ts';

const UNIT = 'pi|1';
const element = (key: string): ElementInstance => ({ key, children: 0, flowScopeKey: '-1' }) as ElementInstance;

function cacheWithElement(): RowCache {
  const rows = new RowCache(allTables);
  rows.create(UNIT);
  rows.put(UNIT, elementInstances, '1', element('1'));
  rows.keep();
  rows.markCommitted(rows.takeChanges());
  return rows;
}

test('a unit whose last row is gone is forgotten once that is durable, not before', () => {
  // given
  const rows = cacheWithElement();

  // when
  rows.delete(UNIT, elementInstances, '1');
  rows.keep();
  const taken = rows.takeChanges();

  // then
  expect(taken.emptied).toEqual([UNIT]);
  expect(rows.isLoaded(UNIT)).toBe(true);
  expect(rows.get(elementInstances, '1')).toBeUndefined();
  rows.markCommitted(taken);
  expect(rows.isLoaded(UNIT)).toBe(false);
  expect(rows.wouldFault(elementInstances, '1')).toBe(true);
});

test('a unit that came and went within one batch is forgotten as well', () => {
  // given
  const rows = new RowCache(allTables);
  rows.create(UNIT);
  rows.put(UNIT, elementInstances, '1', element('1'));
  rows.keep();
  rows.delete(UNIT, elementInstances, '1');
  rows.keep();

  // when
  const taken = rows.takeChanges();
  rows.markCommitted(taken);

  // then
  expect(taken.changes).toEqual([]);
  expect(rows.size).toBe(0);
});

test('a unit that has got a row again while its emptiness was being written is kept', () => {
  // given
  const rows = cacheWithElement();
  rows.delete(UNIT, elementInstances, '1');
  rows.keep();
  const taken = rows.takeChanges();

  // when
  rows.put(UNIT, elementInstances, '2', element('2'));
  rows.keep();
  rows.markCommitted(taken);

  // then
  expect(rows.get(elementInstances, '2')).toEqual(element('2'));
});

test('a unit emptied by a decision that was taken back is kept as it was', () => {
  // given
  const rows = cacheWithElement();

  // when
  rows.delete(UNIT, elementInstances, '1');
  rows.undo();
  rows.keep();
  rows.markCommitted(rows.takeChanges());

  // then
  expect(rows.get(elementInstances, '1')).toEqual(element('1'));
});
