import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorStatus } from '../../engine/contract/errors.ts';

type Tree = { [key: string]: string | Tree };

const root = join(import.meta.dirname, '../../designer');
const names = readdirSync(join(root, 'i18n')).filter((name) => name.endsWith('.json'));
const rules = ['required', 'minLength', 'maxLength', 'min', 'max', 'pattern', 'email', 'phone', 'decimalDigits', 'increment', 'number', 'datetime', 'limit', 'option', 'file', 'rows', 'custom'];

function keysOf(language: string): Map<string, string> {
  const keys = new Map<string, string>();
  const walk = (tree: Tree, path: string) => {
    for (const [name, value] of Object.entries(tree)) {
      if (typeof value === 'string') keys.set(path + name, value);
      else walk(value, `${path}${name}.`);
    }
  };
  for (const name of names.filter((file) => file === `${language}.json` || file.endsWith(`.${language}.json`))) walk(JSON.parse(readFileSync(join(root, 'i18n', name), 'utf8')) as Tree, '');
  return keys;
}

/** Chinese has one form where English has two. */
const withoutPlural = (key: string) => key.replace(/_(one|other|zero)$/, '');
const chinese = keysOf('zh-CN');
const english = keysOf('en');
const has = (keys: Map<string, string>, key: string) => keys.has(key) || keys.has(`${key}_other`);

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sources(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

describe('translations', () => {
  test('both languages have the same keys', () => {
    expect([...new Set([...english.keys()].map(withoutPlural))].sort()).toEqual([...new Set([...chinese.keys()].map(withoutPlural))].sort());
  });

  test('both languages fill the same places in a text', () => {
    const places = (text: string) => [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]))].sort();
    const different = [...chinese].filter(([key, text]) => places(text).join() !== places(english.get(key) ?? english.get(`${key}_other`) ?? '').join());
    expect(different.map(([key]) => key)).toEqual([]);
  });

  test('no text is empty', () => {
    expect([...chinese, ...english].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
  });

  test('every key used in the code exists in both', () => {
    const used = sources(root).flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\bt\(\s*(?:[\w. =!?'"]+\?\s*)?'([\w.]+)'(?:\s*:\s*'([\w.]+)')?/g)].flatMap((match) => [match[1], match[2]].filter((key): key is string => key !== undefined)));
    expect(used.length).toBeGreaterThan(100);
    expect([...new Set(used)].filter((key) => !has(chinese, key) || !has(english, key))).toEqual([]);
  });

  test('every key built from a value has a translation for at least one value', () => {
    const stems = sources(root).flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\bt\(`([\w.]+\.)\$\{/g)].map((match) => match[1] as string));
    expect([...new Set(stems)].filter((stem) => ![...chinese.keys()].some((key) => key.startsWith(stem)))).toEqual([]);
  });

  test('every error code and every rule of a form has words', () => {
    const wanted = [...Object.keys(errorStatus), 'offline', 'timeout'].map((code) => `errors.${code}`).concat(rules.map((rule) => `forms.errors.${rule}`));
    expect(wanted.filter((key) => !has(chinese, key) || !has(english, key))).toEqual([]);
  });

  test('every component type has a name', () => {
    const types = sources(join(root, 'forms/components')).flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/kind: '(?:field|block)', type: '(\w+)'/g)].map((match) => match[1] as string)).filter((type) => type !== 'unknown');
    expect(types.length).toBe(20);
    expect(types.map((type) => `forms.types.${type}`).filter((key) => !has(chinese, key) || !has(english, key))).toEqual([]);
  });
});
