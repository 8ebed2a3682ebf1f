import { wordyFunctions } from './builtins/index.ts';
import { tokenize } from './lexer.ts';
import type { Token } from './lexer.ts';
import { FeelSyntaxError } from './syntax.ts';

/** Words that cannot be the name of a variable. */
export const reserved: ReadonlySet<string> = new Set(['null', 'true', 'false', 'function', 'then', 'else', 'in', 'return', 'satisfies', 'and', 'or']);

/** Words that may follow a value: they are no further word of a function's name. */
const infix: ReadonlySet<string> = new Set(['then', 'else', 'in', 'return', 'satisfies', 'and', 'or', 'between', 'instance']);

/** The parser's place in the tokens, and what it can ask of them. */
export class Cursor {
  private readonly text: string;
  private tokens: Token[];
  private at = 0;
  /** How often `?` has been read. */
  protected inputsSeen = 0;

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

  /** Whether exactly this word is here. */
  isWord(word: string): boolean {
    const token = this.peek();
    return token.kind === 'name' && token.text === word;
  }

  /** Whether this keyword is here: Zeebe 8.5 wants no blank behind one (`a andb`, `iftrue then 1 else 2`). */
  word(word: string): boolean {
    const token = this.peek();
    return token.kind === 'name' && token.text.startsWith(word);
  }

  /** Takes a keyword; what is glued to it is left. */
  takeWord(word: string): boolean {
    if (!this.word(word)) return false;
    const { text, start } = this.peek();
    const end = start + word.length;
    if (text !== word) this.tokens = [...this.tokens.slice(0, this.at), { kind: 'name', text: word, start, end }, ...tokenize(this.text, end)];
    this.next();
    return true;
  }

  /** Tries one way to read what is here, then another; when neither goes, the first one's error stands. */
  either<T>(first: () => T, second: () => T): T {
    const { tokens, at, inputsSeen } = this;
    try {
      return first();
    } catch (error) {
      if (!(error instanceof FeelSyntaxError)) throw error;
      this.tokens = tokens;
      this.at = at;
      this.inputsSeen = inputsSeen;
      try {
        return second();
      } catch {
        throw error; // the reason of the likelier reading
      }
    }
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
    if (!this.takeWord(word)) this.unexpected(`'${word}'`);
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

  /** Key of a context entry or name of an argument: a string, a name in backticks, or everything up to the colon. */
  key(): string {
    const first = this.next();
    if ((first.kind === 'string' || first.kind === 'quoted name') && this.is(':')) return first.text;
    for (let end = first; ; end = this.next()) {
      if (end.kind === 'end' || (end.kind === 'operator' && /^[{},()[\]:]$/.test(end.text)) || end.kind === 'string') this.fail(end.start, "expected a key and ':'");
      if (this.is(':')) return this.text.slice(first.start, end.end);
    }
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
    return kind === 'end' || (kind === 'operator' && /^[,)\]}]$/.test(text)) || (kind === 'name' && infix.has(text));
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
      if (this.peek(words.length).text === '(' && this.areWords(words) && this.nameOf(words.length) === words.join(' ')) {
        this.at += words.length;
        return words.join(' ');
      }
    }
    // names of later versions (`is blank`) parse too, as does a doubled blank; calling them gives null
    let count = 0;
    while (this.continuesName(count)) count += 1;
    const bracket = this.peek(count);
    if (count === 0 || bracket.kind !== 'operator' || bracket.text !== '(') return undefined;
    const name = this.nameOf(count);
    this.at += count;
    return name;
  }

  private continuesName(ahead: number): boolean {
    const { kind, text, start } = this.peek(ahead);
    if (kind !== 'name' || reserved.has(text)) return false;
    return ahead === 0 || (!infix.has(text) && /^ +$/.test(this.text.slice(this.peek(ahead - 1).end, start)));
  }

  /** The next words as they are written. */
  private nameOf(count: number): string {
    return this.text.slice(this.peek().start, this.peek(count - 1).end);
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
