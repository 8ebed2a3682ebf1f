import { tokenize } from './lexer.ts';
import { ValueParser } from './parser-values.ts';
import type { ArithmeticOperator, CompareOperator, Iterator, Node, Test, Tests } from './syntax.ts';

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

class Parser extends ValueParser {
  unaryTests(): Tests {
    if (this.is('-') && this.peek(1).kind === 'end') {
      this.next();
      return { any: true, negated: false, tests: [] };
    }
    if (this.isWord('not') && this.peek(1).text === '(' && this.closesAtEnd(1)) {
      this.next();
      this.next();
      const tests = this.tests();
      this.expect(')');
      return { any: false, negated: true, tests };
    }
    return { any: false, negated: false, tests: this.tests() };
  }

  expression(): Node {
    // the words are names too: `if + 1`, `for * 2`, `some[1]`
    const value = (): Node => this.disjunction();
    if (this.word('if')) return this.either(() => this.ifExpression(), value);
    if (this.word('for')) return this.either(() => this.forExpression(), value);
    if (this.word('some') || this.word('every')) return this.either(() => this.quantified(), value);
    return value();
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
    const { start } = this.peek();
    this.expectWord('if');
    const condition = this.expression();
    this.expectWord('then');
    const accepted = this.expression();
    this.expectWord('else');
    const otherwise = this.expression();
    return { kind: 'if', condition, accepted, otherwise, start, end: otherwise.end };
  }

  private forExpression(): Node {
    const { start } = this.peek();
    this.expectWord('for');
    const iterators = this.iterators();
    this.expectWord('return');
    const body = this.expression();
    return { kind: 'for', iterators, body, start, end: body.end };
  }

  private quantified(): Node {
    const { start } = this.peek();
    const kind = this.takeWord('some') ? 'some' : 'every';
    if (kind === 'every') this.expectWord('every');
    const iterators = this.iterators();
    this.expectWord('satisfies');
    const body = this.expression();
    return { kind, iterators, body, start, end: body.end };
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

  private disjunction(): Node {
    let left = this.conjunction();
    while (this.takeWord('or')) {
      const right = this.conjunction();
      left = { kind: 'or', left, right, start: left.start, end: right.end };
    }
    return left;
  }

  private conjunction(): Node {
    let left = this.comparison();
    while (this.takeWord('and')) {
      const right = this.comparison();
      left = { kind: 'and', left, right, start: left.start, end: right.end };
    }
    return left;
  }

  // one comparison only: 1 < 2 < 3 is refused
  private comparison(): Node {
    const left = this.additive();
    // a range stands alone: nothing is compared or calculated with it
    if (left.kind === 'interval') return left;
    const { start } = left;
    const token = this.peek();
    if (token.kind === 'operator' && comparisons.has(token.text)) {
      this.next();
      const right = this.operand();
      return { kind: 'compare', operator: token.text as CompareOperator, left, right, start, end: right.end };
    }
    if (this.takeWord('between')) {
      const low = this.operand();
      this.expectWord('and');
      const high = this.operand();
      return { kind: 'between', value: left, low, high, start, end: high.end };
    }
    if (this.takeWord('instance')) {
      this.expectWord('of');
      return { kind: 'instance', value: left, type: this.typeName(), start, end: this.lastEnd };
    }
    if (this.takeWord('in')) {
      const grouped = this.is('(');
      return { kind: 'in', value: left, tests: this.inTests(), grouped, start, end: this.lastEnd };
    }
    return left;
  }

  private inTests(): Test[] {
    if (!this.is('(')) return [this.test(() => this.comparison())];
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
    if (this.isWord('function')) return this.next().text;
    let type = this.name();
    while (this.take('.')) type += `.${this.name()}`;
    return type;
  }

  protected operand(): Node {
    const value = this.additive();
    if (value.kind === 'interval') this.fail(value.start, 'a range is no operand');
    return value;
  }

  private additive(): Node {
    return this.leftToRight(['+', '-'], () => this.leftToRight(['*', '/'], () => this.leftToRight(['**'], () => this.unary())));
  }

  private leftToRight(operators: string[], operand: () => Node): Node {
    let left = operand();
    for (let token = this.peek(); token.kind === 'operator' && operators.includes(token.text); token = this.peek()) {
      this.next();
      const right = operand();
      if (left.kind === 'interval' || right.kind === 'interval') this.fail(token.start, 'nothing is calculated with a range');
      left = { kind: 'arithmetic', operator: token.text as ArithmeticOperator, left, right, start: left.start, end: right.end };
    }
    return left;
  }

  // the minus binds tighter than the power: -2**2 is 4
  private unary(): Node {
    if (!this.is('-')) return this.postfix();
    const { start } = this.next();
    // a second one belongs to a number: - -2
    if (this.is('-') && this.peek(1).kind !== 'number') this.unexpected();
    const value = this.is('-') ? this.unary() : this.postfix();
    if (value.kind === 'interval') this.fail(value.start, 'a range has no sign');
    return { kind: 'negate', value, start, end: value.end };
  }

}
