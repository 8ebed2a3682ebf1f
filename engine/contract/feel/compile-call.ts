import { findBuiltin, findBuiltinNamed } from './builtins/index.ts';
import type { Builtin } from './builtins/index.ts';
import { invokeBuiltin } from './builtins/registry.ts';
import type { Code, Compile } from './code.ts';
import { InputMissing } from './evaluation.ts';
import type { Env, Span } from './evaluation.ts';
import { parseDate, parseDateTime, parseTime } from './temporal.ts';
import { parseDuration } from './duration.ts';
import type { Node } from './syntax.ts';
import { FeelFunction } from './value.ts';
import type { FeelValue } from './value.ts';

/** `name(a, b)`. A builtin is found when the expression is compiled; any other function by its variable at run time. */
export function compileCall(compile: Compile, name: string, argNodes: Node[], span: Span): Code {
  const literal = literalOf(name, argNodes);
  if (literal !== undefined) return () => literal;
  const args = argNodes.map(compile);
  const builtin = findBuiltin(name, args.length);
  if (builtin !== undefined) {
    const codes = args.map((arg, index) => (takesAnything(builtin, index) ? orMissing(arg) : arg));
    return (env) => callBuiltin(builtin, codes.map((arg) => arg(env)), env, span);
  }
  return (env) => {
    const found = env.get(name);
    if (found instanceof FeelFunction && found.parameters.length === args.length) return found.invoke(args.map((arg) => arg(env)));
    return env.run.problem('NO_FUNCTION_FOUND', `No function found with name '${name}' and ${args.length} parameters`, span);
  };
}

const literals: Record<string, (text: string) => FeelValue> = { date: parseDate, time: parseTime, 'date and time': parseDateTime, duration: parseDuration };

/** A temporal value written as `date("…")` is read when the expression is compiled; null without a word when it is none. */
function literalOf(name: string, args: Node[]): FeelValue | undefined {
  const [text] = args;
  if (args.length !== 1 || text?.kind !== 'constant' || typeof text.value !== 'string' || !Object.hasOwn(literals, name)) return undefined;
  return literals[name]!(text.value);
}

/** `name(a: 1, b: 2)`; a parameter that is not named is null. */
export function compileNamedCall(compile: Compile, name: string, named: { name: string; value: Node }[], span: Span): Code {
  const names = named.map((arg) => arg.name);
  const args = new Map(named.map((arg) => [arg.name, compile(arg.value)]));
  const ordered = (parameters: readonly string[], env: Env): FeelValue[] => parameters.map((parameter) => args.get(parameter)?.(env) ?? null);
  const builtin = findBuiltinNamed(name, names);
  if (builtin !== undefined) {
    const last = Math.max(...names.map((each) => builtin.parameters.indexOf(each))) + 1;
    const given = builtin.parameters.slice(0, Math.max(last, builtin.required));
    return (env) => callBuiltin(builtin, given.map((parameter, index) => (takesAnything(builtin, index) ? orMissing((inner) => args.get(parameter)?.(inner) ?? null)(env) : args.get(parameter)?.(env) ?? null)), env, span);
  }
  return (env) => {
    const found = env.get(name);
    if (found instanceof FeelFunction && names.every((each) => found.parameters.includes(each))) return found.invoke(ordered(found.parameters, env));
    return env.run.problem('NO_FUNCTION_FOUND', `No function found with name '${name}' and parameters: ${names.join(', ')}`, span);
  };
}

// Stands for an argument whose input is missing, where a function takes any value.
const missing = new FeelFunction([], () => null);

function takesAnything({ types, variadic }: Builtin, index: number): boolean {
  return types[variadic ? Math.min(index, types.length - 1) : index] === 'any';
}

function orMissing(arg: Code): Code {
  return (env) => {
    try {
      return arg(env);
    } catch (error) {
      if (error instanceof InputMissing) return missing;
      throw error;
    }
  };
}

function callBuiltin(builtin: Builtin, args: FeelValue[], env: Env, span: Span): FeelValue {
  const { run } = env;
  const outer = run.site;
  run.site = span;
  const result = invokeBuiltin(builtin, args, run);
  run.site = outer;
  if (result === missing) throw new InputMissing();
  return result;
}
