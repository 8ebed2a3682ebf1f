import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { ChurnMap } from '../../engine/contract/churn-map.ts';

test('holds what a Map holds, in the same order, however much has gone through it', () => {
  const map = new Map<string, number>();
  const churning = new ChurnMap<string, number>();
  let seed = 7;
  const dice = (sides: number): number => (seed = (seed * 48_271) % 2_147_483_647) % sides;
  for (let turn = 0; turn < 20_000; turn += 1) {
    const key = String(dice(300));
    if (dice(2) === 0) {
      map.set(key, turn);
      churning.set(key, turn);
    } else expect(churning.delete(key)).toBe(map.delete(key));
    expect(churning.get(key)).toBe(map.get(key));
    expect(churning.has(key)).toBe(map.has(key));
    expect(churning.size).toBe(map.size);
    if (turn % 100 === 0) expect([...churning]).toEqual([...map]);
  }
  const seen: [string, number][] = [];
  churning.forEach((value, key) => seen.push([key, value]));
  expect(seen).toEqual([...map]);
  expect([...churning.keys()]).toEqual([...map.keys()]);
  expect([...churning.values()]).toEqual([...map.values()]);
  churning.clear();
  expect([...churning]).toEqual([]);
});

test('everything can be deleted while it is gone through', () => {
  const churning = new ChurnMap<number, number>();
  for (let at = 0; at < 500; at += 1) churning.set(at, at);
  const seen: number[] = [];
  for (const key of churning.keys()) {
    seen.push(key);
    churning.delete(key);
  }
  expect(seen).toEqual(Array.from({ length: 500 }, (_, at) => at));
  expect(churning.size).toBe(0);
});

test('what has gone through does not live on in old space', () => {
  const ofMap = oldBytesOf(new Map());
  const ofChurnMap = oldBytesOf(new ChurnMap());
  expect(ofMap).toBeGreaterThan(10 * ofChurnMap);
});

interface Entries {
  set(key: string, value: unknown): unknown;
  delete(key: string): boolean;
}

/** By how much old space has grown at most, in bytes, while entries went through a map that was old already. */
function oldBytesOf(map: Entries): number {
  for (let at = 0; at < 20; at += 1) map.set(`first ${at}`, at);
  collectGarbage();
  const before = oldBytes();
  let most = 0;
  for (let at = 0; at < 60_000; at += 1) {
    map.set(`key ${at}`, { at, weight: Array.from({ length: 50 }, () => at) });
    map.delete(at < 20 ? `first ${at}` : `key ${at - 20}`);
    if (at % 1000 === 0) most = Math.max(most, oldBytes() - before);
  }
  return Math.max(most, 1);
}

const oldBytes = (): number => getHeapSpaceStatistics().find(({ space_name: name }) => name === 'old_space')!.space_used_size;

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
