import { BpmnModdle } from 'bpmn-moddle';
import { diff as compare } from 'bpmn-js-differ';
import zeebeModdle from 'zeebe-bpmn-moddle/resources/zeebe.json';

/** How an element differs between two diagrams. */
export interface DiagramChange {
  elementId: string;
  name: string;
  type: string;
  kind: 'added' | 'removed' | 'changed' | 'moved';
  /** Attributes that changed, old and new value as text. */
  attributes: { name: string; before: string; after: string }[];
}

interface Moddle {
  $type: string;
  id: string;
  name?: string;
}

interface Differences {
  _added: Record<string, Moddle>;
  _removed: Record<string, Moddle>;
  _changed: Record<string, { model: Moddle; attrs: Record<string, { oldValue: unknown; newValue: unknown }> }>;
  _layoutChanged: Record<string, Moddle>;
}

/** Compares two BPMN files, the published one first. Additions come first, pure moves last. */
export async function diffDiagrams(before: string, after: string): Promise<DiagramChange[]> {
  const moddle = new BpmnModdle({ zeebe: zeebeModdle });
  const [old, now] = await Promise.all([moddle.fromXML(before), moddle.fromXML(after)]);
  const { _added, _removed, _changed, _layoutChanged } = compare(old.rootElement, now.rootElement) as Differences;
  const change = (kind: DiagramChange['kind'], element: Moddle, attributes: DiagramChange['attributes'] = []): DiagramChange => ({ elementId: element.id, name: element.name ?? element.id, type: element.$type.replace('bpmn:', ''), kind, attributes });
  return [
    ...Object.values(_added).map((element) => change('added', element)),
    ...Object.values(_removed).map((element) => change('removed', element)),
    ...Object.values(_changed).map(({ model, attrs }) => change('changed', model, Object.entries(attrs ?? {}).map(attributeOf))),
    ...Object.values(_layoutChanged).filter((element) => _changed[element.id] === undefined && _added[element.id] === undefined).map((element) => change('moved', element)),
  ];
}

/** bpmn-js-differ 3.2 hands over values the wrong way round, but not parts added to or removed from a list (`property[2]`). */
function attributeOf([name, { oldValue, newValue }]: [string, { oldValue: unknown; newValue: unknown }]): DiagramChange['attributes'][number] {
  const [before, after] = /\[\w+\]$/.test(name) ? [oldValue, newValue] : [newValue, oldValue];
  return { name, before: textOf(before), after: textOf(after) };
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'object') return (value as Moddle).name ?? (value as Moddle).id ?? (value as Moddle).$type ?? '…';
  return String(value);
}
