import type { JsonObject } from '../../../contract/json.ts';
import type { EngineRecord, LoggedRecord, ValuePlace } from '../../../protocol/records.ts';

/** What long values begin with, so that none looks like a record. */
export const LONG_VALUE = '=';

/**
 * A value is worth its place from so many characters on: who asks for it has its batch looked through for it, which is more work than a shorter one
 * makes when it is stored once more.
 */
const WORTH_ITS_PLACE = 8000;

/** The long values of variables that stand behind a batch's records, a line each. */
export class LongValues {
  private readonly lines: readonly string[];
  private readonly first: number;
  private readonly batch: string;
  /** By the records' values: several records may have the same. */
  private readonly places = new Map<JsonObject, ValuePlace>();

  /** Those of a batch's lines, from the line `first` (from 0) on; `batch` is the position of its last record. */
  constructor(lines: readonly string[], first: number, batch: string) {
    this.lines = lines;
    this.first = first;
    this.batch = batch;
  }

  /** Gives a VARIABLE that says the number of its value the value itself. */
  restore(value: JsonObject): void {
    const number = value['value'];
    if (typeof number !== 'number') return;
    const line = this.first + number;
    const text = this.lines[line]!.slice(LONG_VALUE.length);
    value['value'] = text;
    if (text.length > WORTH_ITS_PLACE) this.places.set(value, { batch: this.batch, line: line + 1 });
  }

  /** The record, with the place of its value where that is worth it. */
  placed(record: EngineRecord): LoggedRecord {
    const valuePlace = this.places.size === 0 ? undefined : this.places.get(record.value);
    return valuePlace === undefined ? record : { ...record, valuePlace };
  }
}
