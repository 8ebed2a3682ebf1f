import type { JsonValue } from '../json.ts';
import { getPath, isObject, splitPath } from './paths.ts';
import { evaluateFeel, type Place } from './expressions.ts';
import type { FormComponent } from './schema.ts';

/** One choice of a checklist, taglist, radio or select. */
export interface FormOption {
  label: string;
  value: JsonValue;
}

/** Where a component's options come from. */
export type OptionSource = 'static' | 'key' | 'expression' | 'directory' | 'none';

/** Directories this product can ask; another name in `properties.source` is a note for other tools. */
const DIRECTORIES = ['users', 'groups', 'sites', 'products', 'complaints'];

/** The kind of the one option source a component has; a known `properties.source` wins. */
export function optionSource(component: FormComponent): OptionSource {
  if (DIRECTORIES.includes(String(component.properties?.source))) return 'directory';
  if (Array.isArray(component.values)) return 'static';
  if (component.valuesKey) return 'key';
  if (component.valuesExpression) return 'expression';
  return 'none';
}

/** The options at this place; null when they are not known here (a directory the caller did not hand over). */
export function resolveOptions(component: FormComponent, place: Place): FormOption[] | null {
  switch (optionSource(component)) {
    case 'directory':
      return place.scope.sources?.[String(component.properties?.source)] ?? null;
    case 'static':
      return toOptions(component.values as JsonValue[]);
    case 'key': {
      const path = splitPath(component.valuesKey);
      return toOptions(getPath(place.values, path) ?? getPath(place.scope.variables, path) ?? null);
    }
    case 'expression':
      return toOptions(evaluateFeel(component.valuesExpression ?? '', place));
    case 'none':
      return [];
  }
}

/** Takes primitives and `{label,value}`; items without a usable value are dropped. */
export function toOptions(list: JsonValue): FormOption[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item): FormOption[] => {
    if (isPrimitive(item)) return [{ label: String(item), value: item }];
    if (!isObject(item)) return [];
    const { value, label } = item;
    if (value === undefined || value === null) return [];
    const words = isPrimitive(label ?? null) && label !== '' ? String(label) : isPrimitive(value) ? String(value) : JSON.stringify(value);
    return [{ label: words, value }];
  });
}

/** Equal as JSON, whatever the order of members. */
export function sameValue(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  if (isObject(a) && isObject(b)) {
    const names = Object.keys(a);
    return names.length === Object.keys(b).length && names.every((name) => sameValue(a[name], b[name]));
  }
  return false;
}

function isPrimitive(value: JsonValue): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
