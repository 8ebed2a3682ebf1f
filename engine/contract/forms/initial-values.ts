import type { JsonObject, JsonValue } from '../json.ts';
import { optionSource, sameValue, toOptions, type FormOption } from './options.ts';
import { getPath, isObject, setPath, splitPath, type Path } from './paths.ts';
import { emptyValue, sanitize } from './sanitize.ts';
import { isInput, type FormComponent, type FormSchema } from './schema.ts';

/** What the fields of a form hold when it opens: the variable at the field's path, else the default, else the type's empty value. */
export function initialValues(schema: FormSchema, variables: JsonObject): JsonObject {
  const values: JsonObject = {};
  fill(schema.components, [], variables, values, variables);
  return values;
}

/** A new row of a dynamic list, from its children's defaults. */
export function newRow(list: FormComponent, variables: JsonObject): JsonObject {
  const row: JsonObject = {};
  fill(list.components ?? [], [], {}, row, variables);
  return row;
}

function fill(components: FormComponent[], base: Path, source: JsonValue, target: JsonObject, variables: JsonObject): void {
  for (const component of components) {
    const path = [...base, ...splitPath(component.key ?? component.path)];
    if (isInput(component)) setPath(target, path, initialValue(component, getPath(source, path), variables));
    else if (component.type === 'dynamiclist') setPath(target, path, initialRows(component, getPath(source, path), variables));
    else if (component.components) fill(component.components, path, source, target, variables);
  }
}

function initialRows(list: FormComponent, loaded: JsonValue | undefined, variables: JsonObject): JsonValue[] {
  if (Array.isArray(loaded)) {
    return loaded.map((item) => {
      const row: JsonObject = {};
      fill(list.components ?? [], [], isObject(item) ? item : {}, row, variables);
      return row;
    });
  }
  const count = typeof list.defaultRepetitions === 'number' ? list.defaultRepetitions : 1;
  return Array.from({ length: Math.max(0, count) }, () => newRow(list, variables));
}

/** The value one field starts with. */
export function initialValue(component: FormComponent, loaded: JsonValue | undefined, variables: JsonObject): JsonValue {
  const value = loaded === undefined || loaded === null ? component.defaultValue : loaded;
  if (value === undefined || value === null) return emptyValue(component);
  return amongOptions(component, sanitize(component, value), variables);
}

/** A value that is not among static or key options is dropped; expression and directory options are known later. */
function amongOptions(component: FormComponent, value: JsonValue, variables: JsonObject): JsonValue {
  const source = optionSource(component);
  if (source !== 'static' && source !== 'key') return value;
  const options: FormOption[] = toOptions(source === 'static' ? (component.values as JsonValue[]) : (getPath(variables, splitPath(component.valuesKey)) ?? null));
  const known = (item: JsonValue) => options.some((option) => sameValue(option.value, item));
  if (Array.isArray(value)) return value.filter(known);
  return known(value) ? value : emptyValue(component);
}
