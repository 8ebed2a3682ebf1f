import type { JsonObject, JsonValue } from '../../../contract/json.ts';
import { isLong } from './stored-row.ts';

/** So many members of a value can be told apart by the bits of a mask. */
const MOST_MEMBERS = 30;

// What a value begins with: it is the one that is known; the first of a shape, or one that has none, follows as an object, its long `value` put aside or not.
const KNOWN = -1;
const NEW_SHAPE = 0;
const NEW_SHAPE_ASIDE = 1;
const WHOLE = 2;
const WHOLE_ASIDE = 3;
// All others, by the number of their shape times three: the same as its last; a mask of other members follows, and those; a long `value` among them put aside.
const OF_SHAPE = 4;
const SAME = 0;
const CHANGED = 1;
const CHANGED_ASIDE = 2;

const NOT_OF_SHAPE = -1;

type Members = Readonly<Record<string, unknown>>;

/** Names of members in their order, and the members of the last value that had them. */
interface Shape {
  number: number;
  names: readonly string[];
  last: unknown[];
}

/**
 * Writes values as what differs from the last one with the same members, as a flat list for JSON: that of a hundred alike is a few characters each.
 * What is nested is looked at no further.
 */
export class DeltaWriter {
  /** What has been written. Others may put in between what belongs to them. */
  readonly tokens: unknown[] = [];
  private readonly shapes = new Map<string, Shape[]>();
  private count = 0;
  private readonly putAside: (long: string, group: string) => number | null;

  /** `putAside` keeps a long member `value` elsewhere, and tells under which number; null to have it among the others. */
  constructor(putAside: (long: string, group: string) => number | null) {
    this.putAside = putAside;
  }

  /** Writes a value; those of one group are compared with each other. `known`: one that its reader will have as well, and that it may be the same as. */
  write(group: string, value: Members, known?: Members): void {
    let shapes = this.shapes.get(group);
    if (shapes === undefined) this.shapes.set(group, (shapes = []));
    for (const shape of shapes) {
      const mask = differences(shape, value);
      if (mask === NOT_OF_SHAPE) continue;
      if (mask === 0) this.tokens.push(OF_SHAPE + shape.number * 3 + SAME);
      else if (known !== undefined && isAlike(known, value)) this.tokens.push(KNOWN);
      else this.writeDifferences(shape, mask, value, group);
      return;
    }
    if (known !== undefined && isAlike(known, value)) this.tokens.push(KNOWN);
    else this.writeWhole(shapes, value, group);
  }

  private writeDifferences({ number, names, last }: Shape, mask: number, value: Members, group: string): void {
    const { tokens } = this;
    const code = OF_SHAPE + number * 3;
    const at = tokens.push(code + CHANGED, mask) - 2;
    for (let left = mask; left !== 0; left &= left - 1) {
      const place = lowestBit(left);
      const name = names[place]!;
      const member = value[name];
      last[place] = member;
      const aside = name === 'value' && isLong(member) ? this.putAside(member, group) : null;
      tokens.push(aside ?? member);
      if (aside !== null) tokens[at] = code + CHANGED_ASIDE;
    }
  }

  private writeWhole(shapes: Shape[], value: Members, group: string): void {
    const names = Object.keys(value);
    const last = Object.values(value);
    const isShape = names.length <= MOST_MEMBERS && !last.includes(undefined) && !names.includes('__proto__');
    if (isShape) shapes.push({ number: this.count++, names, last });
    const aside = isLong(value['value']) ? this.putAside(value['value'], group) : null;
    if (aside === null) this.tokens.push(isShape ? NEW_SHAPE : WHOLE, value);
    else this.tokens.push(isShape ? NEW_SHAPE_ASIDE : WHOLE_ASIDE, { ...value, value: aside });
  }
}

/** Reads what a `DeltaWriter` has written. Values that are the same may be one object: they are not to be changed. */
export class DeltaReader {
  private readonly tokens: readonly JsonValue[];
  private readonly aside: (number: number) => JsonValue;
  private readonly shapes: { names: readonly string[]; last: JsonObject }[] = [];
  private at = 0;

  /** `aside`: what has been put aside under a number. */
  constructor(tokens: readonly JsonValue[], aside: (number: number) => JsonValue) {
    this.tokens = tokens;
    this.aside = aside;
  }

  /** What somebody else has put in between. */
  next(): JsonValue {
    return this.tokens[this.at++]!;
  }

  get ended(): boolean {
    return this.at >= this.tokens.length;
  }

  /** The next value. `known`: the one that was known when it was written. */
  read(known?: JsonObject): JsonObject {
    const code = this.next() as number;
    if (code === KNOWN) return known!;
    if (code < OF_SHAPE) return this.readWhole(code);
    const shape = this.shapes[Math.trunc((code - OF_SHAPE) / 3)]!;
    const change = (code - OF_SHAPE) % 3;
    if (change === SAME) return shape.last;
    const value = { ...shape.last };
    for (let left = this.next() as number; left !== 0; left &= left - 1) value[shape.names[lowestBit(left)]!] = this.next();
    if (change === CHANGED_ASIDE) value['value'] = this.aside(value['value'] as number);
    return (shape.last = value);
  }

  private readWhole(code: number): JsonObject {
    const value = this.next() as JsonObject;
    if (code === NEW_SHAPE_ASIDE || code === WHOLE_ASIDE) value['value'] = this.aside(value['value'] as number);
    if (code === NEW_SHAPE || code === NEW_SHAPE_ASIDE) this.shapes.push({ names: Object.keys(value), last: value });
    return value;
  }
}

const lowestBit = (mask: number): number => 31 - Math.clz32(mask & -mask);

/** The members in which a value differs from the last of a shape, a bit each. */
function differences({ names, last }: Shape, value: Members): number {
  let mask = 0;
  let at = 0;
  for (const name in value) {
    const member = value[name];
    if (name !== names[at] || member === undefined) return NOT_OF_SHAPE;
    if (!isSame(member, last[at])) mask |= 1 << at;
    at += 1;
  }
  return at === names.length ? mask : NOT_OF_SHAPE;
}

/** Whether two values are the same as far as a look at their members tells. */
function isAlike(one: Members, other: Members): boolean {
  if (one === other) return true;
  let more = 0;
  for (const name in one) {
    const member = one[name];
    if (member === undefined || !isSame(member, other[name])) return false;
    more += 1;
  }
  for (const _ in other) more -= 1;
  return more === 0;
}

/** What is nested is the same only when it is one object, or nothing is in either. */
const isSame = (one: unknown, other: unknown): boolean => one === other || (typeof one === 'object' && typeof other === 'object' && one !== null && other !== null && areEmpty(one, other));

function areEmpty(one: object, other: object): boolean {
  if (Array.isArray(one) || Array.isArray(other)) return Array.isArray(one) && Array.isArray(other) && one.length + other.length === 0;
  for (const _ in one) return false;
  for (const _ in other) return false;
  return true;
}
