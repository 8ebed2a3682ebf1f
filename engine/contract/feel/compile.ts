import { dividedBy, minus, negated, plus, power, times } from './arithmetic.ts';
import { compileCall, compileNamedCall } from './compile-call.ts';
import { compileFilter, compileFor, compileQuantified, countUp } from './compile-list.ts';
import type { Code } from './code.ts';
import { compileTests } from './compile-tests.ts';
import { compare, within } from './compare.ts';
import { BoundEnv, InputMissing, ScopedEnv } from './evaluation.ts';
import type { Env, Run, Span } from './evaluation.ts';
import { property } from './property.ts';
import type { ArithmeticOperator, Node } from './syntax.ts';
import { printValue } from './text.ts';
import { FeelContext, FeelFunction, FeelRange, typeOf } from './value.ts';
import type { FeelValue } from './value.ts';

const operations: Record<ArithmeticOperator, (left: FeelValue, right: FeelValue, run: Run, span: Span) => FeelValue> = {
  '+': plus, '-': minus, '*': times, '/': dividedBy, '**': power,
};
const typeNames = new Set(['boolean', 'string', 'number', 'date', 'time', 'date and time',
  'years and months duration', 'days and time duration', 'list', 'context', 'function']);

/** Turns a node into a closure, once. */
export function compile(node: Node): Code {
  switch (node.kind) {
    case 'constant': {
      const { value } = node;
      return () => value;
    }
    case 'name': return node.name === '?' ? compileInput() : compileName(node.name, node);
    case 'list': {
      const items = node.items.map(compile);
      return withoutInput((env) => items.map((item) => item(env)));
    }
    case 'context': return withoutInput(compileContext(node.entries.map(({ key, value }) => ({ key, code: compile(value) }))));
    case 'if': return compileIf(compile(node.condition), compile(node.accepted), compile(node.otherwise), node.condition);
    case 'for': return compileFor(compile, node.iterators, node.body);
    case 'some': return compileQuantified(compile, node.iterators, node.body, true);
    case 'every': return compileQuantified(compile, node.iterators, node.body, false);
    case 'count': {
      const from = compile(node.from);
      const to = compile(node.to);
      return (env) => countUp(from(env), to(env), env.run, node);
    }
    case 'function': return compileLambda(node.parameters, compile(node.body));
    case 'or': return compileLogic(compile(node.left), compile(node.right), true, node.left, node.right);
    case 'and': return compileLogic(compile(node.left), compile(node.right), false, node.left, node.right);
    case 'compare': {
      const { operator } = node;
      const left = compile(node.left);
      const right = compile(node.right);
      return (env) => compare(operator, left(env), right(env), env.run, node);
    }
    case 'between': {
      const [value, low, high] = [compile(node.value), compile(node.low), compile(node.high)];
      return (env) => {
        const input = value(env);
        // low <= value and value <= high
        const above = compare('>=', input, low(env), env.run, node);
        if (above === false) return false;
        if (above === null) env.run.problem('INVALID_TYPE', "Expected boolean but found 'null'", node);
        const below = compare('<=', input, high(env), env.run, node);
        return below === false ? false : above === null ? null : below;
      };
    }
    case 'instance': return compileInstance(compile(node.value), node.type, node);
    case 'in': {
      const value = compile(node.value);
      const tests = compileTests(compile, node.tests, node.grouped);
      return (env) => tests(value(env), env);
    }
    case 'arithmetic': {
      const operation = operations[node.operator];
      const left = compile(node.left);
      const right = compile(node.right);
      return (env) => operation(left(env), right(env), env.run, node);
    }
    case 'negate': {
      const value = compile(node.value);
      return (env) => negated(value(env), env.run, node);
    }
    case 'path': {
      const value = compile(node.value);
      const { name } = node;
      const variable = variableOf(node.value);
      if (variable === undefined) return (env) => property(value(env), name, env.run, node);
      // of a variable that is missing only that is told
      return (env) => (env.get(variable) === undefined ? value(env) : property(value(env), name, env.run, node));
    }
    case 'filter': return compileFilter(compile, node.value, node.filter);
    case 'call': return compileCall(compile, node.name, node.args, node);
    case 'named call': return compileNamedCall(compile, node.name, node.args, node);
    case 'range': {
      const { interval } = node;
      const low = compile(interval.low);
      const high = compile(interval.high);
      return (env) => new FeelRange(low(env), high(env), interval.lowIncluded, interval.highIncluded);
    }
    case 'interval': {
      const [input, low, high] = [compileName('?', node), compile(node.low), compile(node.high)];
      return (env) => within(input(env), low(env), high(env), node.lowIncluded, node.highIncluded, env.run, node);
    }
  }
}

