import type { FormComponent, FormSchema } from '../../../engine/contract/forms/index.ts';

/** Where a component stands: in the form itself (`null`) or in a container. */
export interface Position {
  parent: string | null;
  index: number;
}

export interface Found extends Position {
  component: FormComponent;
}

/** Every component with its place, containers before their children. */
export function listComponents(schema: FormSchema): Found[] {
  const walk = (components: FormComponent[], parent: string | null): Found[] =>
    components.flatMap((component, index) => [{ component, parent, index }, ...walk(component.components ?? [], component.id)]);
  return walk(schema.components, null);
}

export function findComponent(schema: FormSchema, id: string): Found | undefined {
  return listComponents(schema).find((found) => found.component.id === id);
}

/** Changes one component; all others stay the same objects. */
export function updateComponent(schema: FormSchema, id: string, change: (component: FormComponent) => FormComponent): FormSchema {
  return withComponents(schema, mapTree(schema.components, (component) => (component.id === id ? change(component) : component)));
}

export function insertComponent(schema: FormSchema, component: FormComponent, { parent, index }: Position): FormSchema {
  return changeList(schema, parent, (list) => [...list.slice(0, index), component, ...list.slice(index)]);
}

export function removeComponent(schema: FormSchema, id: string): FormSchema {
  const found = findComponent(schema, id);
  return found ? changeList(schema, found.parent, (list) => list.filter((component) => component.id !== id)) : schema;
}

/** Moves a component in front of what stands at `to` now. Into itself is no move. A shared row is left behind. */
export function moveComponent(schema: FormSchema, id: string, to: Position): FormSchema {
  const found = findComponent(schema, id);
  if (!found || to.parent === id || (to.parent !== null && isInside(found.component, to.parent))) return schema;
  const same = found.parent === to.parent;
  if (same && (to.index === found.index || to.index === found.index + 1)) return schema;
  const index = same && to.index > found.index ? to.index - 1 : to.index;
  return insertComponent(removeComponent(schema, id), leaveRow(schema, found), { parent: to.parent, index });
}

/** One step up or down among its neighbors; the row it shares stays. */
export function nudgeComponent(schema: FormSchema, id: string, step: -1 | 1): FormSchema {
  const found = findComponent(schema, id);
  if (!found) return schema;
  return changeList(schema, found.parent, (list) => {
    const target = found.index + step;
    if (target < 0 || target >= list.length) return list;
    const next = [...list];
    next.splice(found.index, 1);
    next.splice(target, 0, found.component);
    return next;
  });
}

/** A copy behind the original, with ids and keys of its own. */
export function duplicateComponent(schema: FormSchema, id: string): { schema: FormSchema; id: string } {
  const found = findComponent(schema, id);
  if (!found) return { schema, id };
  const names = namesOf(schema);
  const copy = renamed(structuredClone(found.component), names);
  return { schema: insertComponent(schema, copy, { parent: found.parent, index: found.index + 1 }), id: copy.id };
}

/** A new component of a type with an id and a key nobody else has. */
export function createComponent(schema: FormSchema, type: string, label: string, start: Partial<FormComponent>, keyed: boolean): FormComponent {
  const names = namesOf(schema);
  const id = freeName('Field_', names);
  const row = freeName('Row_', names);
  const name = keyed ? { key: freeName(`${type}_`, names) } : type === 'dynamiclist' ? { path: freeName(`${type}_`, names) } : {};
  const words = type === 'separator' || type === 'spacer' || type === 'text' || type === 'html' || type === 'image' || type === 'expression' ? {} : type === 'datetime' ? { dateLabel: label } : { label };
  return { ...words, type, ...name, id, layout: { row, columns: null }, ...start };
}

/** Puts a component beside the one before it, or on a row of its own. */
export function shareRow(schema: FormSchema, id: string, share: boolean): FormSchema {
  const found = findComponent(schema, id);
  if (!found) return schema;
  const before = siblings(schema, found.parent)[found.index - 1];
  if (share && before === undefined) return schema;
  const own = freeName('Row_', namesOf(schema));
  const row = share ? (before?.layout?.row ?? own) : own;
  const changed = updateComponent(schema, id, (component) => ({ ...component, layout: { ...component.layout, row, columns: component.layout?.columns ?? null } }));
  return share && before && before.layout?.row === undefined ? updateComponent(changed, before.id, (component) => ({ ...component, layout: { ...component.layout, row } })) : changed;
}

export function siblings(schema: FormSchema, parent: string | null): FormComponent[] {
  return parent === null ? schema.components : (findComponent(schema, parent)?.component.components ?? []);
}

function leaveRow(schema: FormSchema, found: Found): FormComponent {
  const row = found.component.layout?.row;
  const shared = row !== undefined && siblings(schema, found.parent).some((other) => other.id !== found.component.id && other.layout?.row === row);
  return shared ? { ...found.component, layout: { ...found.component.layout, row: freeName('Row_', namesOf(schema)), columns: null } } : found.component;
}

function isInside(component: FormComponent, id: string): boolean {
  return (component.components ?? []).some((child) => child.id === id || isInside(child, id));
}

function withComponents(schema: FormSchema, components: FormComponent[]): FormSchema {
  return components === schema.components ? schema : { ...schema, components };
}

function mapTree(components: FormComponent[], change: (component: FormComponent) => FormComponent): FormComponent[] {
  let changed = false;
  const next = components.map((component) => {
    const children = component.components ? mapTree(component.components, change) : undefined;
    const own = change(children === component.components || children === undefined ? component : { ...component, components: children });
    if (own !== component) changed = true;
    return own;
  });
  return changed ? next : components;
}

function changeList(schema: FormSchema, parent: string | null, change: (list: FormComponent[]) => FormComponent[]): FormSchema {
  if (parent === null) return withComponents(schema, change(schema.components));
  return updateComponent(schema, parent, (container) => ({ ...container, components: change(container.components ?? []) }));
}

function namesOf(schema: FormSchema): Set<string> {
  return new Set(listComponents(schema).flatMap(({ component }) => [component.id, component.key, component.path, component.layout?.row].filter((name): name is string => typeof name === 'string')));
}

function freeName(prefix: string, names: Set<string>): string {
  let number = 1;
  while (names.has(prefix + number)) number += 1;
  names.add(prefix + number);
  return prefix + number;
}

function renamed(component: FormComponent, names: Set<string>): FormComponent {
  const next: FormComponent = { ...component, id: freeName('Field_', names) };
  if (component.key) next.key = freeName(`${component.key}_`, names);
  if (component.path && component.type === 'dynamiclist') next.path = freeName(`${component.path}_`, names);
  if (component.layout) next.layout = { ...component.layout, row: freeName('Row_', names), columns: null };
  if (component.components) next.components = component.components.map((child) => {
    // Keys of children are relative to their container: they may stay.
    const copy = renamed(child, names);
    return child.key ? { ...copy, key: child.key } : copy;
  });
  return next;
}
