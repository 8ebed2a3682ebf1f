import type { ExecutableElement, ExecutableProcess, Expression } from './executable-process.ts';
import { readExpression } from './expression.ts';
import { BPMN, ZEEBE } from './namespaces.ts';
import { child, type XmlElement } from './xml.ts';

type Report = (message: string) => void;

/** Reads what this engine executes and Zeebe 8.5 does not: conditional and cancel events, receive tasks that begin a process, transactions, ad-hoc subprocesses, standard loops. */
export function readBeyondZeebe(xml: XmlElement, eventDefinition: XmlElement | undefined, element: ExecutableElement, report: Report): void {
  const feel = (parent: XmlElement | undefined, name: string): Expression | undefined => {
    const text = parent === undefined ? undefined : child(parent, name, BPMN)?.text.trim();
    if (text === undefined || text === '') return undefined;
    if (!text.startsWith('=')) report(`Expected expression but found static value '${text}'. An expression must start with '=' (e.g. '=${text}').`);
    return readExpression(text, report);
  };
  if (element.eventType === 'CONDITIONAL') {
    element.condition = feel(eventDefinition, 'condition');
    if (element.condition === undefined) report('Must have a condition');
  }
  if (element.eventType === 'CANCEL') element.compensation = {};
  if (element.type === 'RECEIVE_TASK' && xml.attrs['instantiate'] === 'true') element.instantiates = true;
  if (xml.name === 'transaction') element.isTransaction = true;
  if (element.type === 'AD_HOC_SUB_PROCESS') {
    const extensions = child(xml, 'extensionElements', BPMN);
    const active = extensions && child(extensions, 'adHoc', ZEEBE)?.attrs['activeElementsCollection'];
    const completionCondition = feel(xml, 'completionCondition');
    element.adHoc = { cancelRemaining: xml.attrs['cancelRemainingInstances'] !== 'false', ...(active ? { activeElements: readExpression(active, report) } : {}), ...(completionCondition === undefined ? {} : { completionCondition }) };
  }
  const loop = child(xml, 'standardLoopCharacteristics', BPMN);
  if (loop !== undefined) element.multiInstance = { sequential: true, inputCollection: { kind: 'static', text: '' }, standardLoop: readStandardLoop(loop, feel(loop, 'loopCondition'), report) };
}

function readStandardLoop({ attrs }: XmlElement, condition: Expression | undefined, report: Report): { condition?: Expression; testBefore: boolean; maximum?: number } {
  const maximum = attrs['loopMaximum'];
  if (condition === undefined && maximum === undefined) report('A standard loop must have a loop condition or a loop maximum');
  return { testBefore: attrs['testBefore'] === 'true', ...(condition === undefined ? {} : { condition }), ...(maximum === undefined ? {} : { maximum: Number(maximum) }) };
}

/** The places where these elements may stand. */
export function checkBeyondZeebe(process: ExecutableProcess, report: (elementId: string, message: string) => void): void {
  for (const element of process.elements.values()) {
    const scope = process.elements.get(element.scopeId);
    if (element.instantiates === true && (element.incoming.length > 0 || scope?.type !== 'PROCESS')) report(element.id, 'A receive task that begins its process must stand in the process itself and cannot have incoming sequence flows');
    if (element.isParallelMultiple === true && element.type === 'START_EVENT' && scope?.type === 'PROCESS') report(element.id, 'A process cannot be begun by several events that must all happen');
    if (element.isTransaction === true) {
      const starts = [...process.elements.values()].filter((each) => each.scopeId === element.id && each.type === 'START_EVENT');
      if (starts.length !== 1 || starts[0]!.eventType !== 'NONE') report(element.id, 'A transaction must have exactly one none start event');
    }
    if (element.eventType !== 'CANCEL') continue;
    if (element.type === 'END_EVENT' && scope?.isTransaction !== true) report(element.id, 'A cancel end event must be inside of a transaction');
    if (element.type === 'BOUNDARY_EVENT' && process.elements.get(element.attachedToId ?? '')?.isTransaction !== true) report(element.id, 'A cancel boundary event must be attached to a transaction');
    if (element.type !== 'END_EVENT' && element.type !== 'BOUNDARY_EVENT') report(element.id, 'A cancel event must be an end event or a boundary event');
  }
}
