import { add, divide, multiply, subtract, fromDouble, toDouble, toInteger } from '../decimal.ts';
import type { FeelNumber } from '../decimal.ts';
import { equal, orderOf } from '../compare.ts';
import { FeelFailure } from '../evaluation.ts';
import type { Run } from '../evaluation.ts';
import { printValue } from '../text.ts';
import { isNumber } from '../value.ts';
import type { FeelFunction, FeelValue } from '../value.ts';
import { builtin, failed, listOf } from './registry.ts';

const same = (left: FeelValue, right: FeelValue): boolean => equal(left, right) === true;
const has = (list: FeelValue[], value: FeelValue): boolean => list.some((item) => same(item, value));
const distinct = (list: FeelValue[]): FeelValue[] => list.reduce<FeelValue[]>((kept, item) => (has(kept, item) ? kept : [...kept, item]), []);
const spread = (lists: FeelValue[]): FeelValue[] => lists.flatMap((each) => (Array.isArray(each) ? each : [each]));

/** A calculation over numbers; an empty list gives null. */
const numeric = (name: string, zh: string, en: string, calculate: (numbers: FeelNumber[]) => FeelValue) =>
  builtin(name, 'list: any...', zh, en, (run: Run, args: FeelValue[]) => {
    const list = listOf(args);
    const wrong = list.find((item) => !isNumber(item));
    if (wrong !== undefined) return failed(run, name, `expected number but found '${printValue(wrong)}'`);
    return list.length === 0 && name !== 'mode' ? null : calculate(list as FeelNumber[]);
  });

const extreme = (name: 'min' | 'max', zh: string, en: string, wanted: number) =>
  builtin(name, 'list: any...', zh, en, (run: Run, args: FeelValue[]) => {
    const list = listOf(args);
    if (list.length === 0) return null;
    let best: FeelValue = list[0] ?? null;
    const [first, second] = list;
    // Zeebe 8.5 fails here rather than giving null
    if (Array.isArray(first) && Array.isArray(second)) throw new FeelFailure(`${printValue(first)} can not be compared to ${printValue(second)}`, 'java.lang.IllegalArgumentException');
    if (orderOf(best, best) === null) return failed(run, name, `${printValue(list)} is not comparable`);
    for (const item of list) {
      const order = orderOf(item, best);
      if (order === null) return failed(run, name, `${printValue(list)} is not comparable`);
      if (order * wanted > 0) best = item;
    }
    return best;
  });

const logical = (name: string, zh: string, en: string, deciding: boolean) =>
  builtin(name, 'list: any...', zh, en, (_: Run, args: FeelValue[]) => {
    const list = listOf(args);
    if (list.includes(deciding)) return deciding;
    return list.every((item) => typeof item === 'boolean') ? !deciding : null;
  });

