import { exactJson } from '../contract/exact-json.ts';
import type { EngineRecord } from './records.ts';

const lines = new WeakMap<EngineRecord, { text: string; exact: boolean }>();

/** The record as one line of JSON, written once however many want it. `exact`: it holds numbers that reading it back would change. */
export function recordLine(record: EngineRecord): { text: string; exact: boolean } {
  let line = lines.get(record);
  if (line === undefined) lines.set(record, (line = exactJson(record)));
  return line;
}
