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
  /** Of those that have been read, by themselves: several records may have the same. */
  private readonly places = new Map<string, ValuePlace>();

  /** Those of a batch's lines, from the line `first` (from 0) on; `batch` is the position of its last record. */
  constructor(lines: readonly string[], first: number, batch: string) {
    this.lines = lines;
    this.first = first;
    this.batch = batch;
  }

  /** The one that is named by its number, from 0. */
  text(number: number): string {
    const line = this.first + number;
    const text = this.lines[line]!.slice(LONG_VALUE.length);
    if (text.length > WORTH_ITS_PLACE) this.places.set(text, { batch: this.batch, line: line + 1 });
    return text;
  }

  /** The record, with the place of its value where that is worth it. */
  placed(record: EngineRecord): LoggedRecord {
    const valuePlace = this.places.size === 0 ? undefined : this.places.get(record.value['value'] as string);
    return valuePlace === undefined ? record : { ...record, valuePlace };
  }
}
