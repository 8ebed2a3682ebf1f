import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const [own = '', others = ''] = read('processes/COVERAGE.md').split('\n## ');
const rows = [...own.matchAll(/^\| (☑|☐) \| (C\d{3}) \| ([^|]+) \| [^|]+ \| (.+) \|$/gm)].map(([, tick, id, procedures, shown]) => ({ met: tick === '☑', id: id!, procedures: procedures!, shown: shown! }));
const numbers = (text: string): string[] => text.split(' ').flatMap((part) => {
  const [from, to = from] = part.split('-').map(Number) as [number, number?];
  return Array.from({ length: to - from + 1 }, (_, index) => `C${String(from + index).padStart(3, '0')}`);
});

/** “Must” rows of the manual that procedures A, B1–B5, C1, C3, C4, D, E1, E3, E4, F2 have a part in. */
const belonging = numbers('1-2 4 7-8 11-12 22 27-28 31-40 42-44 46-51 53 55 57-59 61 63 67 73 77-92 94-95 97 100-105 122 126-131 135 137 148 158 163 165-167 169-170 172 174 176-178 181-182 184-195 202 204 206 208-209 211 213-214 216 220-222 225 229-231 234-237 248-265 270 273 275-277 280 284 289-301 303-308 310 312');
/** The other “must” rows. */
const elsewhere = numbers('5 9 13-14 16-18 23-24 29 52 60 64-65 68 70-72 74-76 93 98 106-110 113 115-117 121 123-125 132-134 138-143 145 151 154 157 175 180 196-197 199-201 203 205 212 215 217-218 227-228 232 242 246 269 271-272 278-279 281-283 285 287-288 302 309 311');

test('every must row of these procedures is there once, the others are named with whom they belong to', () => {
  expect(rows.map((row) => row.id)).toEqual(belonging);
  expect([...others.matchAll(/^\| (C\d{3}) \| [^|]+ \| [^|]+ \|$/gm)].map((found) => found[1])).toEqual(elsewhere);
});

test('a row that is met names a test, one that is not says why', () => {
  expect(rows.filter((row) => row.met && !/`test\/[^`]+` › /.test(row.shown)).map((row) => row.id)).toEqual([]);
  expect(rows.filter((row) => row.met === row.shown.startsWith('Not met: ')).map((row) => row.id)).toEqual([]);
  expect(rows.filter((row) => !row.met && row.shown.length < 30).map((row) => row.id)).toEqual([]);
});

test('the count of met rows is right', () => {
  expect(own).toContain(`Met: ${rows.filter((row) => row.met).length} of ${rows.length}.`);
});

test('every test named is there', () => {
  let named = 0;
  for (const row of rows) {
    for (const [, file, name] of row.shown.matchAll(/`(test\/[\w./-]+)` › (.+?)(?=; `|; page `|; note: |$)/g)) {
      named += 1;
      expect(existsSync(path.join(ROOT, file!)), `${row.id}: ${file}`).toBe(true);
      const source = read(file!);
      expect([`'${name}'`, `"${name}"`, `\`${name}\``, `'${name!.replaceAll(`'`, `\\'`)}'`].some((quoted) => source.includes(`test(${quoted}`)), `${row.id}: ${file} has no test “${name}”`).toBe(true);
    }
  }
  expect(named).toBeGreaterThan(rows.length);
});

test('every page named is there', () => {
  const pages = [...own.matchAll(/page `([^`]+)`/g)].map((found) => found[1]!);
  expect(pages.length).toBeGreaterThan(0);
  // Public pages share one route; the last part of the address is what the page looks at.
  const source = read('designer/pages/public/index.tsx') + read('designer/app/router.tsx') + read('designer/app/areas.tsx');
  for (const page of pages) expect(source.includes(`'${page}'`) || source.includes(`'${page.replace('/p/', '')}'`), page).toBe(true);
});
