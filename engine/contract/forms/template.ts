import type { JsonObject, JsonValue } from '../json.ts';
import { evaluateFeel, type Place } from './expressions.ts';
import { isObject } from './paths.ts';

type Part = { kind: 'text'; text: string } | { kind: 'value'; feel: string } | { kind: 'if' | 'loop'; feel: string; parts: Part[] };

const TAG = /\{\{([\s\S]*?)\}\}/g;

/** Options of a rendered text. */
export interface RenderOptions {
  /** Applied to every inserted value, e.g. to escape HTML; the author's own text is left alone. */
  escape?: (text: string) => string;
  /** Words for the value of a plain `{{name}}`, e.g. the label of a code; undefined for the value as it is. */
  words?: (name: string, value: JsonValue) => string | undefined;
}

/** The words of a property that may be plain text, FEEL (`=…`) or a template (`{{…}}`, `{{#if c}}…{{/if}}`, `{{#loop list}}…{{/loop}}`). */
export function renderText(text: string, place: Place, options: RenderOptions = {}): string {
  const escape = options.escape ?? ((plain: string) => plain);
  if (text.startsWith('=')) return escape(asText(evaluateFeel(text, place)));
  if (!text.includes('{{')) return text;
  return renderParts(parse(text), place, { ...options, escape });
}

function renderParts(parts: Part[], place: Place, options: RenderOptions & { escape: (text: string) => string }): string {
  return parts.map((part) => {
    if (part.kind === 'text') return part.text;
    const value = evaluateFeel(part.feel, place);
    if (part.kind === 'value') return options.escape((/^\w+$/.test(part.feel) ? options.words?.(part.feel, value) : undefined) ?? asText(value));
    if (part.kind === 'if') return value === true ? renderParts(part.parts, place, options) : '';
    return (Array.isArray(value) ? value : []).map((item) => renderParts(part.parts, inLoop(item, place), options)).join('');
  }).join('');
}

/** Inside a loop `this` is the item, `parent` what was around, and the names of an object item are in scope. */
function inLoop(item: JsonValue, place: Place): Place {
  const own: JsonObject = isObject(item) ? item : {};
  const outer: JsonValue = place.values._this_ ?? place.at.row;
  return { ...place, values: { ...place.values, ...own, this: item, parent: outer, _this_: item } };
}

function parse(text: string): Part[] {
  const root: Part[] = [];
  const open: Part[][] = [root];
  let last = 0;
  const into = () => open[open.length - 1] as Part[];
  for (const match of text.matchAll(TAG)) {
    if (match.index > last) into().push({ kind: 'text', text: text.slice(last, match.index) });
    last = match.index + match[0].length;
    const body = (match[1] ?? '').trim();
    const block = /^#(if|loop)\s+([\s\S]+)$/.exec(body);
    if (block) {
      const part: Part = { kind: block[1] as 'if' | 'loop', feel: block[2] ?? '', parts: [] };
      into().push(part);
      open.push(part.parts);
    } else if (/^\/(if|loop)$/.test(body)) {
      if (open.length > 1) open.pop();
    } else into().push({ kind: 'value', feel: body });
  }
  if (last < text.length) into().push({ kind: 'text', text: text.slice(last) });
  return root;
}

function asText(value: JsonValue): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