function variableOf(node: Node): string | undefined {
  if (node.kind === 'path') return variableOf(node.value);
  return node.kind === 'name' ? node.name : undefined;
}

/** A list or context with a part that has no input is none, but no failure. */
function withoutInput(code: Code): Code {
  return (env) => {
    try {
      return code(env);
    } catch (error) {
      if (error instanceof InputMissing) return null;
      throw error;
    }
  };
}

function compileInput(): Code {
  return (env) => {
    const value = env.get('?');
    if (value === undefined) throw new InputMissing();
    return value;
  };
}

function compileName(name: string, span: Span): Code {
  const missing = name === '?' ? 'No input value found.' : `No variable found with name '${name}'`;
  return (env) => {
    const value = env.get(name);
    return value === undefined ? env.run.problem('NO_VARIABLE_FOUND', missing, span) : value;
  };
}

// a later entry sees the earlier ones
function compileContext(entries: { key: string; code: Code }[]): Code {
  return (env) => {
    const values = new Map<string, FeelValue>();
    const inner = new ScopedEnv(env, values);
    for (const { key, code } of entries) values.set(key, code(inner));
    // functions can be called inside of the context, but are no entries of it
    return new FeelContext(hasFunctions(values) ? new Map([...values].filter(([, value]) => !(value instanceof FeelFunction))) : values);
  };
}

function hasFunctions(values: ReadonlyMap<string, FeelValue>): boolean {
  for (const value of values.values()) if (value instanceof FeelFunction) return true;
  return false;
}

function compileIf(condition: Code, then: Code, otherwise: Code, span: Span): Code {
  return (env) => {
    const value = condition(env);
    if (value === true) return then(env);
    if (value !== false) notBoolean(value, env, span);
    return otherwise(env);
  };
}

/** Three-valued: the deciding value wins over null, null over the other. */
function compileLogic(left: Code, right: Code, deciding: boolean, leftSpan: Span, rightSpan: Span): Code {
  return (env) => {
    const first = left(env);
    if (first === deciding) return deciding;
    if (typeof first !== 'boolean') {
      notBoolean(first, env, leftSpan);
      return right(env) === deciding ? deciding : null;
    }
    const second = right(env);
    return typeof second === 'boolean' ? second : notBoolean(second, env, rightSpan);
  };
}

function notBoolean(value: FeelValue, env: Env, span: Span): null {
  return env.run.problem('INVALID_TYPE', `Expected boolean but found '${printValue(value)}'`, span);
}

function compileInstance(value: Code, type: string, span: Span): Code {
  if (type === 'Any') return (env) => value(env) !== null;
  if (typeNames.has(type)) return (env) => typeOf(value(env)) === type;
  return (env) => {
    value(env);
    env.run.problem('INVALID_TYPE', `Unknown type '${type}'`, span);
    return false;
  };
}

function compileLambda(parameters: string[], body: Code): Code {
  return (env) => {
    // the variables of the place where it was written, without the name it is about to get: no recursion
    const outer = snapshot(env);
    return new FeelFunction(parameters, (args) => {
      let inner: Env = outer;
      parameters.forEach((name, index) => {
        inner = new BoundEnv(inner, name, args[index] ?? null);
      });
      return body(inner);
    });
  };
}

function snapshot(env: Env): Env {
  return env instanceof ScopedEnv ? env.frozen() : env;
}
