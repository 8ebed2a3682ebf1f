import { allNodes, childOf, extensionOf, propertiesOf, readXml, XmlError, type XmlNode } from './xml-tree.ts';

/** What pages show of an element: its name in both languages. */
export interface ElementName {
  name: string;
  nameEn: string | null;
}

/** What the read model lifts out of a process's diagram. */
export interface ProcessOutline {
  name: string;
  nameEn: string | null;
  /** Letter and number of the manual (`zeebe:property` `manualCode`). */
  code: string | null;
  description: string | null;
  elements: Record<string, ElementName>;
  /** True when it has a none start event. */
  startable: boolean;
  /** Form of its none start event. */
  startFormId: string | null;
  /** Groups that may start it (`startGroups`, separated by commas); null: all staff. */
  startGroups: string[] | null;
}

/** Reads a process out of its BPMN file. What the file does not say is null; an unreadable file has no names. */
export function readOutline(xml: string, bpmnProcessId: string): ProcessOutline {
  const process = findProcess(xml, bpmnProcessId);
  if (process === undefined) return { name: bpmnProcessId, nameEn: null, code: null, description: null, elements: {}, startable: false, startFormId: null, startGroups: null };
  const properties = propertiesOf(process);
  const start = process.children.find((each) => each.name === 'startEvent' && !each.children.some((child) => child.name.endsWith('EventDefinition')));
  const groups = properties['startGroups']?.split(',').map((each) => each.trim()).filter((each) => each !== '');
  return {
    name: process.attrs['name'] || bpmnProcessId,
    nameEn: properties['nameEn'] ?? null,
    code: properties['manualCode'] ?? null,
    // The first line is for those who start a case; what follows is for process owners.
    description: childOf(process, 'documentation')?.text.trim().split('\n')[0] || null,
    elements: elementNames(process),
    startable: start !== undefined,
    startFormId: (start && extensionOf(start, 'formDefinition')?.attrs['formId']) ?? null,
    startGroups: groups === undefined || groups.length === 0 ? null : groups,
  };
}

function findProcess(xml: string, bpmnProcessId: string): XmlNode | undefined {
  try {
    return readXml(xml).children.find((each) => each.name === 'process' && each.attrs['id'] === bpmnProcessId);
  } catch (error) {
    // The engine has accepted it, so the projection must not stop over it: ids stand in for names.
    if (error instanceof XmlError) return undefined;
    throw error;
  }
}

function elementNames(process: XmlNode): Record<string, ElementName> {
  const names: Record<string, ElementName> = {};
  for (const node of allNodes(process)) {
    const id = node.attrs['id'];
    if (id === undefined || node.attrs['name'] === undefined || node.attrs['name'] === '') continue;
    names[id] = { name: node.attrs['name'].replace(/\s+/g, ' '), nameEn: propertiesOf(node)['nameEn'] ?? null };
  }
  return names;
}
