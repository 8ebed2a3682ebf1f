import type { Random } from './random.ts';

/** A piece of a process with one way in and one way out. */
export interface Block {
  first: string;
  last: string;
}

/** What all scopes of a generated process share. */
export class Shared {
  readonly random: Random;
  readonly suffix: string;
  readonly messages: string[] = [];
  readonly errors = new Set<string>();
  readonly children: string[] = [];
  /** Elements that may still be added; keeps processes small. */
  left: number;
  private numbers = 0;

  constructor(random: Random, suffix: string, size: number) {
    this.random = random;
    this.suffix = suffix;
    this.left = size;
  }

  name(kind: string): string {
    this.left -= 1;
    return `${kind}${(this.numbers += 1)}`;
  }

  /** Id of a new message that is awaited by the variable `k`. */
  message(): string {
    const id = `m${this.messages.length + 1}`;
    this.messages.push(id);
    return id;
  }
}

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

/** The elements of a process or subprocess, and the flows between them. */
export class Scope {
  readonly shared: Shared;
  private readonly elements: { id: string; tag: string; attributes: string; extensions: string; inside: string }[] = [];
  private readonly flows: { id: string; source: string; target: string; condition?: string }[] = [];

  constructor(shared: Shared) {
    this.shared = shared;
  }

  /** Adds an element; its id. `inside` are its definitions, `extensions` its extension elements. */
  add(tag: string, kind: string, { inside = '', attributes = '', extensions = '' } = {}): string {
    const id = this.shared.name(kind);
    this.elements.push({ id, tag, attributes, extensions, inside });
    return id;
  }

  flow(source: string, target: string, condition?: string): string {
    const id = `f_${source}_${target}_${this.flows.length}`;
    this.flows.push({ id, source, target, ...(condition === undefined ? {} : { condition }) });
    return id;
  }

  /** Sets attributes that are known only later. */
  attribute(id: string, text: string): void {
    const element = this.elements.find((each) => each.id === id)!;
    element.attributes += ` ${text}`;
  }

  xml(): string {
    const references = (tag: string, ids: string[]): string => ids.map((each) => `<bpmn:${tag}>${each}</bpmn:${tag}>`).join('');
    const elements = this.elements.map(({ id, tag, attributes, extensions, inside }) => {
      const incoming = references('incoming', this.flows.filter((flow) => flow.target === id).map((flow) => flow.id));
      const outgoing = references('outgoing', this.flows.filter((flow) => flow.source === id).map((flow) => flow.id));
      return `<bpmn:${tag} id="${id}" ${attributes}>${extensions === '' ? '' : `<bpmn:extensionElements>${extensions}</bpmn:extensionElements>`}${incoming}${outgoing}${inside}</bpmn:${tag}>`;
    });
    const flows = this.flows.map(({ id, source, target, condition }) => `<bpmn:sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}">${condition === undefined ? '' : `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=${escape(condition)}</bpmn:conditionExpression>`}</bpmn:sequenceFlow>`);
    return [...elements, ...flows].join('\n');
  }
}

/** Input and output mappings. */
export const mappings = (inputs: [string, string][], outputs: [string, string][]): string => {
  const line = (kind: string) => ([source, target]: [string, string]): string => `<zeebe:${kind} source="=${escape(source)}" target="${target}"/>`;
  return inputs.length + outputs.length === 0 ? '' : `<zeebe:ioMapping>${inputs.map(line('input')).join('')}${outputs.map(line('output')).join('')}</zeebe:ioMapping>`;
};

export const scriptExtension = (expression: string, result: string): string => `<zeebe:script expression="=${escape(expression)}" resultVariable="${result}"/>`;
