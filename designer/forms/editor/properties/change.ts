import type { FormComponent, FormProperties, FormValidation } from '../../../../engine/contract/forms/index.ts';
import { useEditor } from '../editor-context.ts';

/** Ways to change the selected component; an undefined value takes the property away. Typing in one place is one undo step. */
export function useChange(component: FormComponent) {
  const { update } = useEditor();
  const { id } = component;
  return {
    own: (name: string, value: unknown) => update(id, (before) => put(before, name, value), name),
    validate: (name: keyof FormValidation, value: unknown) => update(id, (before) => put(before, 'validate', emptied(put(before.validate ?? {}, String(name), value))), `validate.${name}`),
    property: (name: keyof FormProperties, value: unknown) => update(id, (before) => put(before, 'properties', emptied(put(before.properties ?? {}, String(name), value))), `properties.${name}`),
    layout: (name: string, value: unknown) => update(id, (before) => put(before, 'layout', put(before.layout ?? {}, name, value)), `layout.${name}`),
    hide: (value: string | undefined) => update(id, (before) => put(before, 'conditional', emptied(put(before.conditional ?? {}, 'hide', value))), 'hide'),
    all: (change: (before: FormComponent) => FormComponent, tag?: string) => update(id, change, tag),
  };
}

/** A copy with one member set, or without it. Members keep their order. */
export function put<T extends object>(object: T, name: string, value: unknown): T {
  const copy = { ...object } as Record<string, unknown>;
  if (value === undefined) delete copy[name];
  else copy[name] = value;
  return copy as T;
}

function emptied<T extends object>(object: T): T | undefined {
  return Object.keys(object).length === 0 ? undefined : object;
}
