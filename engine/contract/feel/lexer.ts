import { FeelSyntaxError } from './syntax.ts';

export type TokenKind = 'name' | 'quoted name' | 'number' | 'string' | 'temporal' | 'operator' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** The name, the number as written, the string's value, or the operator. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const blank = /(?:[\s\u00a0\ufeff]+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const name = /[\p{L}\p{Nl}_$\p{Extended_Pictographic}][\p{L}\p{Nl}\p{M}\p{Nd}_$\p{Extended_Pictographic}\u200d]*/uy;
const number = /\d+(?:\.\d+)?|\.\d+/y;
const string = /"(?:[^"\\]|\\[\s\S])*"/y;
const temporal = /@\s*"(?:[^"\\]|\\[\s\S])*"/y;
const quoted = /`[^`]+`/y;
const operator = /\*\*|\.\.|<=|>=|!=|[-<>=+*/()[\]{},:.?]/y;
const escapes: Record<string, string> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', '"': '"', "'": "'" };

/** Cuts an expression into tokens from an offset on, comments left out. @throws FeelSyntaxError at a string or name that is not closed */
export function tokenize(text: string, from = 0): Token[] {
  const tokens: Token[] = [];
  let at = from;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  for (;;) {
    at += match(blank)?.length ?? 0;
    if (at >= text.length) break;
    const token = read(text, at, match, tokens[tokens.length - 1]);
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length });
  return tokens;
}

function read(text: string, at: number, match: (pattern: RegExp) => string | undefined, previous: Token | undefined): Token {
  let found = match(name);
  if (found !== undefined) return { kind: 'name', text: found, start: at, end: at + found.length };
  // after a value a dot begins a path, not a number
  const afterValue = previous !== undefined && previous.end === at && (previous.kind !== 'operator' || /^[)\]}?]$/.test(previous.text));
  if (!(text[at] === '.' && afterValue) && (found = match(number)) !== undefined) {
    return { kind: 'number', text: found, start: at, end: at + found.length };
  }
  if ((found = match(string)) !== undefined) return { kind: 'string', text: unescape(found), start: at, end: at + found.length };
  if ((found = match(quoted)) !== undefined) return { kind: 'quoted name', text: found.slice(1, -1), start: at, end: at + found.length };
  const literal = match(temporal);
  if (literal !== undefined) return { kind: 'temporal', text: unescape(literal.slice(literal.indexOf('"'))), start: at, end: at + literal.length };
  if ((found = match(operator)) !== undefined) return { kind: 'operator', text: found, start: at, end: at + found.length };
  if (text[at] === '"') throw new FeelSyntaxError(text, at, 'the string is not closed');
  if (text[at] === '`') throw new FeelSyntaxError(text, at, 'the name in backticks is not closed');
  // Any other character may stand in the key of a context entry; elsewhere the parser refuses it.
  const other = String.fromCodePoint(text.codePointAt(at)!);
  return { kind: 'operator', text: other, start: at, end: at + other.length };
}

// Zeebe 8.5 knows no other escapes: \s, \d and \u4e2d stay as written, and so does a doubled backslash
function unescape(literal: string): string {
  return literal.slice(1, -1).replace(/\\([btnfr"'])/g, (_, letter: string) => escapes[letter]!);
}
