import { parseNumber } from './decimal.ts';
import { tokenize } from './lexer.ts';
import type { Token } from './lexer.ts';
import { literalTemporal } from './literal.ts';
import { Cursor, reserved } from './cursor.ts';
import type { ArithmeticOperator, CompareOperator, IntervalNode, Iterator, Node, Test, Tests } from './syntax.ts';

const comparisons = new Set(['=', '!=', '<', '<=', '>', '>=']);
const typesOfWords = ['years and months duration', 'days and time duration', 'date and time'];

/** Parses an expression. @throws FeelSyntaxError */
export function parseExpression(text: string): Node {
  const parser = new Parser(text, tokenize(text));
  const node = parser.expression();
  parser.expectEnd();
  return node;
}

/** Parses unary tests, as a decision table's input cell holds them. @throws FeelSyntaxError */
export function parseUnaryTests(text: string): Tests {
  const parser = new Parser(text, tokenize(text));
  const tests = parser.unaryTests();
  parser.expectEnd();
  return tests;
}

class Parser extends Cursor {
  private inputsSeen = 0;

  unaryTests(): Tests {
    if (this.is('-') && this.peek(1).kind === 'end') {
      this.next();
      return { any: true, negated: false, tests: [] };
    }
    if (this.word('not') && this.peek(1).text === '(' && this.closesAtEnd(1)) {
      this.next();
      this.next();
      const tests = this.tests();
      this.expect(')');
      return { any: false, negated: true, tests };
    }
    return { any: false, negated: false, tests: this.tests() };
  }

  expression(): Node {
    if (this.word('if')) return this.ifExpression();
    if (this.word('for')) return this.forExpression();
    if ((this.word('some') || this.word('every')) && this.peek(1).kind === 'name') return this.quantified();
    if (this.word('function') && this.peek(1).text === '(') return this.lambda();
    return this.disjunction();
  }

  private tests(): Test[] {
    const tests = [this.test(() => this.expression())];
    while (this.take(',')) tests.push(this.test(() => this.expression()));
    return tests;
  }

  private test(operand: () => Node): Test {
    const { start } = this.peek();
    const seen = this.inputsSeen;
    const compared = this.peek();
    if (compared.kind === 'operator' && /^[<>]=?$/.test(compared.text)) {
      this.next();
      const value = this.additive();
      return { operator: compared.text as '<', value, mentionsInput: this.inputsSeen > seen, start, end: value.end };
    }
    const value = operand();
    return { value, mentionsInput: this.inputsSeen > seen, start, end: value.end };
  }

  private ifExpression(): Node {
    const { start } = this.next();
    const condition = this.expression();
    this.expectWord('then');
    const accepted = this.expression();
    this.expectWord('else');
    const otherwise = this.expression();
    return { kind: 'if', condition, accepted, otherwise, start, end: otherwise.end };
  }

  private forExpression(): Node {
    const { start } = this.next();
    const iterators = this.iterators();
    this.expectWord('return');
    const body = this.expression();
    return { kind: 'for', iterators, body, start, end: body.end };
  }

  private quantified(): Node {
    const { start, text } = this.next();
    const iterators = this.iterators();
    this.expectWord('satisfies');
    const body = this.expression();
    return { kind: text as 'some' | 'every', iterators, body, start, end: body.end };
  }

  private iterators(): Iterator[] {
    const iterators: Iterator[] = [];
    do {
      const name = this.name();
      this.expectWord('in');
      const list = this.additive();
      if (list.kind === 'interval') this.fail(list.start, 'a range to iterate over is written without brackets');
      if (!this.take('..')) iterators.push({ name, list });
      else {
        const to = this.additive();
        iterators.push({ name, list: { kind: 'count', from: list, to, start: list.start, end: to.end } });
      }
    } while (this.take(','));
    return iterators;
  }

  private lambda(): Node {
    const { start } = this.next();
    this.expect('(');
    const parameters: string[] = [];
    if (!this.is(')')) do parameters.push(this.name()); while (this.take(','));
    this.expect(')');
    const body = this.expression();
    return { kind: 'function', parameters, body, start, end: body.end };
  }

  private disjunction(): Node {
    let left = this.conjunction();
    while (this.word('or')) {
      this.next();
      const right = this.conjunction();
      left = { kind: 'or', left, right, start: left.start, end: right.end };
    }
    return left;
  }

  private conjunction(): Node {
    let left = this.comparison();
    while (this.word('and')) {
      this.next();
      const right = this.comparison();
      left = { kind: 'and', left, right, start: left.start, end: right.end };
    }
    return left;
  }

  // one comparison only: 1 < 2 < 3 is refused
  private comparison(): Node {
    const left = this.additive();
    const { start } = left;
    const token = this.peek();
    if (token.kind === 'operator' && comparisons.has(token.text)) {
      this.next();
      const right = this.additive();
      return { kind: 'compare', operator: token.text as CompareOperator, left, right, start, end: right.end };
    }
    if (this.word('between')) {
      this.next();
      const low = this.additive();
      this.expectWord('and');
      const high = this.additive();
      return { kind: 'between', value: left, low, high, start, end: high.end };
    }
    if (this.word('instance')) {
      this.next();
      this.expectWord('of');
      return { kind: 'instance', value: left, type: this.typeName(), start, end: this.lastEnd };
    }
    if (this.word('in')) {
      this.next();
      const grouped = this.is('(');
      return { kind: 'in', value: left, tests: this.inTests(), grouped, start, end: this.lastEnd };
    }
    return left;
  }

