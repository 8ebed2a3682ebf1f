import type { Code, Compile } from './code.ts';
import { add, compareNumbers, toInteger } from './decimal.ts';
import { BoundEnv, FeelFailure, ScopedEnv } from './evaluation.ts';
import type { Env, Run, Span } from './evaluation.ts';
import type { Iterator, Node } from './syntax.ts';
import { printValue } from './text.ts';
import { FeelContext, isNumber } from './value.ts';
import type { FeelValue } from './value.ts';

const longestCount = 1_000_000;

/** `1..5` upwards, `5..1` downwards, in steps of one. */
export function countUp(from: FeelValue, to: FeelValue, run: Run, span: Span): FeelValue {
  if (!isNumber(from) || !isNumber(to)) {
    return run.problem('INVALID_TYPE', `Expected number but found '${printValue(isNumber(from) ? to : from)}'`, span);
  }
  const step = compareNumbers(from, to) <= 0 ? 1 : -1;
  const items: FeelValue[] = [];
  for (let each = from; compareNumbers(each, to) * step <= 0; each = add(each, step)) {
    if (items.length >= longestCount) return run.problem('INVALID_TYPE', `a range to iterate over may hold ${longestCount} values at most`, span);
    items.push(each);
  }
  return items;
}

/** `for`: every combination of the lists; `partial` is what has been returned so far. */
export function compileFor(compile: Compile, iterators: Iterator[], bodyNode: Node): Code {
  const lists = iterators.map(({ list }) => ({ list: compile(list), span: list as Span }));
  const body = compile(bodyNode);
  const names = iterators.map(({ name }) => name);
  return (env) => {
    const values = evaluateLists(lists, env);
    if (values === null) return null;
    const results: FeelValue[] = [];
    combine(names, values, env, (inner) => {
      results.push(body(new PartialEnv(inner, results)));
      return true;
    });
    return results;
  };
}

/** `some` (deciding: true) and `every` (deciding: false), three-valued. */
export function compileQuantified(compile: Compile, iterators: Iterator[], bodyNode: Node, deciding: boolean): Code {
  const lists = iterators.map(({ list }) => ({ list: compile(list), span: list as Span }));
  const body = compile(bodyNode);
  const names = iterators.map(({ name }) => name);
  return (env) => {
    const values = evaluateLists(lists, env);
    if (values === null) return null;
    let result: boolean | null = !deciding;
    combine(names, values, env, (inner) => {
      const outcome = body(inner);
      if (outcome === deciding) {
        result = deciding;
        return false;
      }
      if (typeof outcome !== 'boolean') {
        // only the first one is told
        if (result !== null) env.run.problem('INVALID_TYPE', `Expected boolean but found '${printValue(outcome)}'`, bodyNode);
        result = null;
      }
      return true;
    });
    return result;
  };
}

/** `list[condition]` and `list[index]`. */
export function compileFilter(compile: Compile, listNode: Node, filterNode: Node): Code {
  const list = compile(listNode);
  const filter = compile(filterNode);
  const perItem = isCondition(filterNode);
  const isCall = filterNode.kind === 'call' || filterNode.kind === 'named call';
  return (env) => {
    const items = list(env);
    if (!Array.isArray(items)) return env.run.problem('INVALID_TYPE', `Expected list but found '${printValue(items)}'`, listNode);
    if (!perItem) {
      // an index may depend on the item (`count(item)`): then the first one decides, as in Zeebe 8.5
      let index = isCall ? env.run.quietly(() => filter(env)) : tried(filter, env);
      if (!isNumber(index) && items.length > 0) index = env.run.quietly(() => filter(itemEnv(env, items[0]!)));
      if (isNumber(index)) {
        const at = toInteger(index);
        return items[at > 0 ? at - 1 : at < 0 ? items.length + at : -1] ?? null;
      }
    }
    return items.filter((item) => filter(itemEnv(env, item)) === true);
  };
}

/** The value of a would-be index; null when it fails for want of an item. */
function tried(filter: Code, env: Env): FeelValue {
  try {
    return filter(env);
  } catch (error) {
    if (error instanceof FeelFailure) return null;
    throw error;
  }
}

// these never yield a number, so they need not be tried as an index first
function isCondition(node: Node): boolean {
  return node.kind === 'compare' || node.kind === 'and' || node.kind === 'or' || node.kind === 'in' || node.kind === 'between'
    || node.kind === 'some' || node.kind === 'every' || node.kind === 'instance' || (node.kind === 'call' && node.name === 'not');
}

function itemEnv(env: Env, item: FeelValue): Env {
  const withItem = new BoundEnv(env, 'item', item);
  return item instanceof FeelContext ? new ScopedEnv(withItem, item) : withItem;
}

function evaluateLists(lists: { list: Code; span: Span }[], env: Env): FeelValue[][] | null {
  const values: FeelValue[][] = [];
  for (const { list, span } of lists) {
    const value = list(env);
    if (!Array.isArray(value)) return env.run.problem('INVALID_TYPE', `Expected list but found '${printValue(value)}'`, span);
    values.push(value);
  }
  return values;
}

/** Calls `visit` for every combination, the last list fastest; stops when it answers false. */
function combine(names: string[], lists: FeelValue[][], env: Env, visit: (env: Env) => boolean, depth = 0): boolean {
  if (depth === names.length) return visit(env);
  for (const item of lists[depth]!) {
    if (!combine(names, lists, new BoundEnv(env, names[depth]!, item), visit, depth + 1)) return false;
  }
  return true;
}

/** Knows `partial`; the list is copied only when a body asks for it. */
class PartialEnv implements Env {
  readonly run: Run;
  private readonly parent: Env;
  private readonly results: readonly FeelValue[];

  constructor(parent: Env, results: readonly FeelValue[]) {
    this.run = parent.run;
    this.parent = parent;
    this.results = results;
  }

  get(name: string): FeelValue | undefined {
    return name === 'partial' ? [...this.results] : this.parent.get(name);
  }
}
