import { orderOf } from '../compare.ts';
import type { Run } from '../evaluation.ts';
import { FeelRange } from '../value.ts';
import type { FeelValue } from '../value.ts';
import { builtin, illegal } from './registry.ts';
import type { Builtin } from './registry.ts';

// a point is the range from itself to itself, so one comparison serves both
type Relation = (left: FeelRange, right: FeelRange) => boolean;
type Kind = 'point' | 'range';

const before: Relation = (a, b) => order(a.end, b.start) < 0 || (order(a.end, b.start) === 0 && !(a.endIncluded && b.startIncluded));
const meets: Relation = (a, b) => order(a.end, b.start) === 0 && a.endIncluded && b.startIncluded;
const startsNotBefore: Relation = (a, b) => order(a.start, b.start) > 0 || (order(a.start, b.start) === 0 && (b.startIncluded || !a.startIncluded));
const endsNotAfter: Relation = (a, b) => order(a.end, b.end) < 0 || (order(a.end, b.end) === 0 && (b.endIncluded || !a.endIncluded));
const during: Relation = (a, b) => startsNotBefore(a, b) && endsNotAfter(a, b);
const sameStart: Relation = (a, b) => order(a.start, b.start) === 0 && a.startIncluded === b.startIncluded;
const sameEnd: Relation = (a, b) => order(a.end, b.end) === 0 && a.endIncluded === b.endIncluded;
const starts: Relation = (a, b) => sameStart(a, b) && endsNotAfter(a, b);
const finishes: Relation = (a, b) => sameEnd(a, b) && startsNotBefore(a, b);
const overlaps: Relation = (a, b) => !before(a, b) && !before(b, a);
const overlapsBefore: Relation = (a, b) => overlaps(a, b) && startsNotBefore(b, a) && !sameStart(a, b) && endsNotAfter(a, b);
const coincides: Relation = (a, b) => sameStart(a, b) && sameEnd(a, b);
const swapped = (relation: Relation): Relation => (a, b) => relation(b, a);

export const rangeBuiltins = [
  ...relation('before', '是否在其之前', 'Whether it ends before the other starts', before, ['point,point', 'point,range', 'range,point', 'range,range']),
  ...relation('after', '是否在其之后', 'Whether it starts after the other ends', swapped(before), ['point,point', 'point,range', 'range,point', 'range,range']),
  ...relation('meets', '末端是否恰好接上另一始端', 'Whether its end is the start of the other', meets, ['range,range']),
  ...relation('met by', '始端是否恰好接上另一末端', 'Whether its start is the end of the other', swapped(meets), ['range,range']),
  ...relation('overlaps', '是否重叠', 'Whether the two share a value', overlaps, ['range,range']),
  ...relation('overlaps before', '是否先开始并重叠', 'Whether it starts first and overlaps the other', overlapsBefore, ['range,range']),
  ...relation('overlaps after', '是否后结束并重叠', 'Whether it overlaps the other and ends last', swapped(overlapsBefore), ['range,range']),
  ...relation('finishes', '是否与其同时结束', 'Whether it ends where the other ends', finishes, ['point,range', 'range,range']),
  ...relation('finished by', '其是否与本区间同时结束', 'Whether the other ends where it ends', swapped(finishes), ['range,point', 'range,range']),
  ...relation('includes', '是否包含', 'Whether the other lies inside it', swapped(during), ['range,point', 'range,range']),
  ...relation('during', '是否位于其中', 'Whether it lies inside the other', during, ['point,range', 'range,range']),
  ...relation('starts', '是否与其同时开始', 'Whether it starts where the other starts', starts, ['point,range', 'range,range']),
  ...relation('started by', '其是否与本区间同时开始', 'Whether the other starts where it starts', swapped(starts), ['range,point', 'range,range']),
  ...relation('coincides', '是否相同', 'Whether the two are the same', coincides, ['point,point', 'range,range', 'point,range', 'range,point'], false),
];

function relation(name: string, zh: string, en: string, holds: Relation, kinds: string[], ofDifferentKinds?: boolean): Builtin[] {
  const names: Record<Kind, string> = { point: 'point', range: 'range' };
  return kinds.map((pair) => {
    const [left, right] = pair.split(',') as [Kind, Kind];
    const signature = left === right ? `${names[left]}1: any, ${names[right]}2: any` : `${names[left]}: any, ${names[right]}: any`;
    return builtin(name, signature, zh, en, (run: Run, a: FeelValue, b: FeelValue) => {
      if (!kinds.includes(`${kindOf(a)},${kindOf(b)}`) || !comparable(a, b)) return illegal({ name }, [a, b], run);
      if (ofDifferentKinds !== undefined && kindOf(a) !== kindOf(b)) return ofDifferentKinds;
      return holds(rangeOf(a), rangeOf(b));
    });
  });
}

function kindOf(value: FeelValue): Kind {
  return value instanceof FeelRange ? 'range' : 'point';
}

function rangeOf(value: FeelValue): FeelRange {
  return value instanceof FeelRange ? value : new FeelRange(value, value, true, true);
}

function comparable(a: FeelValue, b: FeelValue): boolean {
  const [left, right] = [rangeOf(a), rangeOf(b)];
  return [left.start, left.end, right.start, right.end].every((end) => typeof end !== 'string' && orderOf(end, left.start) !== null);
}

function order(left: FeelValue, right: FeelValue): number {
  return orderOf(left, right) ?? Number.NaN;
}
