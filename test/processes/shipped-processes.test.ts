import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import { feelProblem } from '../../engine/contract/forms/index.ts';
import { shippedWorkers } from '../../engine/workers/index.ts';

// These two packages bring no types.
const { validateZeebe } = (await import('@bpmn-io/element-templates-validator' as string)) as { validateZeebe(template: unknown): { valid: boolean; errors?: unknown } };
const { BpmnModdle } = (await import('bpmn-moddle' as string)) as { BpmnModdle: new (extensions: object) => { fromXML(xml: string): Promise<{ rootElement: Element; elementsById: Record<string, Element>; warnings: unknown[] }> } };

/** What moddle gives for an element; only what is looked at. */
interface Element {
  $type: string;
  id: string;
  name?: string;
  [member: string]: unknown;
}
interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

const root = path.resolve(import.meta.dirname, '../..');
const list = (folder: string, ending: string): string[] => readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(ending)).sort();
const text = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const diagrams = await Promise.all(
  list('processes', '.bpmn').map(async (file) => {
    const moddle = new BpmnModdle({ zeebe });
    const { rootElement, elementsById, warnings } = await moddle.fromXML(text(`processes/${file}`));
    return { file, rootElement, elements: Object.values(elementsById), warnings };
  }),
);
const own = new Set(['complaint_handling', 'identity_verification', 'rectification', 'customer_feedback', 'service_improvement', 'staff_training', 'security_incident', 'violation_accountability', 'risk_incident', 'emergency_drill', 'service_change', 'satisfaction_survey', 'service_followup', 'service_termination', 'service_consultation', 'service_appointment', 'service_application', 'information_release', 'process_change', 'risk_assessment', 'quality_assessment', 'supervision_inspection']);
const mine = diagrams.filter(({ file }) => own.has(path.dirname(file)));
const formIds = new Set(list('forms', '.form').map((file) => path.basename(file, '.form')));
const decisionIds = new Set(list('processes', '.dmn').flatMap((file) => [...text(`processes/${file}`).matchAll(/<decision id="(\w+)"/g)].map((found) => found[1]!)));
const processIds = new Set(diagrams.flatMap(({ elements }) => elements.filter((one) => one.$type === 'bpmn:Process').map((one) => one.id)));
const jobTypes = new Set(shippedWorkers.map((worker) => worker.type));

/** Extension elements of all elements, with their owner. */
function extensions(elements: readonly Element[], type: string): { owner: Element; value: Record<string, unknown> }[] {
  return elements.flatMap((owner) => ((owner['extensionElements'] as { values?: Element[] } | undefined)?.values ?? []).filter((value) => value.$type === type).map((value) => ({ owner, value })));
}