  private inTests(): Test[] {
    if (!this.is('(')) return [this.test(() => this.additive())];
    const open = this.next();
    const first = this.test(() => this.expression());
    if (first.operator === undefined && this.is('..')) {
      const interval = this.intervalFrom(open, first.value, false);
      return [{ value: interval, mentionsInput: first.mentionsInput, start: open.start, end: interval.end }];
    }
    const tests = [first];
    while (this.take(',')) tests.push(this.test(() => this.expression()));
    this.expect(')');
    return tests;
  }

  private typeName(): string {
    for (const type of typesOfWords) if (this.takeWords(type.split(' '))) return type;
    let type = this.anyWord();
    while (this.take('.')) type += `.${this.anyWord()}`;
    return type;
  }

  private additive(): Node {
    return this.leftToRight(['+', '-'], () => this.leftToRight(['*', '/'], () => this.leftToRight(['**'], () => this.unary())));
  }

  private leftToRight(operators: string[], operand: () => Node): Node {
    let left = operand();
    for (let token = this.peek(); token.kind === 'operator' && operators.includes(token.text); token = this.peek()) {
      this.next();
      const right = operand();
      left = { kind: 'arithmetic', operator: token.text as ArithmeticOperator, left, right, start: left.start, end: right.end };
    }
    return left;
  }

  // the minus binds tighter than the power: -2**2 is 4
  private unary(): Node {
    if (!this.is('-')) return this.postfix();
    const { start } = this.next();
    const value = this.unary();
    return { kind: 'negate', value, start, end: value.end };
  }

  private postfix(): Node {
    let value = this.primary();
    for (;;) {
      if (this.is('.')) {
        if (value.kind === 'interval') this.fail(this.peek().start, 'a range literal has no properties');
        this.next();
        value = { kind: 'path', value, name: this.takeWords(['time', 'offset']) ? 'time offset' : this.anyWord(), start: value.start, end: this.lastEnd };
      } else if (this.is('[') && value.kind !== 'interval' && !this.closesRange()) {
        this.next();
        const filter = this.expression();
        this.expect(']');
        value = { kind: 'filter', value, filter, start: value.start, end: this.lastEnd };
      } else return value;
    }
  }

  private primary(): Node {
    const token = this.peek();
    const { start, end } = token;
    switch (token.kind) {
      case 'number': this.next(); return { kind: 'constant', value: parseNumber(token.text), start, end };
      case 'string': this.next(); return { kind: 'constant', value: token.text, start, end };
      case 'temporal': this.next(); return { kind: 'constant', value: literalTemporal(token.text), start, end };
      case 'quoted name': this.next(); return { kind: 'name', name: token.text, start, end };
      case 'name': return this.named(token);
      case 'end': return this.unexpected();
    }
    switch (token.text) {
      case '(': {
        this.next();
        const inner = this.expression();
        if (this.is('..')) return this.intervalFrom(token, inner, false);
        this.expect(')');
        // own node, so that (1..2) and ((1)..2) keep their brackets and a lambda its body
        return { ...inner, start, end: this.lastEnd };
      }
      case '[': return this.listOrInterval();
      case ']': {
        this.next();
        return this.intervalFrom(token, this.additive(), false);
      }
      case '{': return this.context();
      case '?':
        this.next();
        this.inputsSeen += 1;
        return { kind: 'name', name: '?', start, end };
    }
    return this.unexpected();
  }

  private listOrInterval(): Node {
    const open = this.next();
    const items: Node[] = [];
    if (!this.is(']')) {
      const first = this.expression();
      if (this.is('..')) return this.intervalFrom(open, first, true);
      items.push(first);
      while (this.take(',')) items.push(this.expression());
    }
    this.expect(']');
    return { kind: 'list', items, start: open.start, end: this.lastEnd };
  }

  private intervalFrom(open: Token, low: Node, lowIncluded: boolean): IntervalNode {
    this.expect('..');
    const high = this.additive();
    const close = this.next();
    if (close.text !== ')' && close.text !== ']' && close.text !== '[') this.fail(close.start, 'the range is not closed');
    return { kind: 'interval', low, high, lowIncluded, highIncluded: close.text === ']', start: open.start, end: close.end };
  }

  private context(): Node {
    const { start } = this.next();
    const entries: { key: string; value: Node }[] = [];
    if (!this.is('}')) do entries.push({ key: this.key(), value: this.afterColon() }); while (this.take(','));
    this.expect('}');
    return { kind: 'context', entries, start, end: this.lastEnd };
  }

  private afterColon(): Node {
    this.expect(':');
    return this.expression();
  }

  private named(token: Token): Node {
    const { start, end } = token;
    const called = this.functionName();
    if (called !== undefined) return this.call(called, start);
    if (token.text === 'true' || token.text === 'false' || token.text === 'null') {
      this.next();
      return { kind: 'constant', value: token.text === 'null' ? null : token.text === 'true', start, end };
    }
    if (reserved.has(token.text)) return this.unexpected();
    this.next();
    return { kind: 'name', name: token.text, start, end };
  }

  private call(name: string, start: number): Node {
    this.expect('(');
    if (this.atNamedArgument()) {
      const args: { name: string; value: Node }[] = [];
      do args.push({ name: this.key(), value: this.argumentAfterColon() }); while (this.take(','));
      this.expect(')');
      return { kind: 'named call', name, args, start, end: this.lastEnd };
    }
    const args: Node[] = [];
    if (!this.is(')')) do args.push(this.argument()); while (this.take(','));
    this.expect(')');
    return { kind: 'call', name, args, start, end: this.lastEnd };
  }

  private argumentAfterColon(): Node {
    this.expect(':');
    return this.argument();
  }

  // a range is a value only as an argument; elsewhere brackets with .. are a test of the input
  private argument(): Node {
    const value = this.expression();
    return value.kind === 'interval' ? { kind: 'range', interval: value, start: value.start, end: value.end } : value;
  }
}
