import type { Code, Compile } from './code.ts';
import { compare, equal } from './compare.ts';
import { BoundEnv, InputMissing } from './evaluation.ts';
import type { Env } from './evaluation.ts';
import type { Test, Tests } from './syntax.ts';
import type { FeelValue } from './value.ts';

type TestCode = (input: FeelValue, env: Env) => boolean | null;

/** Any of the tests: true wins over null, null over false. */
export function compileTests(compile: Compile, tests: Test[], grouped = false): TestCode {
  const codes = tests.map((test) => compileTest(compile, test, grouped));
  if (codes.length === 1) return codes[0]!;
  return (input, env) => {
    let result: boolean | null = false;
    for (const [index, code] of codes.entries()) {
      const each = code(input, env);
      if (each === true) return true;
      if (each === null) {
        if (result !== null) env.run.problem('INVALID_TYPE', "Expected boolean but found 'null'", tests[index]);
        result = null;
      }
    }
    return result;
  };
}

/** The tests of a decision table's input cell. */
export function compileUnary(compile: Compile, { any, negated, tests }: Tests): TestCode {
  if (any) return () => true;
  const code = compileTests(compile, tests, negated);
  if (!negated) return code;
  return (input, env) => {
    const result = code(input, env);
    return result === null ? null : !result;
  };
}

function compileTest(compile: Compile, test: Test, grouped: boolean): TestCode {
  const { operator, value: node, mentionsInput } = test;
  const inner = compile(node);
  const bound = mentionsInput || node.kind === 'interval' || containsInterval(node);
  const value = bound ? (input: FeelValue, env: Env) => inner(new BoundEnv(env, '?', input)) : (_: FeelValue, env: Env) => inner(env);
  if (operator !== undefined) return (input, env) => compare(operator, input, value(input, env), env.run, test);
  if (node.kind === 'interval') return (input, env) => value(input, env) as boolean | null;
  if (mentionsInput) {
    return (input, env) => {
      const known = withoutInput(inner, env);
      if (known !== undefined) return typeof known === 'boolean' ? known : equal(input, known) === true;
      const outcome = value(input, env);
      if (typeof outcome === 'boolean') return outcome;
      return outcome === null && input !== null ? false : null;
    };
  }
  // The literal true is a value to be equal to; a condition that is true holds for any input.
  // Inside brackets Zeebe 8.5 takes even the literal as a condition: not(true) never holds, x in (true) always.
  const literal = !grouped && node.kind === 'constant' && typeof node.value === 'boolean';
  return (input, env) => {
    const expected = value(input, env);
    if (expected === true && !literal) return true;
    if (Array.isArray(expected)) return equal(input, expected) === true || expected.some((item) => equal(input, item) === true);
    return compare('=', input, expected, env.run, test);
  };
}

/** What a test gives that does not get as far as its input; undefined when it needs it. */
function withoutInput(code: Code, env: Env): FeelValue | undefined {
  try {
    return env.run.silently(() => code(env));
  } catch (error) {
    if (error instanceof InputMissing) return undefined;
    throw error;
  }
}

function containsInterval(node: Test['value']): boolean {
  return node.kind === 'list' && node.items.some((item) => item.kind === 'interval' || containsInterval(item));
}
