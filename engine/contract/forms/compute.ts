import type { JsonObject } from '../json.ts';
import { evaluateFeel } from './expressions.ts';
import { fieldInstances } from './instances.ts';
import { sameValue } from './options.ts';
import { getPath, setPath } from './paths.ts';
import type { FormComponent, FormSchema } from './schema.ts';
import type { FormScope } from './scope.ts';

/** Expressions may feed each other; more rounds than this are a loop and stop there. */
const MAX_ROUNDS = 10;

/**
 * Writes the results of the form's `expression` fields. `change`: those computed while typing; `presubmit`: all of them.
 * Returns the same object when nothing changed.
 */
export function computeExpressions(schema: FormSchema, values: JsonObject, scope: FormScope, when: 'change' | 'presubmit'): JsonObject {
  if (!hasExpressions(schema.components)) return values;
  let current = values;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = computeOnce(schema, current, scope, when);
    if (next === current) return current;
    current = next;
  }
  return current;
}

function computeOnce(schema: FormSchema, values: JsonObject, scope: FormScope, when: 'change' | 'presubmit'): JsonObject {
  let next = values;
  for (const { component, path, at } of fieldInstances(schema, values, scope)) {
    if (component.type !== 'expression' || typeof component.expression !== 'string' || path.length === 0) continue;
    if (when === 'change' && component.computeOn === 'presubmit') continue;
    const result = evaluateFeel(component.expression, { values, scope, at });
    if (sameValue(getPath(next, path), result)) continue;
    if (next === values) next = structuredClone(values);
    setPath(next, path, result);
  }
  return next;
}

function hasExpressions(components: FormComponent[]): boolean {
  return components.some((component) => component.type === 'expression' || hasExpressions(component.components ?? []));
}
