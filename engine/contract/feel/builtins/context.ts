import type { Run } from '../evaluation.ts';
import { FeelContext } from '../value.ts';
import type { FeelValue } from '../value.ts';
import { builtin, illegal, listOf } from './registry.ts';

export const contextBuiltins = [
  builtin('get entries', 'context: context', '上下文的键值列表', 'The entries as a list of key and value', (_: Run, context: FeelContext) =>
    context.pairs().map(([key, value]) => new FeelContext(new Map<string, FeelValue>([['key', key], ['value', value]])))),
  builtin('get value', 'context: context, key: string|list', '按键（或键的路径）取值', 'The value at a key', (_: Run, context: FeelContext, key: string | FeelValue[]) => valueAt(context, key)),
  builtin('get value', 'm: context, key: string', '按键取值', 'The value at a key', (_: Run, context: FeelContext, key: string) => valueAt(context, key)),
  builtin('get value', 'context: context, keys: list', '按键的路径取值', 'The value at a path of keys', (_: Run, context: FeelContext, keys: FeelValue[]) => valueAt(context, keys)),
  ...['context put', 'put'].flatMap((name) => [
    builtin(name, 'context: context, key: string|list, value: any', '设置键（或键的路径）的值', 'The context with a value set at a key', (run: Run, context: FeelContext, key: string | FeelValue[], value: FeelValue) =>
      put(run, context, key, value)),
    builtin(name, 'context: context, keys: list, value: any', '设置键的路径的值', 'The context with a value set at a path of keys', (run: Run, context: FeelContext, keys: FeelValue[], value: FeelValue) =>
      put(run, context, keys, value)),
  ]),
  builtin('context merge', 'contexts: any...', '合并上下文，后者优先', 'One context of several, later entries win', merge),
  builtin('put all', 'contexts: any...', '合并上下文，后者优先', 'One context of several, later entries win', merge),
  builtin('context', 'entries: any', '由键值列表构造上下文', 'A context from a list of key and value', (_: Run, entries: FeelValue) => {
    if (!Array.isArray(entries)) return null;
    const values = new Map<string, FeelValue>();
    for (const entry of entries) {
      const key = entry instanceof FeelContext ? entry.get('key') : undefined;
      const value = entry instanceof FeelContext ? entry.get('value') : undefined;
      if (typeof key !== 'string' || value === undefined) return null;
      values.set(key, value);
    }
    return new FeelContext(values);
  }),
];

function valueAt(context: FeelContext, key: string | FeelValue[]): FeelValue {
  const keys = typeof key === 'string' ? [key] : key;
  if (keys.length === 0) return null;
  let value: FeelValue = context;
  for (const each of keys) value = value instanceof FeelContext && typeof each === 'string' ? value.get(each) ?? null : null;
  return value;
}

function put(run: Run, context: FeelContext, key: string | FeelValue[], value: FeelValue): FeelValue {
  const keys = typeof key === 'string' ? [key] : key;
  if (keys.length === 0) return null;
  if (!keys.every((each) => typeof each === 'string')) return illegal({ name: 'context put' }, [context, keys, value], run);
  return putAt(context, keys as string[], value);
}

function putAt(context: FeelContext, keys: string[], value: FeelValue): FeelContext {
  const [key, ...rest] = keys as [string, ...string[]];
  if (rest.length === 0) return context.with(key, value);
  const inner = context.get(key);
  return context.with(key, putAt(inner instanceof FeelContext ? inner : new FeelContext(new Map()), rest, value));
}

function merge(_: Run, args: FeelValue[]): FeelValue {
  const values = new Map<string, FeelValue>();
  for (const context of listOf(args)) {
    if (!(context instanceof FeelContext)) return null;
    for (const [key, value] of context.pairs()) values.set(key, value);
  }
  return new FeelContext(values);
}
