import { exactDouble, exactInteger, exactNumberText } from '../exact-json.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { fromDouble, isWhole, parseNumber, toDouble, wholePart } from './decimal.ts';
import type { FeelNumber } from './decimal.ts';
import { FeelDaysDuration, FeelYearsDuration } from './duration.ts';
import { FeelFailure } from './evaluation.ts';
import { FeelDate, FeelDateTime, FeelTime } from './temporal.ts';
import { FeelContext, FeelFunction, FeelRange, isNumber } from './value.ts';
import type { FeelScope, FeelValue } from './value.ts';

/** A JSON object as context; an entry is converted when it is first asked for. */
class JsonContext extends FeelContext {
  private readonly source: JsonObject;
  private readonly converted: Map<string, FeelValue>;

  constructor(source: JsonObject) {
    const converted = new Map<string, FeelValue>();
    super(converted);
    this.converted = converted;
    this.source = source;
  }

  override get(key: string): FeelValue | undefined {
    const known = this.converted.get(key);
    if (known !== undefined) return known;
    if (!Object.hasOwn(this.source, key)) return undefined;
    const value = feelFromJson(this.source[key]!);
    this.converted.set(key, value);
    return value;
  }

  override keys(): string[] {
    return Object.keys(this.source);
  }
}

/** JSON variables as scope; a variable is converted when an expression first reads it. */
export function jsonScope(object: JsonObject): FeelScope {
  return new JsonContext(object);
}

/** A JSON value as FEEL value. Dates stay text; a number becomes the decimal it prints as. */
export function feelFromJson(json: JsonValue): FeelValue {
  if (json === null || typeof json === 'boolean') return json;
  if (typeof json === 'string') {
    const exact = exactNumberText(json);
    return exact === undefined ? json : exactNumber(exact);
  }
  if (typeof json === 'number') return Number.isSafeInteger(json) ? json + 0 : fromDouble(json);
  if (Array.isArray(json)) return json.map(feelFromJson);
  return new JsonContext(json);
}

/**
 * A FEEL value as Zeebe 8.5 writes it into a variable: a whole number as 64-bit integer (wraps silently), others as double,
 * temporal values as Java's text, a function or range as null. What a JS number cannot hold becomes an exact number (`exact-json.ts`).
 */
export function feelToExactJson(value: FeelValue): JsonValue {
  return written(value, exactInteger, exactDouble);
}

/** The same with plain numbers, to be shown or calculated with: integers beyond 2^53 lose their last digits. */
export function feelToJson(value: FeelValue): JsonValue {
  return written(value, Number, (double) => double);
}

function written(value: FeelValue, integer: (value: bigint) => JsonValue, double: (value: number) => JsonValue): JsonValue {
  if (value === null || typeof value !== 'object') return value;
  if (isNumber(value)) return isWhole(value) ? integer(wrapped(value)) : double(toDouble(value));
  if (Array.isArray(value)) return value.map((item) => written(item, integer, double));
  if (value instanceof FeelContext) {
    const object: JsonObject = {};
    for (const [key, each] of value.pairs()) {
      const json = written(each, integer, double);
      // an entry called __proto__ must stay an entry
      if (key === '__proto__') Object.defineProperty(object, key, { value: json, enumerable: true, configurable: true, writable: true });
      else object[key] = json;
    }
    return object;
  }
  if (value instanceof FeelDate) return value.toString();
  if (value instanceof FeelTime || value instanceof FeelDateTime) return value.toJava();
  if (value instanceof FeelDaysDuration || value instanceof FeelYearsDuration) return value.toJava();
  if (value instanceof FeelRange || value instanceof FeelFunction) return null;
  return value satisfies never;
}

function exactNumber(text: string): FeelValue {
  if (text === '1E999' || text === '-1E999') throw new FeelFailure('Character I is neither a decimal digit number, decimal point, nor "e" notation exponential mark.', 'java.lang.NumberFormatException');
  const value = parseNumber(text);
  if (value !== null && /^-?\d+$/.test(text) && BigInt.asIntN(64, wholePart(value)) !== wholePart(value)) {
    throw new FeelFailure('io.camunda.zeebe.msgpack.spec.MsgpackException: Negative value should not be accepted by size value and unsigned 64bit integer', 'io.camunda.zeebe.msgpack.spec.MsgpackReaderException');
  }
  return value;
}

function wrapped(value: FeelNumber): bigint {
  // 10^64 is a multiple of 2^64: nothing of such a number is left in 64 bits
  if (typeof value !== 'number' && value.scale <= -64) return 0n;
  return BigInt.asIntN(64, wholePart(value));
}
