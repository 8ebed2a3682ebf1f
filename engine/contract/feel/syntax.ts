import type { Span } from './evaluation.ts';
import type { FeelValue } from './value.ts';

/** The text is no FEEL expression. `position` is an offset from 0; the message names line and column. */
export class FeelSyntaxError extends Error {
  readonly position: number;
  readonly line: number;
  readonly column: number;

  constructor(text: string, position: number, why: string) {
    const before = text.slice(0, position).split('\n');
    const line = before.length;
    const column = before[before.length - 1]!.length + 1;
    super(`failed to parse expression '${text}': ${why} (line ${line}, column ${column})`);
    this.name = 'FeelSyntaxError';
    this.position = position;
    this.line = line;
    this.column = column;
  }
}

export type CompareOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '**';

export interface Iterator {
  readonly name: string;
  readonly list: Node;
}

export interface IntervalNode extends Span {
  readonly kind: 'interval';
  readonly low: Node;
  readonly high: Node;
  readonly lowIncluded: boolean;
  readonly highIncluded: boolean;
}

/** One node of a parsed expression. */
export type Node = Span & (
  | { readonly kind: 'constant'; readonly value: FeelValue }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: Node[] }
  | { readonly kind: 'context'; readonly entries: { readonly key: string; readonly value: Node }[] }
  | { readonly kind: 'if'; readonly condition: Node; readonly accepted: Node; readonly otherwise: Node }
  | { readonly kind: 'for'; readonly iterators: Iterator[]; readonly body: Node }
  | { readonly kind: 'some' | 'every'; readonly iterators: Iterator[]; readonly body: Node }
  | { readonly kind: 'count'; readonly from: Node; readonly to: Node }
  | { readonly kind: 'function'; readonly parameters: string[]; readonly body: Node }
  | { readonly kind: 'or' | 'and'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'compare'; readonly operator: CompareOperator; readonly left: Node; readonly right: Node }
  | { readonly kind: 'between'; readonly value: Node; readonly low: Node; readonly high: Node }
  | { readonly kind: 'instance'; readonly value: Node; readonly type: string }
  | { readonly kind: 'in'; readonly value: Node; readonly tests: Test[]; readonly grouped: boolean }
  | { readonly kind: 'arithmetic'; readonly operator: ArithmeticOperator; readonly left: Node; readonly right: Node }
  | { readonly kind: 'negate'; readonly value: Node }
  | { readonly kind: 'path'; readonly value: Node; readonly name: string }
  | { readonly kind: 'filter'; readonly value: Node; readonly filter: Node }
  | { readonly kind: 'call'; readonly name: string; readonly args: Node[] }
  | { readonly kind: 'named call'; readonly name: string; readonly args: { readonly name: string; readonly value: Node }[] }
  | { readonly kind: 'range'; readonly interval: IntervalNode }
  | IntervalNode
);

/** One unary test. */
export interface Test extends Span {
  /** Comparison with the input; without it, `value` is tested as a whole. */
  readonly operator?: '<' | '<=' | '>' | '>=';
  readonly value: Node;
  /** Whether the test speaks of its input itself, by `?`. */
  readonly mentionsInput: boolean;
}

/** A list of unary tests: any of them, none of them, or always true (`-`). */
export interface Tests {
  readonly any: boolean;
  readonly negated: boolean;
  readonly tests: Test[];
}
