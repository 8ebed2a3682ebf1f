import type { Run } from '../evaluation.ts';
import { printValue } from '../text.ts';
import { typeOf } from '../value.ts';
import type { FeelValue } from '../value.ts';

/** What a builtin does; it receives its arguments already checked by type. */
type Body = (run: Run, ...args: never[]) => FeelValue;

/** One signature of a builtin function. */
export interface Builtin {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly types: readonly string[];
  /** How many parameters must be given. */
  readonly required: number;
  /** Whether the last parameter takes all further arguments, as a list. */
  readonly variadic: boolean;
  readonly zh: string;
  readonly en: string;
  readonly body: Body;
}

/**
 * Defines a builtin. The signature reads `string: string, start position: number, length: number?`;
 * `?` marks an optional parameter, `...` a last one that takes one list or any number of single values, `*` one that takes them as given.
 * Types: number, string, boolean, list, context, function, any, or several with `|`.
 */
export function builtin(name: string, signature: string, zh: string, en: string, body: Body): Builtin {
  const parts = signature === '' ? [] : signature.split(', ').map((part) => /^(.+): ([^?]+?)(\?|\.\.\.|\*)?$/.exec(part)!);
  return {
    name, zh, en, body,
    parameters: parts.map((part) => part[1]!),
    types: parts.map((part) => part[2]!),
    required: parts.filter((part) => part[3] !== '?').length,
    variadic: parts.some((part) => part[3] === '...' || part[3] === '*'),
  };
}

/** Calls it; null with a problem when the arguments are not of its types. */
export function invokeBuiltin(builtin: Builtin, args: FeelValue[], run: Run): FeelValue {
  const { types, variadic, body } = builtin;
  const fixed = variadic ? types.length - 1 : types.length;
  for (let index = 0; index < fixed && index < args.length; index += 1) {
    if (!fits(types[index]!, args[index]!)) return illegal(builtin, variadic ? [...args.slice(0, fixed), args.slice(fixed)] : args, run);
  }
  const call = body as (run: Run, ...args: FeelValue[]) => FeelValue;
  return variadic ? call(run, ...args.slice(0, fixed), args.slice(fixed)) : call(run, ...args);
}

/** Notes that a builtin could not do its work. */
export function failed(run: Run, name: string, why: string): null {
  return run.problem('FUNCTION_INVOCATION_FAILURE', `Failed to invoke function '${name}': ${why}`);
}

/** Notes that a builtin got arguments it cannot take. */
export function illegal(builtin: { name: string }, args: FeelValue[], run: Run): null {
  return failed(run, builtin.name, `Illegal arguments: ${args.map((arg) => `'${printValue(arg)}'`).join(', ')}`);
}

/** One list, or the arguments themselves. */
export function listOf(args: FeelValue[]): FeelValue[] {
  const [first] = args;
  return args.length === 1 && Array.isArray(first) ? first : args;
}

function fits(type: string, value: FeelValue): boolean {
  return type === 'any' || typeOf(value) === type || (type.includes('|') && type.split('|').includes(typeOf(value)));
}
