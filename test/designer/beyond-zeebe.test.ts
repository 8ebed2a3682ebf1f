import { BpmnModdle } from 'bpmn-moddle';
import { Linter } from 'bpmnlint';
import zeebeModdle from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import { describe, expect, test } from 'vitest';
import { guichengModdle, isMadeForThisEngine, type DiagramNode } from '../../designer/modeler/beyond-zeebe.ts';
import { lintConfig } from '../../designer/modeler/lint/lint-config.ts';
import { withFlowReferences } from '../conformance/flow-references.ts';
import { bpmn, chain, end, flow, serviceTask, start } from '../support/bpmn.ts';

const moddle = new BpmnModdle({ zeebe: zeebeModdle, guicheng: guichengModdle } as never);

const waiting = bpmn('p', `${start()}<bpmn:intermediateCatchEvent id="wait" name="等待"><bpmn:conditionalEventDefinition id="c"><bpmn:condition xsi:type="bpmn:tFormalExpression">=x</bpmn:condition></bpmn:conditionalEventDefinition></bpmn:intermediateCatchEvent>${end()}${chain('start', 'wait', 'end')}`);
const joining = bpmn('p', `${start()}<bpmn:inclusiveGateway id="or" default="d"/><bpmn:inclusiveGateway id="join"/>${serviceTask('a')}${end()}${flow('start', 'or')}${flow('or', 'join', 'x')}${flow('or', 'a', undefined, 'd')}${flow('a', 'join')}${flow('join', 'end')}`);
const ours = (xml: string): string => xml.replace('<bpmn:definitions ', '<bpmn:definitions xmlns:guicheng="http://guicheng/bpmn" guicheng:executes="beyond-zeebe" ');

async function read(xml: string): Promise<DiagramNode> {
  return (await moddle.fromXML(withFlowReferences(xml))).rootElement as unknown as DiagramNode;
}

/** Rules that speak, by element. */
async function lint(xml: string): Promise<Record<string, string[]>> {
  const linter = new Linter(lintConfig);
  const found: Record<string, string[]> = {};
  for (const [rule, reports] of Object.entries(await linter.lint(await read(xml)))) for (const { id, category } of reports) (found[id] ??= []).push(`${category} ${rule}`);
  return found;
}

describe('a diagram that says it is made for this engine', () => {
  test('still says so when the editor has saved it', async () => {
    const root = await read(ours(waiting));
    expect(isMadeForThisEngine(root)).toBe(true);
    const { xml } = await moddle.toXML(root as never);
    expect(xml).toContain('xmlns:guicheng="http://guicheng/bpmn"');
    expect(xml).toContain('guicheng:executes="beyond-zeebe"');
  });

  test('begins to say so when it is switched on, and stops when it is switched off', async () => {
    const root = (await read(waiting)) as DiagramNode & { set(name: string, value: unknown): void };
    expect(isMadeForThisEngine(root)).toBe(false);
    root.set('guicheng:executes', 'beyond-zeebe');
    expect((await moddle.toXML(root as never)).xml).toContain('guicheng:executes="beyond-zeebe"');
    root.set('guicheng:executes', undefined);
    expect((await moddle.toXML(root as never)).xml).not.toContain('guicheng:executes');
  });
});

describe('the portable lint', () => {
  test.each([['a conditional event', waiting, 'wait'], ['a joining inclusive gateway', joining, 'join']])('refuses %s until it is allowed, and tells then that it is not portable', async (_what, xml, id) => {
    expect((await lint(xml))[id]).toContain('error beyond-zeebe');
    const allowed = (await lint(ours(xml)))[id];
    expect(allowed).toContain('info not-portable');
    expect(allowed?.filter((each) => each.startsWith('error'))).toEqual([]);
  });

  test('says nothing of either where nothing is beyond Zeebe', async () => {
    const found = Object.values(await lint(ours(bpmn('p', start() + serviceTask('a') + end() + chain('start', 'a', 'end'))))).flat();
    expect(found.filter((each) => /beyond-zeebe|not-portable/.test(each))).toEqual([]);
  });
});
