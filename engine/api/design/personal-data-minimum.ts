import type { FormComponent } from '../../contract/forms/index.ts';
import { allNodes, childOf, readXml } from '../../projection/index.ts';
import { isPersonalName } from '../masking.ts';
import { onceRead } from './read-resources.ts';
import { contentOf, decisionsIn, type ResourceState } from './resource-states.ts';

/** The decision that says which personal data a procedure may collect (S0 3.2: the minimum necessary). */
const DECISION = 'personal_data_minimum';

/**
 * Fields of a form that hold personal data (marked `pii`, or of a name that always does) and that the procedure may not collect:
 * those `personal_data_minimum`, as its draft stands, does not list for it. A procedure it does not name may collect none; without
 * the decision nothing is held against it.
 */
export function excessFields(components: readonly FormComponent[], all: readonly ResourceState[], bpmnProcessId: string): { id: string; key: string }[] {
  const decision = all.find((each) => each.kind === 'decision' && decisionsIn(each).includes(DECISION));
  if (decision === undefined) return [];
  const permitted = permittedFields(contentOf(decision)).get(bpmnProcessId) ?? new Set<string>();
  return personalFields(components).filter(({ key }) => !permitted.has(key));
}

/** Personal data a form collects; what it only shows is no collecting. */
function personalFields(components: readonly FormComponent[]): { id: string; key: string }[] {
  return components.flatMap((component) => {
    const inner = Array.isArray(component.components) ? personalFields(component.components) : [];
    const key = component.key;
    const collects = key !== undefined && component['readonly'] !== true && component['disabled'] !== true && (component.properties?.['pii'] === 'true' || isPersonalName(key));
    return collects ? [{ id: component.id, key }, ...inner] : inner;
  });
}

/** The table as process → permitted fields. What is not written as a plain text or list of texts permits nothing. */
const permittedFields = (xml: string): ReadonlyMap<string, ReadonlySet<string>> =>
  onceRead('personal-data-minimum', xml, (content) => {
    const found = new Map<string, Set<string>>();
    for (const rule of [...allNodes(readXml(content))].filter((node) => node.name === 'rule')) {
      const texts = (name: string): unknown[] => rule.children.filter((node) => node.name === name).map((node) => plain(childOf(node, 'text')?.text.trim() ?? ''));
      const [process] = texts('inputEntry');
      const [fields] = texts('outputEntry');
      if (typeof process !== 'string' || !Array.isArray(fields)) continue;
      const before = found.get(process) ?? new Set<string>();
      for (const field of fields) if (typeof field === 'string') before.add(field);
      found.set(process, before);
    }
    return found;
  });

function plain(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not a literal: an expression nobody can hold a form against.
    return null;
  }
}
