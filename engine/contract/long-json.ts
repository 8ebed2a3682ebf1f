import type { JsonObject } from './json.ts';

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

const textsOf = new WeakMap<JsonObject, ReadonlyMap<string, { value: string; text: string }>>();

/** Remembers of an object that was read from a JSON text how its long texts are written there: they need not be written anew. */
export function rememberTexts(object: JsonObject, text: string): void {
  if (text.length < LONG) return;
  const { plain } = lookAt(text);
  if (plain.length === 0) return;
  const texts = new Map<string, { value: string; text: string }>();
  for (const [name, value] of Object.entries(object)) {
    if (typeof value !== 'string' || value.length < LONG) continue;
    const literal = plain.find(([open, close]) => close - open - 1 === value.length && text.startsWith(value, open + 1));
    if (literal !== undefined) texts.set(name, { value, text: text.slice(literal[0], literal[1] + 1) });
  }
  if (texts.size > 0) textsOf.set(object, texts);
}

/** How the member was written, if that is remembered. */
export function rememberedText(object: JsonObject, name: string): string | undefined {
  const known = textsOf.get(object)?.get(name);
  return known !== undefined && known.value === object[name] ? known.text : undefined;
}
