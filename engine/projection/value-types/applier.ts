import type { JsonValue } from '../../contract/json.ts';
import type { LoggedRecord, ValueType } from '../../protocol/records.ts';
import type { Batch } from '../batch.ts';

/** Folds records of its value types into a batch. */
export interface Applier {
  readonly valueTypes: readonly ValueType[];
  apply(batch: Batch, record: LoggedRecord): void;
}

/** A member as text; empty when missing. */
export function text(value: JsonValue | undefined): string {
  return value === undefined || value === null ? '' : typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A member as key, null for Zeebe's "no key" `-1`. */
export function keyOrNull(value: JsonValue | undefined): string | null {
  const key = text(value);
  return key === '' || key === '-1' ? null : key;
}

/** A deployed resource, which records carry in base64. */
export function resourceText(value: JsonValue | undefined): string {
  return Buffer.from(text(value), 'base64').toString('utf8');
}
