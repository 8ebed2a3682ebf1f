import { createHash } from 'node:crypto';
import { allNodes, childOf, extensionOf, readXml, type XmlNode } from '../../projection/index.ts';

/** An expression of a diagram, with the element it belongs to. */
export interface FoundExpression {
  elementId: string | null;
  /** Without the leading `=`. */
  text: string;
}

/** What a diagram refers to; only what is written out, not what expressions compute. */
export interface ProcessReferences {
  processIds: string[];
  name: string;
  forms: { elementId: string; formId: string }[];
  decisions: { elementId: string; decisionId: string; called: boolean }[];
  processes: { elementId: string; processId: string }[];
  unassigned: { elementId: string }[];
  expressions: FoundExpression[];
}

const kept = new Map<string, unknown>();
const MAX_KEPT = 300;

/** Reads a text once while it is among the last few hundred. */
export function onceRead<T>(kind: string, content: string, read: (content: string) => T): T {
  const key = `${kind}:${createHash('sha256').update(content).digest('base64')}`;
  if (kept.has(key)) return kept.get(key) as T;
  const value = read(content);
  if (kept.size >= MAX_KEPT) kept.delete(kept.keys().next().value!);
  kept.set(key, value);
  return value;
}

/** Reads a BPMN file. Throws XmlError. */
export const processReferences = (xml: string): ProcessReferences => onceRead('process', xml, readProcess);

const expressionTexts: ReadonlySet<string> = new Set(['conditionExpression', 'timeDate', 'timeDuration', 'timeCycle', 'completionCondition']);
const plainAttributes: ReadonlySet<string> = new Set(['property', 'header', 'documentation', 'textAnnotation']);

function readProcess(xml: string): ProcessReferences {
  const root = readXml(xml);
  const processes = root.children.filter((each) => each.name === 'process');
  const found: ProcessReferences = { processIds: processes.map((each) => each.attrs['id'] ?? ''), name: processes[0]?.attrs['name'] ?? processes[0]?.attrs['id'] ?? '', forms: [], decisions: [], processes: [], unassigned: [], expressions: [] };
  for (const each of root.children) if (each.name !== 'BPMNDiagram') collect(each, null, found);
  return found;
}

function collect(node: XmlNode, around: string | null, found: ProcessReferences): void {
  const isExtension = around !== null && node.attrs['id'] === undefined;
  const elementId = isExtension ? around : (node.attrs['id'] ?? around);
  if (elementId !== null && childOf(node, 'extensionElements') !== undefined) readElement(node, elementId, found);
  if (node.name === 'userTask' && extensionOf(node, 'assignmentDefinition') === undefined) found.unassigned.push({ elementId: elementId ?? '' });
  if (expressionTexts.has(node.name) && node.text.trim().startsWith('=')) found.expressions.push({ elementId: around, text: node.text.trim().slice(1) });
  if (!plainAttributes.has(node.name)) {
    for (const [name, value] of Object.entries(node.attrs)) if (name !== 'name' && value.startsWith('=')) found.expressions.push({ elementId, text: value.slice(1) });
  }
  // Definitions of events have ids of their own; what is wrong in them is shown at the event.
  const owner = node.name.endsWith('EventDefinition') || node.name === 'multiInstanceLoopCharacteristics' ? around : elementId;
  for (const each of node.children) collect(each, owner, found);
}

function readElement(node: XmlNode, elementId: string, found: ProcessReferences): void {
  const literal = (text: string | undefined): string | null => (text === undefined || text === '' || text.startsWith('=') ? null : text);
  const formId = literal(extensionOf(node, 'formDefinition')?.attrs['formId']);
  if (formId !== null) found.forms.push({ elementId, formId });
  const decisionId = literal(extensionOf(node, 'calledDecision')?.attrs['decisionId']);
  if (decisionId !== null) found.decisions.push({ elementId, decisionId, called: true });
  const processId = literal(extensionOf(node, 'calledElement')?.attrs['processId']);
  if (processId !== null) found.processes.push({ elementId, processId });
  for (const header of extensionOf(node, 'taskHeaders')?.children ?? []) {
    const value = literal(header.attrs['value']);
    // Jobs that ask a decision (calendar.deadline) name it in a header.
    if (header.attrs['key'] === 'decisionId' && value !== null) found.decisions.push({ elementId, decisionId: value, called: false });
  }
}

/** Id, name and decisions of a DMN file. Throws XmlError. */
export const decisionGraph = (xml: string): { id: string; name: string; decisionIds: string[] } =>
  onceRead('decision', xml, () => {
    const root = readXml(xml);
    return { id: root.attrs['id'] ?? '', name: root.attrs['name'] ?? root.attrs['id'] ?? '', decisionIds: [...allNodes(root)].filter((node) => node.name === 'decision').map((node) => node.attrs['id'] ?? '') };
  });
