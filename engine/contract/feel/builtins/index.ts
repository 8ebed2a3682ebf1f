import { booleanBuiltins } from './boolean.ts';
import { contextBuiltins } from './context.ts';
import { listBuiltins } from './list.ts';
import { numericBuiltins } from './numeric.ts';
import { rangeBuiltins } from './range.ts';
import type { Builtin } from './registry.ts';
import { stringBuiltins } from './string.ts';
import { temporalBuiltins } from './temporal.ts';

export type { Builtin } from './registry.ts';

/** A builtin function as an editor offers it. */
export interface BuiltinDescription {
  readonly name: string;
  /** Parameter names, in order; an optional one ends with `?`, a repeated one with `...`. */
  readonly parameters: readonly string[];
  /** One line, Chinese. */
  readonly zh: string;
  /** One line, English. */
  readonly en: string;
}

const all: readonly Builtin[] = [
  ...booleanBuiltins, ...stringBuiltins, ...numericBuiltins, ...listBuiltins, ...contextBuiltins, ...temporalBuiltins, ...rangeBuiltins,
];
const byName = grouped();

/** Every signature of every builtin function. */
export const builtinNames: readonly BuiltinDescription[] = all.map(({ name, parameters, required, variadic, zh, en }) => ({
  name, zh, en,
  parameters: parameters.map((each, index) => each + (index >= required ? '?' : variadic && index === parameters.length - 1 ? '...' : '')),
}));

/** Names of several words, each as its words, by their first word; the longest first. */
export const wordyFunctions: ReadonlyMap<string, readonly (readonly string[])[]> = wordy();

/** The builtin of that name that takes so many arguments. */
export function findBuiltin(name: string, count: number): Builtin | undefined {
  return byName.get(name)?.find(({ required, parameters, variadic }) => (variadic ? count >= required : count >= required && count <= parameters.length));
}

/** The builtin of that name that has all these parameters. */
export function findBuiltinNamed(name: string, names: readonly string[]): Builtin | undefined {
  return byName.get(name)?.find(({ parameters }) => names.every((each) => parameters.includes(each)));
}

function grouped(): Map<string, Builtin[]> {
  const groups = new Map<string, Builtin[]>();
  for (const each of all) groups.set(each.name, [...(groups.get(each.name) ?? []), each]);
  return groups;
}

function wordy(): Map<string, string[][]> {
  const words = new Map<string, string[][]>();
  for (const name of byName.keys()) {
    const parts = name.split(' ');
    if (parts.length > 1 || parts[0] === 'and' || parts[0] === 'or') words.set(parts[0]!, [...(words.get(parts[0]!) ?? []), parts]);
  }
  for (const candidates of words.values()) candidates.sort((left, right) => right.length - left.length);
  return words;
}