describe.each(mine)('$file', ({ file, elements, warnings, rootElement }) => {
  const flowNodes = elements.filter((one) => /Event$|Task$|Gateway$|SubProcess$|CallActivity$/.test(one.$type));

  test('has an English name beside every Chinese one', () => {
    const english = new Set(extensions(elements, 'zeebe:Properties').filter(({ value }) => (value['properties'] as { name: string }[]).some((one) => one.name === 'nameEn')).map(({ owner }) => owner.id));
    const named = [...flowNodes, ...elements.filter((one) => one.$type === 'bpmn:SequenceFlow' || one.$type === 'bpmn:Process')].filter((one) => one.name);
    expect(named.filter((one) => !english.has(one.id)).map((one) => one.id)).toEqual([]);
  });

  test('is read without a warning, for Zeebe 8.5, in the folder of its process id', () => {
    expect(warnings).toEqual([]);
    const attributes = rootElement['$attrs'] as Record<string, string>;
    expect(attributes['modeler:executionPlatform']).toBe('Camunda Cloud');
    expect(attributes['modeler:executionPlatformVersion']).toBe('8.5.0');
    expect(elements.filter((one) => one.$type === 'bpmn:Process').map((one) => one.id)).toEqual([path.dirname(file)]);
  });

  test('refers only to forms, decisions, processes and job types that are shipped', () => {
    for (const { owner, value } of extensions(elements, 'zeebe:FormDefinition')) expect(formIds.has(String(value['formId'])), `${owner.id}: ${String(value['formId'])}`).toBe(true);
    for (const { owner, value } of extensions(elements, 'zeebe:CalledDecision')) expect(decisionIds.has(String(value['decisionId'])), owner.id).toBe(true);
    for (const { owner, value } of extensions(elements, 'zeebe:CalledElement')) expect(processIds.has(String(value['processId'])), owner.id).toBe(true);
    for (const { owner, value } of extensions(elements, 'zeebe:TaskDefinition')) expect(jobTypes.has(String(value['type'])), `${owner.id}: ${String(value['type'])}`).toBe(true);
    for (const { owner, value } of extensions(elements, 'zeebe:TaskHeaders')) {
      const headers = Object.fromEntries((value['values'] as { key: string; value: string }[]).map((one) => [one.key, one.value]));
      if (headers['decisionId'] !== undefined) expect(decisionIds.has(headers['decisionId']), owner.id).toBe(true);
      if (headers['processId'] !== undefined) expect(processIds.has(headers['processId']), owner.id).toBe(true);
    }
  });

  test('holds only expressions that can be read', () => {
    for (const found of text(`processes/${file}`).matchAll(/(?:source|correlationKey|expression|inputCollection|outputElement|assignee|candidateGroups|dueDate)="=([^"]*)"|tFormalExpression">=([^<]*)</g)) {
      const source = (found[1] ?? found[2] ?? '').replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
      expect(feelProblem(source), source).toBeNull();
    }
  });

  test('has one default and a condition on every other exit of each deciding gateway', () => {
    for (const gateway of flowNodes.filter((one) => /ExclusiveGateway|InclusiveGateway/.test(one.$type))) {
      const exits = gateway['outgoing'] as Element[];
      if (exits.length < 2) continue;
      expect(gateway['default'], gateway.id).toBeDefined();
      expect(exits.filter((one) => one['conditionExpression'] === undefined).map((one) => one.id), gateway.id).toEqual([(gateway['default'] as Element).id]);
    }
  });

  test('names its steps in both languages and has a form behind every person’s task', () => {
    const english = new Map(extensions(elements, 'zeebe:Properties').map(({ owner, value }) => [owner.id, (value['properties'] as { name: string; value: string }[]).find((one) => one.name === 'nameEn')?.value]));
    const withForm = new Set(extensions(elements, 'zeebe:FormDefinition').map(({ owner }) => owner.id));
    for (const task of flowNodes.filter((one) => /Task$|CallActivity$/.test(one.$type))) {
      expect(task.name, task.id).toMatch(/[\u4e00-\u9fff]/);
      expect(english.get(task.id), task.id).toBeTruthy();
      if (task.$type === 'bpmn:UserTask') expect(withForm.has(task.id), task.id).toBe(true);
    }
  });

  test('is drawn: every node once, none over another, every flow with its way', () => {
    const shapes = elements
      .filter((one) => one.$type === 'bpmndi:BPMNShape')
      .map((one) => ({ node: one['bpmnElement'] as Element, bounds: one['bounds'] as Bounds }))
      .filter(({ node }) => node.$type !== 'bpmn:Participant' && node.$type !== 'bpmn:Lane');
    expect(shapes.map((one) => one.node.id).sort()).toEqual(flowNodes.map((one) => one.id).sort());
    const edges = new Set(elements.filter((one) => one.$type === 'bpmndi:BPMNEdge').map((one) => (one['bpmnElement'] as Element).id));
    for (const flow of elements.filter((one) => one.$type === 'bpmn:SequenceFlow')) expect(edges.has(flow.id), flow.id).toBe(true);
    const boxes = shapes.filter((one) => one.node.$type !== 'bpmn:BoundaryEvent');
    for (const [index, a] of boxes.entries()) {
      for (const b of boxes.slice(index + 1)) if (a.node['$parent'] === b.node['$parent']) expect(overlap(a.bounds, b.bounds), `${a.node.id} over ${b.node.id}`).toBe(false);
    }
  });
});

function overlap(a: Bounds, b: Bounds): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe('element templates', () => {
  test('there is a valid one for every shipped job type, and no other', () => {
    const files = list('processes/element-templates', '.json').filter((file) => jobTypes.has(file.replace(/\.json$/, '')));
    expect(files.map((file) => file.replace(/\.json$/, ''))).toEqual([...jobTypes].sort());
    for (const file of files) {
      const { valid, errors } = validateZeebe(JSON.parse(text(`processes/element-templates/${file}`)));
      expect(valid, `${file}: ${JSON.stringify(errors)}`).toBe(true);
    }
  });
});
