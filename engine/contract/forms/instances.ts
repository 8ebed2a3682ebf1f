import type { JsonObject } from '../json.ts';
import { holds } from './expressions.ts';
import { getPath, isObject, splitPath, type Path } from './paths.ts';
import type { FormComponent, FormSchema } from './schema.ts';
import { topScope, type FormScope, type RowScope } from './scope.ts';

/** A component at its place in the data: once per row of the lists around it. */
export interface FieldInstance {
  component: FormComponent;
  /** `id`, in repeat rows `id[0]`, in rows of rows `id[0][1]`. Errors are keyed by it. */
  id: string;
  /** Where its value (or its children) lies. */
  path: Path;
  at: RowScope;
  /** Hidden itself or by a container around it. */
  hidden: boolean;
  /** Inside a row of a repeating list. */
  repeated: boolean;
}

interface Around {
  path: Path;
  at: RowScope;
  suffix: string;
  hidden: boolean;
}

/** All components of a form at their places, containers before their children. */
export function fieldInstances(schema: FormSchema, values: JsonObject, scope: FormScope): FieldInstance[] {
  const found: FieldInstance[] = [];
  collect(schema.components, { path: [], at: topScope(values), suffix: '', hidden: false }, values, scope, found);
  return found;
}

function collect(components: FormComponent[], around: Around, values: JsonObject, scope: FormScope, found: FieldInstance[]): void {
  for (const component of components) {
    const instance: FieldInstance = {
      component,
      id: component.id + around.suffix,
      path: [...around.path, ...splitPath(component.key ?? component.path)],
      at: around.at,
      hidden: around.hidden || holds(component.conditional?.hide, { values, scope, at: around.at }),
      repeated: around.suffix !== '',
    };
    found.push(instance);
    if (!Array.isArray(component.components)) continue;
    if (component.type === 'dynamiclist') collectRows(instance, around, values, scope, found);
    else collect(component.components, { ...around, path: instance.path, hidden: instance.hidden }, values, scope, found);
  }
}

function collectRows(list: FieldInstance, around: Around, values: JsonObject, scope: FormScope, found: FieldInstance[]): void {
  const rows = getPath(values, list.path);
  if (!Array.isArray(rows)) return;
  rows.forEach((row, index) => {
    const at: RowScope = { row: isObject(row) ? row : {}, parent: around.at, indexes: [...around.at.indexes, index + 1] };
    collect(
      list.component.components ?? [],
      { path: [...list.path, index], at, suffix: `${around.suffix}[${index}]`, hidden: list.hidden },
      values, scope, found,
    );
  });
}

/** Ids (`id`, `id[0]`) of the components that are shown. */
export function visibleFields(schema: FormSchema, values: JsonObject, scope: FormScope): Set<string> {
  return new Set(fieldInstances(schema, values, scope).filter((instance) => !instance.hidden).map((instance) => instance.id));
}
