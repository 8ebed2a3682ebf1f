/** Adds to every element of a test diagram the `incoming` and `outgoing` references that modelers write and Zeebe's checks count. */
export function withFlowReferences(text: string): string {
  const xml = withAssociationsLast(withNamedFlows(text));
  const references = new Map<string, string>();
  const add = (id: string, kind: 'incoming' | 'outgoing', flow: string): void => void references.set(id, `${references.get(id) ?? ''}<bpmn:${kind}>${flow}</bpmn:${kind}>`);
  const flows = [...xml.matchAll(/<bpmn:sequenceFlow id="([^"]+)" sourceRef="([^"]+)" targetRef="([^"]+)"/g)];
  // The schema wants all incoming before all outgoing.
  for (const [, flow, , target] of flows) add(target!, 'incoming', flow!);
  for (const [, flow, source] of flows) add(source!, 'outgoing', flow!);
  return xml.replace(/<bpmn:(\w+) id="([^"]+)"([^>]*?)(\/?)>(<bpmn:documentation>.*?<\/bpmn:documentation>)?(<bpmn:extensionElements>.*?<\/bpmn:extensionElements>)?/gs, (whole, tag: string, id: string, attributes: string, closed: string, documentation = '', extensions = '') => {
    const refs = references.get(id);
    if (refs === undefined || tag === 'sequenceFlow') return whole;
    const open = `<bpmn:${tag} id="${id}"${attributes}>`;
    return closed === '/' ? `${open}${refs}</bpmn:${tag}>` : `${open}${documentation}${extensions}${refs}`;
  });
}

/** Flows without an id of their own are called after their ends, so that records can be read and compared. */
function withNamedFlows(xml: string): string {
  const used = new Map<string, number>();
  return xml.replace(/<bpmn:sequenceFlow id="flow_\d+" sourceRef="([^"]+)" targetRef="([^"]+)"/g, (_whole, source: string, target: string) => {
    const name = `${source}_to_${target}`;
    used.set(name, (used.get(name) ?? 0) + 1);
    return `<bpmn:sequenceFlow id="${name}${used.get(name) === 1 ? '' : `_${used.get(name)}`}" sourceRef="${source}" targetRef="${target}"`;
  });
}

/** The schema wants associations behind everything else of their scope. */
function withAssociationsLast(xml: string): string {
  const waiting: string[][] = [[]];
  return xml.replace(/<bpmn:association [^>]*\/>|<bpmn:(?:subProcess|process)\b[^>]*>|<\/bpmn:(?:subProcess|process)>/g, (tag) => {
    if (tag.startsWith('<bpmn:association')) waiting.at(-1)!.push(tag);
    else if (!tag.startsWith('</')) waiting.push([]);
    else return waiting.pop()!.join('') + tag;
    return tag.startsWith('<bpmn:association') ? '' : tag;
  });
}
