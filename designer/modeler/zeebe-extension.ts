import type { BpmnElement, BusinessObject, ModelerServices } from './services.ts';

/** An extension of an element, e.g. `zeebe:AssignmentDefinition`. */
export function extensionOf(element: BpmnElement, type: string): BusinessObject | undefined {
  return element.businessObject.extensionElements?.values?.find((each) => each.$type === type);
}

/** Sets attributes of an extension as one undoable step; makes it when missing, drops it when nothing is left of it. */
export function setExtension(services: ModelerServices, element: BpmnElement, type: string, attributes: Record<string, string | undefined>): void {
  const [modeling, factory] = [services.get('modeling'), services.get('bpmnFactory')];
  const before = element.businessObject.extensionElements;
  const values = before?.values ?? [];
  const present = values.find((each) => each.$type === type);
  const merged = { ...Object.fromEntries(Object.keys(attributes).map((name) => [name, present?.get(name) as string | undefined])), ...attributes };
  const empty = Object.values(merged).every((value) => value === undefined || value === '') && !hasMore(present, Object.keys(attributes));
  if (present !== undefined && !empty) {
    modeling.updateModdleProperties(element, present, attributes);
    return;
  }
  if (empty && present === undefined) return;
  const kept = values.filter((each) => each !== present);
  const next = empty ? kept : [...kept, factory.create(type, attributes)];
  const container = factory.create('bpmn:ExtensionElements', { values: next });
  for (const each of next) each['$parent'] = container;
  container['$parent'] = element.businessObject;
  modeling.updateProperties(element, { extensionElements: next.length === 0 ? undefined : container });
}

function hasMore(present: BusinessObject | undefined, names: string[]): boolean {
  if (present === undefined) return false;
  const own = Object.keys(present).filter((name) => !name.startsWith('$') && !names.includes(name));
  return own.some((name) => present[name] !== undefined && present[name] !== '');
}
