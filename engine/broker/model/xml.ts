import { Parser } from 'saxen';

/** One XML element with its namespace resolved. Order of `children` is document order. */
export interface XmlElement {
  /** Namespace URI; `''` when none applies. */
  readonly ns: string;
  /** Local name, without prefix. */
  readonly name: string;
  /** Name as written, with prefix. */
  readonly written: string;
  /** Attributes by local name; those of a foreign namespace by `{uri}name`. */
  readonly attrs: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  /** Text directly inside this element, entities and CDATA resolved. */
  text: string;
}

/** The document is not well-formed XML. The message says where and what. */
export class XmlSyntaxError extends Error {}

/**
 * Reads XML into a tree, synchronously. External entities and DOCTYPEs are ignored.
 * @throws XmlSyntaxError when the text is not well-formed or has no root element.
 */
export function parseXml(xml: string): XmlElement {
  const root: XmlElement = { ns: '', name: '#document', written: '#document', attrs: {}, children: [], text: '' };
  const stack: XmlElement[] = [root];
  const scopes: Record<string, string>[] = [{ xml: 'http://www.w3.org/XML/1998/namespace' }];
  let failure: string | undefined;
  const parser = new Parser();
  parser.on('error', (error: Error, context: () => { line: number; column: number }) => {
    const { line, column } = context();
    failure ??= `line ${line + 1}, column ${column + 1}: ${error.message}`;
  });
  parser.on('openTag', (qualified: string, attrGetter: () => Record<string, string>, decode: (text: string) => string) => {
    const raw = attrGetter();
    let scope = scopes[scopes.length - 1]!;
    const declared = Object.entries(raw).filter(([key]) => key === 'xmlns' || key.startsWith('xmlns:'));
    if (declared.length > 0) {
      scope = { ...scope };
      for (const [key, uri] of declared) scope[key === 'xmlns' ? '' : key.slice(6)] = decode(uri);
    }
    scopes.push(scope);
    const [ns, name] = resolve(qualified, scope, scope[''] ?? '');
    const attrs: Record<string, string> = {};
    for (const [key, value] of Object.entries(raw)) {
      if (key === 'xmlns' || key.startsWith('xmlns:')) continue;
      const [attrNs, attrName] = resolve(key, scope, '');
      attrs[attrNs === '' || attrNs === ns ? attrName : `{${attrNs}}${attrName}`] = decode(value);
    }
    const element: XmlElement = { ns, name, written: qualified, attrs, children: [], text: '' };
    stack[stack.length - 1]!.children.push(element);
    stack.push(element);
  });
  parser.on('closeTag', () => {
    stack.pop();
    scopes.pop();
  });
  parser.on('text', (value: string, decode: (text: string) => string) => {
    stack[stack.length - 1]!.text += decode(value);
  });
  parser.on('cdata', (value: string) => {
    stack[stack.length - 1]!.text += value;
  });
  parser.parse(xml);
  if (failure !== undefined) throw new XmlSyntaxError(failure);
  const first = root.children[0];
  if (first === undefined) throw new XmlSyntaxError('the document has no root element');
  return first;
}

function resolve(qualified: string, scope: Record<string, string>, fallback: string): [string, string] {
  const colon = qualified.indexOf(':');
  if (colon < 0) return [fallback, qualified];
  return [scope[qualified.slice(0, colon)] ?? '', qualified.slice(colon + 1)];
}

/** The first child of that name, in any namespace unless one is given. */
export function child(element: XmlElement, name: string, ns?: string): XmlElement | undefined {
  return element.children.find((each) => each.name === name && (ns === undefined || each.ns === ns));
}

/** All children of that name, in document order. */
export function childrenOf(element: XmlElement, name: string, ns?: string): XmlElement[] {
  return element.children.filter((each) => each.name === name && (ns === undefined || each.ns === ns));
}
