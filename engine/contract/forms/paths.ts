import type { JsonObject, JsonValue } from '../json.ts';

/** Steps of a dot path; a number is an index into a list. */
export type Path = (string | number)[];

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** Splits `a.b.c`; an empty or missing path has no steps. */
export function splitPath(path: string | undefined): string[] {
  return path ? path.split('.').filter((step) => step !== '' && !FORBIDDEN.has(step)) : [];
}

/** Reads a value; undefined where nothing is. */
export function getPath(data: JsonValue | undefined, path: Path): JsonValue | undefined {
  let current: JsonValue | undefined = data;
  for (const step of path) {
    if (current === null || current === undefined || typeof current !== 'object') return undefined;
    if (Array.isArray(current)) current = typeof step === 'number' ? current[step] : undefined;
    else current = Object.hasOwn(current, step) ? current[step] : undefined;
  }
  return current;
}

/** Writes a value in place, making objects and lists on the way. */
export function setPath(data: JsonObject, path: Path, value: JsonValue): void {
  let current: JsonObject | JsonValue[] = data;
  path.forEach((step, index) => {
    const last = index === path.length - 1;
    const holder = current as Record<string | number, JsonValue>;
    if (last) {
      holder[step] = value;
      return;
    }
    const next = holder[step];
    if (next === null || next === undefined || typeof next !== 'object') holder[step] = typeof path[index + 1] === 'number' ? [] : {};
    current = holder[step] as JsonObject | JsonValue[];
  });
}

/** The name of a value in a form state: `evidence.0.ref`. */
export function pathName(path: Path): string {
  return path.join('.');
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
