import type { FieldProblem } from '../api.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { computeExpressions } from './compute.ts';
import { evaluateFeel } from './expressions.ts';
import { fieldInstances, type FieldInstance } from './instances.ts';
import { initialValue } from './initial-values.ts';
import { getPath, isObject, setPath, splitPath, type Path } from './paths.ts';
import { sanitize } from './sanitize.ts';
import { isInput, type FormComponent, type FormSchema } from './schema.ts';
import type { FormScope } from './scope.ts';
import { validateField } from './validate-field.ts';

/** What a submitted form gives: the data to send on and the broken rules by field id (`id[0]` in repeat rows). */
export interface FormResult {
  data: JsonObject;
  errors: Record<string, FieldProblem[]>;
}

/**
 * Submits a form as form-js does: compute expressions, drop disabled and hidden fields, validate the rest. Only fields of the form
 * come out, so nothing can be smuggled in; a static read-only field keeps its loaded value whatever was sent.
 * The same on server and browser; `errors` is empty when the data may be used.
 */
export function validateForm(schema: FormSchema, values: JsonObject, scope: FormScope): FormResult {
  const complete = computeExpressions(schema, takeValues(schema, values, scope), scope, 'presubmit');
  const result: FormResult = { data: {}, errors: {} };
  for (const instance of fieldInstances(schema, complete, scope)) {
    if (instance.hidden || instance.component.disabled === true) continue;
    const problems = submitInstance(instance, complete, scope, result.data);
    if (problems.length > 0) result.errors[instance.id] = problems;
  }
  return result;
}

function submitInstance({ component, path, at }: FieldInstance, values: JsonObject, scope: FormScope, data: JsonObject): FieldProblem[] {
  if (path.length === 0) return [];
  if (component.type === 'dynamiclist') {
    const rows = getPath(values, path);
    const count = Array.isArray(rows) ? rows.length : 0;
    setPath(data, path, Array.from({ length: count }, () => ({})));
    return validateRows(component, count, { values, scope, at });
  }
  if (!isInput(component)) return [];
  const value = getPath(values, path) ?? null;
  setPath(data, path, value);
  return validateField(component, value, { values, scope, at });
}

function validateRows(list: FormComponent, count: number, place: Parameters<typeof validateField>[2]): FieldProblem[] {
  const least = minRows(list);
  if (count < least) return [{ rule: 'rows', params: { min: least, count } }];
  const rule = list.properties?.rule;
  if (!rule || evaluateFeel(rule, place) !== false) return [];
  const message = list.properties?.ruleMessage;
  return [{ rule: 'custom', ...(message ? { message } : {}) }];
}

/** Rows a dynamic list must have; 0 unless `properties.minRows` or `validate.required` says otherwise. */
export function minRows(list: FormComponent): number {
  const stated = Number(list.properties?.minRows ?? Number.NaN);
  if (Number.isInteger(stated) && stated > 0) return stated;
  return list.validate?.required === true ? 1 : 0;
}

/** The form's own fields out of whatever was sent, each in the shape of its type. */
function takeValues(schema: FormSchema, sent: JsonObject, scope: FormScope): JsonObject {
  const taken: JsonObject = {};
  takeInto(schema.components, [], sent, taken, scope, false);
  return taken;
}

function takeInto(components: FormComponent[], base: Path, sent: JsonValue, taken: JsonObject, scope: FormScope, repeated: boolean): void {
  for (const component of components) {
    const path = [...base, ...splitPath(component.key ?? component.path)];
    if (component.type === 'dynamiclist') takeRows(component, path, sent, taken, scope);
    else if (component.components) takeInto(component.components, path, sent, taken, scope, repeated);
    else if (isInput(component)) {
      const locked = component.readonly === true && !repeated;
      setPath(taken, path, locked ? initialValue(component, getPath(scope.variables, path), scope.variables) : sanitize(component, getPath(sent, path)));
    }
  }
}

function takeRows(list: FormComponent, path: Path, sent: JsonValue, taken: JsonObject, scope: FormScope): void {
  const rows = getPath(sent, path);
  setPath(taken, path, (Array.isArray(rows) ? rows : []).map((row) => {
    const own: JsonObject = {};
    takeInto(list.components ?? [], [], isObject(row) ? row : {}, own, scope, true);
    return own;
  }));
}
