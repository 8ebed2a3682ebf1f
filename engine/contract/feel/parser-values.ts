import { Cursor, reserved } from './cursor.ts';
import { parseNumber } from './decimal.ts';
import type { Token } from './lexer.ts';
import { literalTemporal } from './literal.ts';
import type { IntervalNode, Node } from './syntax.ts';

/** Reads values: literals, names, lists, ranges, contexts, calls, lambdas, and what follows them (a path, a filter). */
export abstract class ValueParser extends Cursor {
  abstract expression(): Node;

  /** The bound of a range: a calculation. */
  protected abstract operand(): Node;

  protected postfix(): Node {
    let value = this.primary();
    for (;;) {
      if (this.is('.')) {
        if (value.kind === 'interval') this.fail(this.peek().start, 'a range literal has no properties');
        this.next();
        value = { kind: 'path', value, name: this.takeWords(['time', 'offset']) ? 'time offset' : this.name(), start: value.start, end: this.lastEnd };
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
        return this.intervalFrom(token, this.operand(), false);
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

  protected intervalFrom(open: Token, low: Node, lowIncluded: boolean): IntervalNode {
    this.expect('..');
    const high = this.operand();
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
    if (token.text === 'function' && this.peek(1).text === '(') return this.lambda();
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

  private lambda(): Node {
    const { start } = this.next();
    this.expect('(');
    const parameters: string[] = [];
    if (!this.is(')')) do parameters.push(this.name()); while (this.take(','));
    this.expect(')');
    const body = this.expression();
    return { kind: 'function', parameters, body, start, end: body.end };
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
