import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { allNodes, extensionOf, propertiesOf, readXml, type XmlNode } from '../../engine/projection/index.ts';

/** The procedures of the manual with more than one post, each with the lanes of its duties (S1 5.2). */
const procedures = ['complaint_handling', 'service_appointment', 'service_application', 'service_change', 'service_followup', 'service_termination', 'risk_incident', 'security_incident', 'emergency_drill', 'violation_accountability', 'identity_verification', 'customer_feedback', 'satisfaction_survey', 'rectification', 'information_release'];

interface Box {
  x: number;
  y: number;
  right: number;
  bottom: number;
}

const TAG = /Event$|Task$|Gateway$|^subProcess$|^callActivity$|^task$/;

function read(id: string): { process: XmlNode; lanes: XmlNode[]; nodes: XmlNode[]; boxes: Map<string, Box>; ways: Map<string, { x: number; y: number }[]> } {
  const root = readXml(readFileSync(path.resolve(import.meta.dirname, '../../processes', id, `${id.replaceAll('_', '-')}.bpmn`), 'utf8'));
  const process = root.children.find((node) => node.name === 'process')!;
  const all = [...allNodes(root)];
  const boxOf = (shape: XmlNode): Box => {
    const { x, y, width, height } = shape.children.find((node) => node.name === 'Bounds')!.attrs as Record<string, string>;
    return { x: Number(x), y: Number(y), right: Number(x) + Number(width), bottom: Number(y) + Number(height) };
  };
  return {
    process,
    lanes: all.filter((node) => node.name === 'lane'),
    nodes: process.children.filter((node) => TAG.test(node.name)),
    boxes: new Map(all.filter((node) => node.name === 'BPMNShape').map((shape) => [shape.attrs['bpmnElement']!, boxOf(shape)])),
    ways: new Map(all.filter((node) => node.name === 'BPMNEdge').map((edge) => [edge.attrs['bpmnElement']!, edge.children.filter((node) => node.name === 'waypoint').map((point) => ({ x: Number(point.attrs['x']), y: Number(point.attrs['y']) }))])),
  };
}

const refsOf = (lane: XmlNode): string[] => lane.children.filter((node) => node.name === 'flowNodeRef').map((node) => node.text.trim());
const inside = (box: Box, around: Box): boolean => box.x >= around.x && box.y >= around.y && box.right <= around.right && box.bottom <= around.bottom;

describe.each(procedures)('%s', (id) => {
  const { lanes, nodes, boxes, process, ways } = read(id);

  test('has lanes with names in both languages, and every step in exactly one', () => {
    expect(lanes.length).toBeGreaterThan(1);
    expect(lanes.filter((lane) => !lane.attrs['name'] || !propertiesOf(lane)['nameEn']).map((lane) => lane.attrs['id'])).toEqual([]);
    expect(lanes.flatMap(refsOf).sort()).toEqual(nodes.map((node) => node.attrs['id']!).sort());
  });

  test('draws every step inside its lane, and the lanes one below the other', () => {
    const drawn = lanes.map((lane) => boxes.get(lane.attrs['id']!)!).sort((a, b) => a.y - b.y);
    for (const [index, box] of drawn.entries()) if (index > 0) expect(box.y).toBe(drawn[index - 1]!.bottom);
    for (const lane of lanes) {
      // What sits on the edge of a step may reach a little over the border.
      for (const ref of refsOf(lane)) expect(inside(boxes.get(ref)!, boxes.get(lane.attrs['id']!)!), `${ref} in ${lane.attrs['id']}`).toBe(true);
    }
  });

  test('keeps people’s tasks out of the lane of the system', () => {
    const system = lanes.find((lane) => lane.attrs['id'] === 'lane_system');
    const people = nodes.filter((node) => node.name === 'userTask' && extensionOf(node, 'assignmentDefinition') !== undefined).map((node) => node.attrs['id']!);
    expect(refsOf(system!).filter((ref) => people.includes(ref))).toEqual([]);
  });

  test('ends every flow at its two steps', () => {
    for (const flow of [...allNodes(process)].filter((node) => node.name === 'sequenceFlow')) {
      const way = ways.get(flow.attrs['id']!)!;
      const touches = (point: { x: number; y: number }, box: Box): boolean => point.x >= box.x - 1 && point.x <= box.right + 1 && point.y >= box.y - 1 && point.y <= box.bottom + 1;
      expect(touches(way[0]!, boxes.get(flow.attrs['sourceRef']!)!) && touches(way.at(-1)!, boxes.get(flow.attrs['targetRef']!)!), flow.attrs['id']).toBe(true);
    }
  });
});
