import { wordyFunctions } from './builtins/index.ts';
import type { Token } from './lexer.ts';
import { FeelSyntaxError } from './syntax.ts';

/** Words that cannot be the name of a variable. */
export const reserved: ReadonlySet<string> = new Set([
  'null', 'true', 'false', 'function', 'if', 'then', 'else', 'for', 'in', 'return', 'satisfies',
  'and', 'or', 'between', 'instance',
]);

const startsValue: ReadonlySet<string> = new Set(['null', 'true', 'false', 'function', 'if', 'for']);

/** The parser's place in the tokens, and what it can ask of them. */
export class Cursor {
  private readonly text: string;
  private readonly tokens: Token[];
  private at = 0;

  constructor(text: string, tokens: Token[]) {
    this.text = text;
    this.tokens = tokens;
  }

  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)]!;
  }

  next(): Token {
    const token = this.peek();
    if (this.at < this.tokens.length - 1) this.at += 1;
    return token;
  }

  /** Where the token before this place ended. */
  get lastEnd(): number {
    return this.tokens[this.at - 1]?.end ?? 0;
  }

  is(operator: string): boolean {
    const token = this.peek();
    return token.kind === 'operator' && token.text === operator;
  }

  word(word: string): boolean {
    const token = this.peek();
    return token.kind === 'name' && token.text === word;
  }

  take(operator: string): boolean {
    if (!this.is(operator)) return false;
    this.next();
    return true;
  }

  takeWords(words: readonly string[]): boolean {
    if (!this.areWords(words)) return false;
    this.at += words.length;
    return true;
  }

  expect(operator: string): void {
    if (!this.take(operator)) this.unexpected(`'${operator}'`);
  }

  expectWord(word: string): void {
    if (!this.word(word)) this.unexpected(`'${word}'`);
    this.next();
  }

  expectEnd(): void {
    if (this.peek().kind !== 'end') this.unexpected('the end');
  }

  /** A name, not a reserved word. */
  name(): string {
    const token = this.peek();
    if (token.kind === 'quoted name' || (token.kind === 'name' && !reserved.has(token.text))) return this.next().text;
    return this.unexpected('a name');
  }

  /** Any word, as it may follow a dot. */
  anyWord(): string {
    const token = this.peek();
    return token.kind === 'name' || token.kind === 'quoted name' ? this.next().text : this.unexpected('a name');
  }

  /** Key of a context entry or name of an argument: a string, a name in backticks, or everything up to the colon. */
  key(): string {
    const first = this.next();
    if ((first.kind === 'string' || first.kind === 'quoted name') && this.is(':')) return first.text;
    let end = first;
    if (first.kind !== 'name') this.fail(first.start, 'expected the key of an entry');
    while (!this.is(':')) {
      end = this.next();
      if (end.kind === 'end' || /^[{},()[\]"]$/.test(end.text)) this.fail(end.start, "expected ':' after the key");
    }
    return this.text.slice(first.start, end.end);
  }

  /** Whether `name:` or `several words:` follows. */
  atNamedArgument(): boolean {
    let ahead = 0;
    while (this.peek(ahead).kind === 'name' || this.peek(ahead).kind === 'quoted name') ahead += 1;
    return ahead > 0 && this.peek(ahead).text === ':' && this.peek(ahead).kind === 'operator';
  }

  /** Whether the `[` here is the open end of a range (`]1..5[`), as nothing that could be a filter follows. */
  closesRange(): boolean {
    const { kind, text } = this.peek(1);
    return kind === 'end' || (kind === 'operator' && /^[,)\]}]$/.test(text)) || (kind === 'name' && reserved.has(text) && !startsValue.has(text));
  }

  /** Whether the bracket `ahead` tokens away closes with the last token. */
  closesAtEnd(ahead: number): boolean {
    let depth = 0;
    for (let index = this.at + ahead; index < this.tokens.length; index += 1) {
      const token = this.tokens[index]!;
      if (token.kind !== 'operator') continue;
      if (token.text === '(') depth += 1;
      if (token.text === ')') depth -= 1;
      if (depth === 0) return this.tokens[index + 1]?.kind === 'end';
    }
    return false;
  }

  /** Takes the words of a function's name when they and an opening bracket follow. */
  functionName(): string | undefined {
    for (const words of wordyFunctions.get(this.peek().text) ?? []) {
      if (this.peek(words.length).text === '(' && this.takeWords(words)) return words.join(' ');
    }
    // names of later versions (`is blank`) parse too; calling them gives null
    let count = 0;
    while (this.peek(count).kind === 'name' && !reserved.has(this.peek(count).text)) count += 1;
    const bracket = this.peek(count);
    if (count === 0 || bracket.kind !== 'operator' || bracket.text !== '(') return undefined;
    const name = this.tokens.slice(this.at, this.at + count).map((token) => token.text).join(' ');
    this.at += count;
    return name;
  }

  unexpected(wanted?: string): never {
    const token = this.peek();
    const found = token.kind === 'end' ? 'the end' : `'${this.text.slice(token.start, token.end)}'`;
    return this.fail(token.start, wanted === undefined ? `unexpected ${found}` : `expected ${wanted} but found ${found}`);
  }

  fail(position: number, why: string): never {
    throw new FeelSyntaxError(this.text, position, why);
  }

  private areWords(words: readonly string[]): boolean {
    return words.every((word, ahead) => this.peek(ahead).kind === 'name' && this.peek(ahead).text === word);
  }
}
