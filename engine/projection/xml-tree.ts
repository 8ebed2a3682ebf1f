import { Parser } from 'saxen';

/** An XML element; names without their prefix, since no two namespaces of BPMN, DMN and Zeebe clash where we read. */
export interface XmlNode {
  readonly name: string;
  readonly attrs: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  text: string;
}

/** The text is no well-formed XML. The message says where and why. */
export class XmlError extends Error {}

/** Reads XML into a tree. Throws XmlError. */
export function readXml(xml: string): XmlNode {
  const root: XmlNode = { name: '', attrs: {}, children: [], text: '' };
  const stack = [root];
  let failure: string | undefined;
  const parser = new Parser();
  parser.on('error', (error, context) => {
    failure ??= `line ${context().line + 1}: ${error.message}`;
  });
  parser.on('openTag', (name, attributes, decode) => {
    const node: XmlNode = { name: local(name), attrs: Object.fromEntries(Object.entries(attributes()).map(([key, value]) => [local(key), decode(value)])), children: [], text: '' };
    stack.at(-1)?.children.push(node);
    stack.push(node);
  });
  parser.on('closeTag', () => {
    stack.pop();
  });
  parser.on('text', (text, decode) => {
    stack.at(-1)!.text += decode(text);
  });
  parser.on('cdata', (text) => {
    stack.at(-1)!.text += text;
  });
  parser.parse(xml);
  if (failure !== undefined) throw new XmlError(failure);
  if (root.children[0] === undefined) throw new XmlError('the document has no root element');
  return root.children[0];
}

/** The first child of that name. */
export function childOf(node: XmlNode | undefined, name: string): XmlNode | undefined {
  return node?.children.find((each) => each.name === name);
}

/** The node and everything below it, in document order. */
export function* allNodes(node: XmlNode): Generator<XmlNode> {
  yield node;
  for (const each of node.children) yield* allNodes(each);
}

/** A Zeebe extension of an element, e.g. `formDefinition`. */
export function extensionOf(node: XmlNode, name: string): XmlNode | undefined {
  return childOf(childOf(node, 'extensionElements'), name);
}

/** `zeebe:properties` of an element by name. */
export function propertiesOf(node: XmlNode): Record<string, string> {
  const properties = extensionOf(node, 'properties')?.children ?? [];
  return Object.fromEntries(properties.map((each) => [each.attrs['name'] ?? '', each.attrs['value'] ?? '']));
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
