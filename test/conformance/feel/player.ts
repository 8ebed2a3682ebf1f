import { setTimeout as sleep } from 'node:timers/promises';
import { bpmn, chain } from '../../support/bpmn.ts';
import { withFlowReferences } from '../flow-references.ts';
import { GatewayClient } from '../gateway-client.ts';
import { isRemote, type SeenRecord, type Target } from '../target.ts';

/** Expressions that are evaluated with the same variables. */
export interface Group {
  /** What the expressions are about. */
  topic: string;
  /** The variables, as JSON text: numbers reach the engine as they are written here. */
  variables: string;
  /** How they are evaluated: as script of a script task, or as condition of a sequence flow (whose incident tells the warnings). @default 'script' */
  as?: 'script' | 'condition';
  /** FEEL without a leading `=`. */
  expressions: readonly string[];
}

/** What an engine made of an expression: its JSON text, why the evaluation failed, or why the deployment was refused. */
export type Outcome = { value: string } | { failed: string } | { refused: string };

const PER_PROCESS = 40;
const WITHIN_MS = 30_000;

let processes = 0;

/** Evaluates the expressions of a group on an engine, many in one process. Outcomes are in the order of the expressions. */
export async function playGroup(target: Target, group: Group): Promise<Outcome[]> {
  const client = new GatewayClient(target.address);
  try {
    const outcomes: Outcome[] = [];
    for (let at = 0; at < group.expressions.length; at += PER_PROCESS) outcomes.push(...(await playSome(target, client, group, group.expressions.slice(at, at + PER_PROCESS))));
    return outcomes;
  } finally {
    client.close();
  }
}

async function playSome(target: Target, client: GatewayClient, group: Group, expressions: readonly string[]): Promise<Outcome[]> {
  const id = `feel_${(processes += 1)}_${isRemote ? Date.now().toString(36) : ''}`;
  const refused = await deploy(client, id, group, expressions);
  const wanted = expressions.map((_, index) => index).filter((index) => !refused.has(index));
  const found = await run(target, client, id, group.variables, wanted);
  return expressions.map((_, index) => (refused.has(index) ? { refused: refused.get(index)! } : found.get(index)!));
}

/** Deploys all that can be; those that are refused with their reasons. */
async function deploy(client: GatewayClient, id: string, group: Group, expressions: readonly string[]): Promise<Map<number, string>> {
  const refused = new Map<number, string>();
  for (;;) {
    const wanted = expressions.map((_, index) => index).filter((index) => !refused.has(index));
    const xml = withFlowReferences(bpmn(id, group.as === 'condition' ? conditions(expressions, wanted) : scripts(expressions, wanted)));
    const outcome = await client.call('deployResource', { resources: [{ name: `${id}.bpmn`, content: Buffer.from(xml) }] });
    if (outcome.ok) return refused;
    const before = refused.size;
    for (const [, index, reason] of outcome.message.matchAll(/- Element: e(\d+)_?[^\n]*\n\s*- ERROR: ([\s\S]*?)(?=\n- Element: |\n*$)/g)) refused.set(Number(index), reason!.trim());
    if (refused.size === before) throw new Error(`the deployment was refused for a reason that belongs to no expression: ${outcome.message}`);
  }
}

const attribute = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;').replace(/\n/g, '&#10;').replace(/\t/g, '&#9;').replace(/\r/g, '&#13;');

/** One branch per expression: what fails holds up nobody else. */
function scripts(expressions: readonly string[], wanted: readonly number[]): string {
  const task = (index: number): string => `<bpmn:scriptTask id="e${index}"><bpmn:extensionElements><zeebe:script expression="=${attribute(expressions[index]!)}" resultVariable="r${index}"/></bpmn:extensionElements></bpmn:scriptTask><bpmn:endEvent id="end${index}"/>${chain('fork', `e${index}`, `end${index}`)}`;
  return forked(wanted.map(task));
}

function conditions(expressions: readonly string[], wanted: readonly number[]): string {
  const gateway = (index: number): string => `<bpmn:exclusiveGateway id="e${index}" default="e${index}_no"/><bpmn:endEvent id="yes${index}"/><bpmn:endEvent id="no${index}"/>${chain('fork', `e${index}`)}
<bpmn:sequenceFlow id="e${index}_yes" sourceRef="e${index}" targetRef="yes${index}"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=${attribute(expressions[index]!)}</bpmn:conditionExpression></bpmn:sequenceFlow>
<bpmn:sequenceFlow id="e${index}_no" sourceRef="e${index}" targetRef="no${index}"/>`;
  return forked(wanted.map(gateway));
}

const forked = (branches: string[]): string => `<bpmn:startEvent id="start"/><bpmn:parallelGateway id="fork"/>${chain('start', 'fork')}${branches.join('\n')}${branches.length > 0 ? '' : '<bpmn:endEvent id="end"/>'}`;

/** Starts the process and reads from its records what became of each expression. */
async function run(target: Target, client: GatewayClient, id: string, variables: string, wanted: readonly number[]): Promise<Map<number, Outcome>> {
  const from = (await target.records!()).length;
  const created = await client.call<{ processInstanceKey: string }>('createProcessInstance', { bpmnProcessId: id, version: -1, variables });
  if (!created.ok) throw new Error(`${created.code}: ${created.message}`);
  const found = new Map<number, Outcome>();
  for (const until = Date.now() + WITHIN_MS; found.size < wanted.length; ) {
    if (Date.now() > until) throw new Error(`the engine has told nothing of ${wanted.filter((index) => !found.has(index)).map((index) => `expression ${index}`).join(', ')}`);
    await sleep(target.settleMs);
    for (const record of (await target.records!()).slice(from)) {
      if (String(record.value['processInstanceKey']) === created.response.processInstanceKey && record.recordType === 'EVENT') note(record, found);
    }
  }
  await client.call('cancelProcessInstance', { processInstanceKey: created.response.processInstanceKey });
  return found;
}

function note({ valueType, intent, value }: SeenRecord, found: Map<number, Outcome>): void {
  const about = String(value['name'] ?? value['elementId']);
  const index = Number(/^(?:r|e|yes|no)(\d+)$/.exec(about)?.[1] ?? -1);
  if (index < 0) return;
  if (valueType === 'VARIABLE' && intent === 'CREATED') found.set(index, { value: String(value['value']) });
  if (valueType === 'INCIDENT' && intent === 'CREATED') found.set(index, { failed: String(value['errorMessage']) });
  if (valueType === 'PROCESS_INSTANCE' && intent === 'ELEMENT_ACTIVATED' && /^(?:yes|no)/.test(about)) found.set(index, { value: about.startsWith('yes') ? 'true' : 'false' });
}
