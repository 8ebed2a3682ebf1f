import { BPMN } from './namespaces.ts';
import { child, childrenOf, type XmlElement } from './xml.ts';

/** Notes a problem of an element. */
export type Report = (element: XmlElement, message: string) => void;

/** A BPMN file as the checks look at it: what belongs to what, and what is called how. */
export class Diagram {
  readonly root: XmlElement;
  /** Executable processes, in the order of the file. */
  readonly processes: readonly XmlElement[];
  private readonly parents = new Map<XmlElement, XmlElement>();
  private readonly ids = new Map<string, XmlElement>();
  private readonly flows = new Map<string, { incoming: XmlElement[]; outgoing: XmlElement[] }>();

  constructor(root: XmlElement) {
    this.root = root;
    this.note(root);
    this.processes = childrenOf(root, 'process', BPMN).filter((each) => each.attrs['isExecutable'] === 'true');
  }

  private note(parent: XmlElement): void {
    for (const each of parent.children) {
      this.parents.set(each, parent);
      const { id, sourceRef, targetRef } = each.attrs;
      if (each.ns === BPMN && id !== undefined) this.ids.set(id, each);
      if (each.name === 'sequenceFlow') {
        this.flowsAt(sourceRef ?? '').outgoing.push(each);
        this.flowsAt(targetRef ?? '').incoming.push(each);
      }
      this.note(each);
    }
  }

  private flowsAt(id: string): { incoming: XmlElement[]; outgoing: XmlElement[] } {
    let flows = this.flows.get(id);
    if (flows === undefined) this.flows.set(id, (flows = { incoming: [], outgoing: [] }));
    return flows;
  }

  incoming(element: XmlElement): readonly XmlElement[] {
    return this.flowsAt(element.attrs['id'] ?? '').incoming;
  }

  outgoing(element: XmlElement): readonly XmlElement[] {
    return this.flowsAt(element.attrs['id'] ?? '').outgoing;
  }

  byId(id: string | undefined): XmlElement | undefined {
    return id === undefined ? undefined : this.ids.get(id);
  }

  parentOf(element: XmlElement): XmlElement | undefined {
    return this.parents.get(element);
  }

  /** All elements inside of one, outer before inner. */
  *within(element: XmlElement): Iterable<XmlElement> {
    for (const each of element.children) {
      yield each;
      yield* this.within(each);
    }
  }

  /** Id of an element; of one without id the way to it: `a > extensionElements > script`. */
  pathOf(element: XmlElement): string {
    if (element === this.root) return element.name;
    const id = element.ns === BPMN ? element.attrs['id'] : undefined;
    const parent = this.parents.get(element);
    return id ?? (parent === undefined ? element.name : `${this.pathOf(parent)} > ${element.name}`);
  }
}

/** The event definitions of an event, in order. */
export const eventDefinitionsOf = (event: XmlElement): XmlElement[] => event.children.filter((each) => each.ns === BPMN && each.name.endsWith('EventDefinition'));

/** The start events of a process or subprocess. */
export const startEventsOf = (scope: XmlElement): XmlElement[] => childrenOf(scope, 'startEvent', BPMN);

export const isEventSubprocess = (element: XmlElement): boolean => element.name === 'subProcess' && element.attrs['triggeredByEvent'] === 'true';

/** The elements of a namespace inside of an element's extensions. */
export function extensionsOf(element: XmlElement, name: string, ns: string): XmlElement[] {
  const extensions = child(element, 'extensionElements', BPMN);
  return extensions === undefined ? [] : childrenOf(extensions, name, ns);
}
