import type { JsonObject, JsonValue } from './json.ts';

/** A text from so many characters on is looked at string by string. */
const LONG = 4096;
/** What comes behind so many strings is looked at as a whole. */
const MOST_STRINGS = 64;

/** A long string of a JSON text that needs no escapes, by its quotes: from, to. */
type Literal = readonly [open: number, close: number];

/** What stands outside of a long text's strings, quotes included, and its long strings that are written as they are. A text that is not JSON gives anything. */
function lookAt(text: string): { outside: string; plain: Literal[] } {
  const plain: Literal[] = [];
  let outside = '';
  let at = 0;
  let escape = text.indexOf('\\');
  for (let strings = 0; strings < MOST_STRINGS; strings += 1) {
    const open = text.indexOf('"', at);
    if (open < 0) break;
    let close = text.indexOf('"', open + 1);
    while (close > 0 && isEscaped(text, close)) close = text.indexOf('"', close + 1);
    if (close < 0) break;
    if (escape >= 0 && escape < open) escape = text.indexOf('\\', open);
    if (close - open > LONG && (escape < 0 || escape > close)) plain.push([open, close]);
    outside += `${text.slice(at, open)}""`;
    at = close + 1;
  }
  return { outside: outside + text.slice(at), plain };
}

function isEscaped(text: string, at: number): boolean {
  let from = at;
  while (text[from - 1] === '\\') from -= 1;
  return (at - from) % 2 === 1;
}

/** What of a JSON text may hold numbers: all of it, or, of a long one, what is outside of its strings. */
export const outsideStrings = (text: string): string => (text.length < LONG ? text : lookAt(text).outside);

/** Stands for a long string while the rest is parsed; a character that Unicode will never assign. */
const STAND_IN = '\ufdd1';
const escapedStandIn = /\\ufdd1/i;

const textsOf = new WeakMap<JsonObject, ReadonlyMap<string, { value: string; text: string }>>();

/**
 * Reads a long JSON object; `parse` reads what is left of it without the long texts among its members, which are taken as they stand. It is remembered how
 * they were written. Undefined for what cannot be read so.
 */
export function parseLongObject(text: string, parse: (text: string) => JsonValue): JsonObject | undefined {
  if (text.length < LONG || text.includes(STAND_IN)) return undefined;
  const { plain } = lookAt(text);
  if (plain.length === 0) return undefined;
  let rest = '';
  let at = 0;
  for (const [number, [open, close]] of plain.entries()) {
    rest += `${text.slice(at, open + 1)}${STAND_IN}${number}`;
    at = close;
  }
  rest += text.slice(at);
  if (escapedStandIn.test(rest)) return undefined;
  let object: JsonValue;
  try {
    object = parse(rest);
  } catch {
    return undefined; // whoever reads the whole text says where it is wrong
  }
  if (object === null || typeof object !== 'object' || Array.isArray(object)) return undefined;
  const texts = new Map<string, { value: string; text: string }>();
  for (const [name, member] of Object.entries(object)) {
    if (typeof member !== 'string' || !member.startsWith(STAND_IN)) continue;
    const [open, close] = plain[Number(member.slice(STAND_IN.length))]!;
    const value = text.slice(open + 1, close);
    object[name] = value;
    texts.set(name, { value, text: text.slice(open, close + 1) });
  }
  // The others are names, or deeper inside.
  if (texts.size < plain.length) return undefined;
  textsOf.set(object, texts);
  return object;
}

/** How the member was written, if that is remembered. */
export function rememberedText(object: JsonObject, name: string): string | undefined {
  const known = textsOf.get(object)?.get(name);
  return known !== undefined && known.value === object[name] ? known.text : undefined;
}
