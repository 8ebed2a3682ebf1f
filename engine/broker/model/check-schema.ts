import { BPMN } from './namespaces.ts';
import { ATTRIBUTES, BOOLEANS, ORDERS, REFERENCES, REQUIRED, type Order } from './schema-tables.ts';
import type { XmlElement } from './xml.ts';

const NCNAME = /^[\p{L}_][\p{L}\p{N}\p{M}._\-·]*$/u;

/**
 * The first thing the BPMN schema forbids in a file, as Zeebe's validator words it; undefined when there is none. Of the schema this is the
 * part of executable processes: order and kind of children, attributes, ids and references to them.
 */
export function checkSchema(root: XmlElement): string | undefined {
  if (root.ns !== BPMN || root.name !== 'definitions') return `cvc-elt.1.a: Cannot find the declaration of element '${root.written}'.`;
  const ids = new Set<string>();
  const references: string[] = [];
  const problem = checkTree(root, ids, references);
  if (problem !== undefined) return problem;
  const unbound = references.find((each) => !ids.has(each));
  return unbound === undefined ? undefined : `cvc-id.1: There is no ID/IDREF binding for IDREF '${unbound}'.`;
}

function checkTree(element: XmlElement, ids: Set<string>, references: string[]): string | undefined {
  const own = checkAttributes(element, ids) ?? checkText(element);
  if (own !== undefined) return own;
  for (const name of [...(REFERENCES[element.name] ?? []), ...REFERENCES['*']!]) if (element.attrs[name] !== undefined) references.push(element.attrs[name]);
  const order = ORDERS[element.name];
  let place = 0;
  let taken = false;
  for (const each of element.children) {
    if (order !== undefined && each.ns === BPMN) {
      const found = placeOf(order, each.name, place, taken);
      if (found === undefined) return unexpected(element, order, place, taken, each);
      taken = true;
      place = found;
    }
    if (each.ns !== BPMN || each.name === 'extensionElements') continue;
    const problem = checkTree(each, ids, references);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Where a child may stand at or behind a place; undefined when nowhere. */
function placeOf(order: Order, name: string, from: number, taken: boolean): number | undefined {
  for (let at = from; at < order.length; at += 1) {
    const once = order[at]!.endsWith('?');
    if (order[at]!.replace('?', '').split('|').includes(name)) {
      if (!(once && taken && at === from)) return at;
    }
  }
  return undefined;
}

function unexpected(element: XmlElement, order: Order, place: number, taken: boolean, found: XmlElement): string {
  const expected = order.slice(place).filter((each, at) => !(at === 0 && taken && each.endsWith('?'))).flatMap((each) => each.replace('?', '').split('|'));
  if (expected.length === 0) return `cvc-complex-type.2.4.d: Invalid content was found starting with element '${found.written}'. No child element is expected at this point.`;
  return `cvc-complex-type.2.4.a: Invalid content was found starting with element '{"${found.ns}":${found.name}}'. One of '{${expected.map((each) => `"${element.ns}":${each}`).join(', ')}}' is expected.`;
}

function checkAttributes({ name, written, attrs, ns }: XmlElement, ids: Set<string>): string | undefined {
  const known = ATTRIBUTES.get(name);
  for (const [attribute, value] of Object.entries(attrs)) {
    if (attribute.startsWith('{')) continue;
    if (known !== undefined && ns === BPMN && !known.has(attribute)) return `cvc-complex-type.3.2.2: Attribute '${attribute}' is not allowed to appear in element '${written}'.`;
    if (attribute === 'id' && !NCNAME.test(value)) return `cvc-datatype-valid.1.2.1: '${value}' is not a valid value for 'NCName'.`;
    if (BOOLEANS.has(attribute) && !/^(?:true|false|1|0)$/.test(value.trim())) return `cvc-datatype-valid.1.2.1: '${value}' is not a valid value for 'boolean'.`;
    if (attribute === 'id' && ids.has(value)) return `cvc-id.2: There are multiple occurrences of ID value '${value}'.`;
    if (attribute === 'id') ids.add(value);
  }
  const missing = (REQUIRED[name] ?? []).find((attribute) => attrs[attribute] === undefined);
  return missing === undefined ? undefined : `cvc-complex-type.4: Attribute '${missing}' must appear on element '${written}'.`;
}

function checkText({ name, written, text }: XmlElement): string | undefined {
  if (ORDERS[name] === undefined || text.trim() === '') return undefined;
  return `cvc-complex-type.2.3: Element '${written}' cannot have character [children], because the type's content type is element-only.`;
}