export const listBuiltins = [
  builtin('list contains', 'list: list, element: any', '列表是否包含该元素', 'Whether the list has the element', (_: Run, list: FeelValue[], element: FeelValue) => has(list, element)),
  builtin('count', 'list: list', '元素个数', 'Number of elements', (_: Run, list: FeelValue[]) => list.length),
  extreme('min', '最小值', 'Smallest value', -1),
  extreme('max', '最大值', 'Largest value', 1),
  numeric('sum', '合计', 'Sum of numbers', (numbers) => sumOf(numbers)),
  numeric('product', '乘积', 'Product of numbers', (numbers) => numbers.reduce((product, each) => multiply(product, each))),
  numeric('mean', '平均值', 'Arithmetic mean', (numbers) => divide(sumOf(numbers), numbers.length)),
  numeric('median', '中位数', 'Median', median),
  numeric('stddev', '样本标准差', 'Sample standard deviation', deviation),
  numeric('mode', '出现最多的值，升序', 'The most frequent numbers, ascending', mode),
  logical('all', '是否全部为真', 'Whether all are true', false),
  logical('and', '是否全部为真', 'Whether all are true', false),
  logical('any', '是否有任一为真', 'Whether any is true', true),
  logical('or', '是否有任一为真', 'Whether any is true', true),
  builtin('sublist', 'list: list, start position: number, length: number?', '截取子列表（位置从 1 开始，负数从末尾数）', 'Part of a list; positions start at 1, negative ones count from the end', (_: Run, list: FeelValue[], start: FeelNumber, length?: FeelNumber) => {
    const from = Math.max(0, indexOf(list, start));
    return length === undefined ? list.slice(from) : list.slice(from, from + Math.max(0, toInteger(length)));
  }),
  builtin('append', 'list: list, items: any*', '追加元素', 'The list with the items at its end', (_: Run, list: FeelValue[], items: FeelValue[]) => [...list, ...items]),
  builtin('concatenate', 'lists: any*', '连接多个列表', 'The lists one after another', (_: Run, lists: FeelValue[]) => spread(lists)),
  builtin('insert before', 'list: list, position: number, newItem: any', '在指定位置之前插入', 'The list with an item inserted before a position', (_: Run, list: FeelValue[], position: FeelNumber, item: FeelValue) => {
    const at = Math.max(0, indexOf(list, position));
    return [...list.slice(0, at), item, ...list.slice(at)];
  }),
  builtin('remove', 'list: list, position: number', '删除指定位置的元素', 'The list without the item at a position', (_: Run, list: FeelValue[], position: FeelNumber) => {
    // position 0 doubles the list in Zeebe 8.5
    if (toInteger(position) === 0) return [...list, ...list];
    const at = indexOf(list, position);
    return list.filter((__, index) => index !== at);
  }),
  builtin('reverse', 'list: list', '倒序', 'The list backwards', (_: Run, list: FeelValue[]) => [...list].reverse()),
  builtin('index of', 'list: list, match: any', '元素的所有位置（从 1 开始）', 'All positions of an element, from 1', (_: Run, list: FeelValue[], match: FeelValue) =>
    list.flatMap((item, index) => (same(item, match) ? [index + 1] : []))),
  builtin('union', 'lists: any*', '并集（去重）', 'The lists one after another, duplicates removed', (_: Run, lists: FeelValue[]) => distinct(spread(lists))),
  builtin('distinct values', 'list: list', '去重', 'The list without duplicates', (_: Run, list: FeelValue[]) => distinct(list)),
  builtin('duplicate values', 'list: list', '重复出现的元素', 'The elements that occur more than once', (_: Run, list: FeelValue[]) =>
    distinct(list.filter((item) => list.filter((other) => same(item, other)).length > 1))),
  builtin('flatten', 'list: list', '展开嵌套列表', 'The elements of nested lists in one list', (_: Run, list: FeelValue[]) => flat(list)),
  builtin('sort', 'list: list, precedes: function', '按比较函数排序', 'Sorts by a function that says whether its first argument comes first', sort),
];

function indexOf(list: FeelValue[], position: FeelNumber): number {
  const at = toInteger(position);
  return at > 0 ? at - 1 : list.length + at;
}

function sumOf(numbers: FeelNumber[]): FeelNumber {
  return numbers.reduce((sum, each) => add(sum, each));
}

function ascending(numbers: FeelNumber[]): FeelNumber[] {
  return [...numbers].sort((left, right) => orderOf(left, right) ?? 0);
}

function median(numbers: FeelNumber[]): FeelValue {
  const sorted = ascending(numbers);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : divide(add(sorted[middle - 1]!, sorted[middle]!), 2);
}

function deviation(numbers: FeelNumber[]): FeelValue {
  if (numbers.length < 2) throw new FeelFailure('Division undefined', 'java.lang.ArithmeticException');
  const mean = divide(sumOf(numbers), numbers.length)!;
  const squares = numbers.map((each) => {
    const distance = subtract(each, mean);
    return multiply(distance, distance);
  });
  return fromDouble(Math.sqrt(toDouble(divide(sumOf(squares), numbers.length - 1)!)));
}

function mode(numbers: FeelNumber[]): FeelValue {
  const counted = distinct(ascending(numbers)).map((value) => ({ value, count: numbers.filter((each) => same(each, value)).length }));
  const most = Math.max(...counted.map(({ count }) => count));
  return counted.filter(({ count }) => count === most).map(({ value }) => value);
}

function flat(list: FeelValue[]): FeelValue[] {
  return list.flatMap((item) => (Array.isArray(item) ? flat(item) : [item]));
}

function sort(run: Run, list: FeelValue[], precedes: FeelFunction): FeelValue {
  if (precedes.parameters.length !== 2) return failed(run, 'sort', `expect boolean function with 2 arguments, but found '${precedes.parameters.length}'`);
  let undecided: { answer: FeelValue } | undefined;
  const before = (left: FeelValue, right: FeelValue): boolean => {
    if (undecided !== undefined) return false;
    const answer = precedes.invoke([left, right]);
    if (typeof answer !== 'boolean') undecided = { answer };
    return answer === true;
  };
  const sorted = [...list].sort((left, right) => (before(left, right) ? -1 : before(right, left) ? 1 : 0));
  return undecided === undefined ? sorted : failed(run, 'sort', `fail to sort list by given precedes function: expected boolean but found '${printValue((undecided as { answer: FeelValue }).answer)}'`);
}
