import type { JsonObject, JsonValue } from '../contract/json.ts';
import type { Job } from './job-worker.ts';

/** The variable as text; null when it is missing, empty or of another type. */
export function textOf(job: Job, name: string): string | null {
  return textIn(job.variables[name]);
}

/** The variable as text; an error names what the diagram must supply. */
export function requiredText(job: Job, name: string): string {
  const value = textOf(job, name);
  if (value === null) throw new Error(`${job.type} at ${job.elementId} needs the variable "${name}" as text: map it in`);
  return value;
}

/** The variable as number; null when it is missing or of another type. */
export function numberOf(job: Job, name: string): number | null {
  return numberIn(job.variables[name]);
}

/** The variable as list of texts; a single text becomes a list of one, anything else an empty list. */
export function textsOf(job: Job, name: string): string[] {
  const value = job.variables[name];
  if (typeof value === 'string' && value !== '') return [value];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string' && one !== '') : [];
}

/** The variable as object; empty when it is missing or of another type. */
export function objectOf(job: Job, name: string): JsonObject {
  return objectIn(job.variables[name]);
}

/** The rows of the variable, a list of objects; whatever else is in it is left out. */
export function rowsOf(job: Job, name: string): JsonObject[] {
  const list = job.variables[name];
  return Array.isArray(list) ? list.filter(isRow) : [];
}

/** Whether a value is an object, as a row of a list must be. */
export const isRow = (value: JsonValue | undefined): value is JsonObject => value !== null && typeof value === 'object' && !Array.isArray(value);

/** A value as text; null when it is missing, empty or of another type. */
export const textIn = (value: JsonValue | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** A value as number; null when it is missing or of another type. */
export const numberIn = (value: JsonValue | undefined): number | null => (typeof value === 'number' ? value : null);

/** A value as object; empty when it is missing or of another type. */
export const objectIn = (value: JsonValue | undefined): JsonObject => (isRow(value) ? value : {});

/** A task header; an error names it when missing. */
export function requiredHeader(job: Job, name: string): string {
  const value = job.customHeaders[name];
  if (value === undefined || value === '') throw new Error(`${job.type} at ${job.elementId} needs the task header "${name}"`);
  return value;
}

/** Value at a dot path, e.g. `rectItem.due`; null when any part is missing. */
export function valueAt(variables: JsonObject, path: string): JsonValue {
  let value: JsonValue = variables;
  for (const name of path.split('.')) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
    value = value[name] ?? null;
  }
  return value;
}

/** Number of the case this job belongs to. */
export function caseNoOf(job: Job): string | null {
  return textOf(job, 'caseNo');
}
