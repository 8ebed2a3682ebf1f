import { expect, test } from 'vitest';
import { RowCache, type RowChange, type StoredRow } from '../../../engine/broker/state/row-cache.ts';
import { allTables, elementInstances, variables, type ElementInstance, type Variable } from '../../../engine/broker/state/tables.ts';

const UNIT = 'pi|1';
const scope = (key: string, children = 0): ElementInstance => ({ key, children, flowScopeKey: '-1' }) as ElementInstance;
const variable = (scopeKey: string, name: string, value: string): Variable => ({ key: `${scopeKey}0`, scopeKey, name, value });

/** A cache, and a store beside it that keeps rows as JSON. */
function storing(): { rows: RowCache; commit(): RowChange[]; reloaded(): RowCache; stored: Map<string, StoredRow> } {
  const rows = new RowCache(allTables);
  rows.create(UNIT);
  const stored = new Map<string, StoredRow>();
  return {
    rows,
    stored,
    commit() {
      rows.keep();
      const taken = rows.takeChanges();
      const { changes } = taken;
      for (const { table, key, row, fresh } of changes) {
        const id = `${table}/${key}`;
        // A row said to be new must not be there: the database would refuse it.
        expect(fresh && stored.has(id)).toBe(false);
        if (row === undefined) stored.delete(id);
        else stored.set(id, { table, key, row: JSON.parse(JSON.stringify(row)) as unknown });
      }
      rows.markCommitted(taken);
      return changes;
    },
    reloaded() {
      const again = new RowCache(allTables);
      again.load(UNIT, [...stored.values()]);
      return again;
    },
  };
}

const put = (rows: RowCache, { scopeKey, name, value }: { scopeKey: string; name: string; value: string }): void => rows.put(UNIT, variables, `${scopeKey}:${name}`, variable(scopeKey, name, value));

test('what a scope holds is stored in its row, and is there again after loading', () => {
  // given
  const { rows, commit, reloaded, stored } = storing();
  rows.put(UNIT, elementInstances, '1', scope('1'));
  put(rows, { scopeKey: '1', name: 'a', value: '1' });
  put(rows, { scopeKey: '1', name: 'b', value: '"two"' });

  // when
  commit();

  // then
  expect([...stored.keys()]).toEqual(['element_instance/1']);
  const again = reloaded();
  expect(again.find(UNIT, variables, 'scope', '1')).toEqual([variable('1', 'a', '1'), variable('1', 'b', '"two"')]);
  expect(again.getIn(UNIT, elementInstances, '1')).toEqual(scope('1'));
});

test('a changed variable rewrites the row of its scope, a removed one leaves it', () => {
  // given
  const { rows, commit, reloaded } = storing();
  rows.put(UNIT, elementInstances, '1', scope('1'));
  put(rows, { scopeKey: '1', name: 'a', value: '1' });
  put(rows, { scopeKey: '1', name: 'b', value: '2' });
  commit();

  // when
  put(rows, { scopeKey: '1', name: 'a', value: '3' });
  rows.delete(UNIT, variables, '1:b');
  const changes = commit();

  // then
  expect(changes.map(({ table, key, fresh }) => ({ table, key, fresh }))).toEqual([{ table: 'element_instance', key: '1', fresh: false }]);
  expect(reloaded().all(UNIT, variables)).toEqual([variable('1', 'a', '3')]);
});

test('a variable that is large, or grows large, stands alone, and stays so when it shrinks', () => {
  // given
  const { rows, commit, reloaded, stored } = storing();
  const large = JSON.stringify('x'.repeat(2000));
  rows.put(UNIT, elementInstances, '1', scope('1'));
  put(rows, { scopeKey: '1', name: 'a', value: large });
  put(rows, { scopeKey: '1', name: 'b', value: '2' });
  commit();
  expect([...stored.keys()].toSorted()).toEqual(['element_instance/1', 'variable/1:a']);

  // when
  put(rows, { scopeKey: '1', name: 'a', value: '1' });
  put(rows, { scopeKey: '1', name: 'b', value: large });
  commit();

  // then
  expect([...stored.keys()].toSorted()).toEqual(['element_instance/1', 'variable/1:a', 'variable/1:b']);
  expect(reloaded().all(UNIT, variables)).toEqual([variable('1', 'a', '1'), variable('1', 'b', large)]);
});

test('more than fits stands beside, and all of it goes with the scope', () => {
  // given
  const { rows, commit, reloaded, stored } = storing();
  const names = Array.from({ length: 30 }, (_, at) => `name${at}`);
  rows.put(UNIT, elementInstances, '1', scope('1'));
  for (const name of names) put(rows, { scopeKey: '1', name, value: '"some text"' });
  commit();
  expect(stored.size).toBeGreaterThan(1);
  expect(stored.size).toBeLessThan(names.length);
  expect(reloaded().all(UNIT, variables)).toHaveLength(names.length);

  // when
  for (const name of names) rows.delete(UNIT, variables, `1:${name}`);
  rows.delete(UNIT, elementInstances, '1');
  commit();

  // then
  expect(stored.size).toBe(0);
});

test('rows loaded as carried are carried on, those stored alone by an earlier version stay alone', () => {
  // given
  const { rows: first, commit, stored } = storing();
  first.put(UNIT, elementInstances, '1', scope('1'));
  put(first, { scopeKey: '1', name: 'a', value: '1' });
  commit();
  stored.set('variable/1:old', { table: 'variable', key: '1:old', row: variable('1', 'old', '2') });
  const again = new RowCache(allTables);
  again.load(UNIT, [...stored.values()]);

  // when
  put(again, { scopeKey: '1', name: 'a', value: '10' });
  put(again, { scopeKey: '1', name: 'old', value: '20' });
  again.keep();
  const { changes } = again.takeChanges();

  // then
  expect(changes).toEqual([
    { table: 'variable', key: '1:old', unit: UNIT, row: variable('1', 'old', '20'), fresh: false, dueAt: null, queue: null },
    { table: 'element_instance', key: '1', unit: UNIT, row: { ...scope('1'), carried: [['variable', '1:a', variable('1', 'a', '10')]] }, fresh: false, dueAt: null, queue: null },
  ]);
});

test('what comes and goes within a batch is never stored, nor is anything of a decision that is undone', () => {
  // given
  const { rows, commit } = storing();
  rows.put(UNIT, elementInstances, '1', scope('1'));
  commit();

  // when
  put(rows, { scopeKey: '1', name: 'a', value: '1' });
  rows.undo();
  put(rows, { scopeKey: '1', name: 'b', value: '1' });
  rows.keep();
  rows.delete(UNIT, variables, '1:b');

  // then
  expect(commit()).toEqual([]);
});
