import type { JsonObject, JsonValue } from '../json.ts';

/** Highest form-js `schemaVersion` this product reads; a form above it is refused. */
export const SUPPORTED_SCHEMA_VERSION = 19;

/** Types with a `key` whose value is part of the form's data. */
export const INPUT_TYPES = ['textfield', 'textarea', 'number', 'datetime', 'checkbox', 'checklist', 'taglist', 'radio', 'select', 'expression', 'filepicker'] as const;
export type InputType = (typeof INPUT_TYPES)[number];

/** A form-js form. Unknown members are kept as they are. */
export interface FormSchema {
  type?: string;
  id?: string;
  schemaVersion?: number;
  components: FormComponent[];
  [member: string]: unknown;
}

/** Limits and patterns of an input; numbers may be FEEL (`=…`). */
export interface FormValidation {
  required?: boolean;
  min?: number | string;
  max?: number | string;
  minLength?: number | string;
  maxLength?: number | string;
  pattern?: string;
  patternErrorMessage?: string;
  validationType?: 'email' | 'phone' | 'custom' | string;
  [member: string]: unknown;
}

export interface FormLayout {
  /** Components with the same row id stand side by side. */
  row?: string;
  /** 2 to 16 of the row's 16 columns; null shares what is left. */
  columns?: number | null;
  [member: string]: unknown;
}

/**
 * Extensions of this product, all text so that any other form-js tool keeps them.
 * `phoneCn`, `pii`: "true". `minDate`, `maxDate`: "now" or "today". `rule`: FEEL over the form's data, false is an error.
 * `optionsEn`, `columnsEn`: JSON text, value or column key → English label. `textEn`: the English of a text component. `source`: where the options come from.
 */
export interface FormProperties {
  labelEn?: string;
  descriptionEn?: string;
  optionsEn?: string;
  columnsEn?: string;
  textEn?: string;
  patternErrorMessageEn?: string;
  pii?: string;
  rule?: string;
  ruleMessage?: string;
  ruleMessageEn?: string;
  phoneCn?: string;
  source?: 'users' | 'groups' | 'complaints' | string;
  minRows?: string;
  maxFiles?: string;
  minDate?: 'now' | 'today' | string;
  maxDate?: 'now' | 'today' | string;
  [member: string]: unknown;
}

/** One component of a form. Only the members the product reads are named; all others travel untouched. */
export interface FormComponent {
  type: string;
  id: string;
  key?: string;
  path?: string;
  label?: string;
  description?: string;
  components?: FormComponent[];
  layout?: FormLayout;
  conditional?: { hide?: string; [member: string]: unknown };
  properties?: FormProperties;
  disabled?: boolean;
  readonly?: boolean | string;
  defaultValue?: JsonValue;
  validate?: FormValidation;
  values?: JsonValue[];
  valuesKey?: string;
  valuesExpression?: string;
  [member: string]: unknown;
}

/** True for components that hold a value under `key`. */
export function isInput(component: FormComponent): boolean {
  return (INPUT_TYPES as readonly string[]).includes(component.type) && typeof component.key === 'string' && component.key !== '';
}

/** True for `group` and `dynamiclist`, and for unknown types that have children. */
export function isContainer(component: FormComponent): boolean {
  return component.type === 'group' || component.type === 'dynamiclist' || Array.isArray(component.components);
}

/**
 * Takes a form-js JSON object as a form. Throws an `Error` with one English sentence when it is none or newer than supported.
 */
export function readForm(json: JsonObject | unknown): FormSchema {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Error('expected a form as a JSON object, but got something else');
  const form = json as FormSchema;
  if (!Array.isArray(form.components)) throw new Error(`expected form '${String(form.id ?? '')}' to have a list 'components', but it has none`);
  const version = form.schemaVersion ?? 1;
  if (typeof version !== 'number' || version > SUPPORTED_SCHEMA_VERSION) {
    throw new Error(`expected a form of schemaVersion ${SUPPORTED_SCHEMA_VERSION} or lower, but '${String(form.id ?? '')}' has ${String(version)}`);
  }
  return form;
}
