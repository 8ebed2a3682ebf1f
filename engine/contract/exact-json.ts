import type { JsonObject, JsonValue } from './json.ts';
import { outsideStrings, parseLongObject, rememberedText } from './long-json.ts';

// JavaScript's numbers can hold neither integers beyond 2^53 nor the difference between 1 and 1.0, both of which Zeebe keeps. Such a number
// travels as a text that begins with a character Unicode will never assign, and is a number again wherever JSON text is written.
const MARK = '\ufdd0';
const number = /^-?\d+(?:\.\d+)?(?:E-?\d+)?$/;
const suspicious = /\d{16}|\d\.0|\d[eE][-+]?\d/;
const textOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;
const marked = new RegExp(`"${MARK}(-?\\d+(?:\\.\\d+)?(?:E-?\\d+)?)"`, 'g');

/** Reads JSON; numbers that JavaScript would change are kept exactly. @throws SyntaxError for anything but JSON */
export function parseExactJson(text: string): JsonValue {
  if (!suspicious.test(outsideStrings(text))) return JSON.parse(text) as JsonValue;
  return JSON.parse(text.replace(textOrNumber, (token) => (token.startsWith('"') ? token : kept(token)))) as JsonValue;
}

/** The same; of an object it is remembered how its long texts are written. @throws SyntaxError */
export const parseVariables = (text: string): JsonValue => parseLongObject(text, parseExactJson) ?? parseExactJson(text);

/** JSON text of a member, exact numbers as they were read. */
export const memberText = (object: JsonObject, name: string): string => rememberedText(object, name) ?? exactJsonText(object[name]);

/** JSON text of a value, exact numbers as they were read. */
export function exactJsonText(value: unknown): string {
  const text = JSON.stringify(value);
  return text !== undefined && text.includes(MARK) ? text.replace(marked, '$1') : text;
}

/** The digits of an exact number; undefined for every other value. */
export function exactNumberText(value: JsonValue): string | undefined {
  return typeof value === 'string' && value.startsWith(MARK) && number.test(value.slice(1)) ? value.slice(1) : undefined;
}

/** An integer as JSON value. */
export function exactInteger(value: bigint): JsonValue {
  const plain = Number(value);
  return Number.isSafeInteger(plain) ? plain : `${MARK}${value}`;
}

/** A double as JSON value: it stays one also when it is whole. */
export function exactDouble(value: number): JsonValue {
  return Number.isInteger(value) ? MARK + javaDouble(value) : value;
}

/** A finite double as Java writes it: `1.0`, `1.0E-7`, `1.234567895E8`. */
export function javaDouble(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  if (size >= 1e-3 && size < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value);
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${exponent.replace('+', '')}`;
}

function kept(token: string): string {
  if (!/[.eE]/.test(token)) return Number.isSafeInteger(Number(token)) ? token : `"${MARK}${token}"`;
  const value = Number(token);
  if (!Number.isInteger(value)) return Number.isFinite(value) ? token : `"${MARK}${token.startsWith('-') ? '-' : ''}1E999"`;
  return `"${MARK}${javaDouble(value)}"`;
}
