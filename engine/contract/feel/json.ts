import type { JsonObject, JsonValue } from '../json.ts';
import { isWhole, parseNumber, toDouble, wholePart } from './decimal.ts';
import type { FeelNumber } from './decimal.ts';
import { FeelDaysDuration, FeelYearsDuration } from './duration.ts';
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
  if (json === null || typeof json === 'boolean' || typeof json === 'string') return json;
  if (typeof json === 'number') return Number.isSafeInteger(json) ? json + 0 : parseNumber(String(json));
  if (Array.isArray(json)) return json.map(feelFromJson);
  return new JsonContext(json);
}

/**
 * A FEEL value as Zeebe 8.5 writes it into a variable: a whole number as 64-bit integer (wraps silently), others as double,
 * temporal values as Java's text, a function or range as null. Integers beyond 2^53 lose their last digits in a JS number.
 */
export function feelToJson(value: FeelValue): JsonValue {
  if (value === null || typeof value !== 'object') return value;
  if (isNumber(value)) return isWhole(value) ? wrapped(value) : toDouble(value);
  if (Array.isArray(value)) return value.map(feelToJson);
  if (value instanceof FeelContext) {
    const object: JsonObject = {};
    for (const [key, each] of value.pairs()) {
      const json = feelToJson(each);
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

function wrapped(value: FeelNumber): number {
  // 10^64 is a multiple of 2^64: nothing of such a number is left in 64 bits
  if (typeof value !== 'number' && value.scale <= -64) return 0;
  return Number(BigInt.asIntN(64, wholePart(value)));
}
