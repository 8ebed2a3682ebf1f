import type { BpmnElementType, BpmnEventType } from '../../protocol/records.ts';
import type { ExecutableElement, ExecutableProcess, SequenceFlow } from './executable-process.ts';
import { readExpression } from './expression.ts';
import { BPMN, ZEEBE, type Definitions } from './namespaces.ts';
import { readExtensions, readMultiInstance } from './read-extensions.ts';
import { connectLinks } from './links.ts';
import { readMultiple } from './multiple-events.ts';
import { asksForMore } from './beyond-zeebe.ts';
import { checkBeyondZeebe, readBeyondZeebe } from './read-beyond-zeebe.ts';
import { checkCompensation, connectHandlers } from './compensation.ts';
import { child, childrenOf, parseXml, XmlSyntaxError, type XmlElement } from './xml.ts';

/** Why a diagram cannot be deployed: one entry per problem. */
export interface ModelProblem {
  elementId: string;
  message: string;
}

export interface ReadResult {
  /** Executable processes of the file, in document order. */
  processes: ExecutableProcess[];
  problems: ModelProblem[];
}

const ELEMENT_TYPES: Record<string, BpmnElementType> = {
  startEvent: 'START_EVENT',
  endEvent: 'END_EVENT',
  intermediateCatchEvent: 'INTERMEDIATE_CATCH_EVENT',
  intermediateThrowEvent: 'INTERMEDIATE_THROW_EVENT',
  boundaryEvent: 'BOUNDARY_EVENT',
  serviceTask: 'SERVICE_TASK',
  sendTask: 'SEND_TASK',
  receiveTask: 'RECEIVE_TASK',
  userTask: 'USER_TASK',
  scriptTask: 'SCRIPT_TASK',
  businessRuleTask: 'BUSINESS_RULE_TASK',
  manualTask: 'MANUAL_TASK',
  task: 'TASK',
  callActivity: 'CALL_ACTIVITY',
  subProcess: 'SUB_PROCESS',
  transaction: 'SUB_PROCESS',
  adHocSubProcess: 'AD_HOC_SUB_PROCESS',
  exclusiveGateway: 'EXCLUSIVE_GATEWAY',
  parallelGateway: 'PARALLEL_GATEWAY',
  inclusiveGateway: 'INCLUSIVE_GATEWAY',
  eventBasedGateway: 'EVENT_BASED_GATEWAY',
};

const EVENT_TYPES: Record<string, BpmnEventType> = {
  messageEventDefinition: 'MESSAGE',
  timerEventDefinition: 'TIMER',
  errorEventDefinition: 'ERROR',
  escalationEventDefinition: 'ESCALATION',
  terminateEventDefinition: 'TERMINATE',
  signalEventDefinition: 'SIGNAL',
  linkEventDefinition: 'LINK',
  compensateEventDefinition: 'COMPENSATION',
  conditionalEventDefinition: 'CONDITIONAL',
  cancelEventDefinition: 'CANCEL',
};

/** Reads the executable processes of a BPMN file that `checkDiagram` lets pass. Never throws: what cannot be read is a problem with its element's id. */
export function readProcesses(xml: string): ReadResult {
  let root: XmlElement;
  try {
    root = parseXml(xml);
  } catch (error) {
    if (error instanceof XmlSyntaxError) return { processes: [], problems: [{ elementId: '', message: `not well-formed XML: ${error.message}` }] };
    throw error;
  }
  if (root.ns !== BPMN || root.name !== 'definitions') return { processes: [], problems: [{ elementId: '', message: `expected BPMN 'definitions' as root element, but found '${root.name}'` }] };
  const byId = (name: string): Map<string, XmlElement> => new Map(childrenOf(root, name, BPMN).map((each) => [each.attrs['id'] ?? '', each]));
  const definitions: Definitions = { messages: byId('message'), errors: byId('error'), escalations: byId('escalation'), signals: byId('signal'), beyondZeebe: asksForMore(root) };
  const problems: ModelProblem[] = [];
  const processes: ExecutableProcess[] = [];
  const seen = new Set<string>();
  for (const process of childrenOf(root, 'process', BPMN)) {
    if (process.attrs['isExecutable'] !== 'true') continue;
    const reader = new ProcessReader(definitions, problems, seen);
    processes.push(reader.read(process));
  }
  if (processes.length === 0 && problems.length === 0) problems.push({ elementId: root.attrs['id'] ?? '', message: 'Must contain at least one executable process' });
  return { processes, problems };
}

class ProcessReader {
  private readonly elements = new Map<string, ExecutableElement>();
  private readonly flows = new Map<string, SequenceFlow>();
  private readonly definitions: Definitions;
  private readonly problems: ModelProblem[];
  private readonly seen: Set<string>;

  constructor(definitions: Definitions, problems: ModelProblem[], seen: Set<string>) {
    this.definitions = definitions;
    this.problems = problems;
    this.seen = seen;
  }

  read(process: XmlElement): ExecutableProcess {
    const id = process.attrs['id'] ?? '';
    const root = this.add(process, 'PROCESS', 'NONE', '');
    this.readScope(process, root);
    const versionTag = versionTagOf(process);
    const result: ExecutableProcess = { id, name: process.attrs['name'] ?? id, elements: this.elements, flows: this.flows, ...(versionTag === undefined ? {} : { versionTag }) };
    connectLinks(result, (elementId, message) => this.problem(elementId, message));
    if (this.definitions.beyondZeebe) checkBeyondZeebe(result, (elementId, message) => this.problem(elementId, message));
    checkCompensation(result, (elementId, message) => this.problem(elementId, message));
    return result;
  }

  private problem(elementId: string, message: string): void {
    this.problems.push({ elementId, message });
  }

  private add(xml: XmlElement, type: BpmnElementType, eventType: BpmnEventType, scopeId: string): ExecutableElement {
    const id = xml.attrs['id'] ?? '';
    if (id === '') this.problem('', `Element '${xml.name}' must have an id`);
    if (this.seen.has(id)) this.problem(id, `Element id '${id}' is used twice`);
    this.seen.add(id);
    const element: ExecutableElement = {
      id,
      name: xml.attrs['name'] ?? id,
      type,
      eventType,
      scopeId,
      incoming: [],
      outgoing: [],
      inputs: [],
      outputs: [],
      boundaryIds: [],
      interrupting: true,
      isForCompensation: xml.attrs['isForCompensation'] === 'true',
      eventSubprocessIds: [],
      eventStartIds: [],
    };
    this.elements.set(id, element);
    return element;
  }

  private readScope(xml: XmlElement, scope: ExecutableElement): void {
    const nested: [XmlElement, ExecutableElement][] = [];
    for (const each of xml.children) {
      if (each.ns !== BPMN) continue;
      const type = ELEMENT_TYPES[each.name];
      if (type === undefined) continue;
      const element = this.readElement(each, type, scope);
      if (element.type === 'SUB_PROCESS' || element.type === 'EVENT_SUB_PROCESS' || element.type === 'AD_HOC_SUB_PROCESS') nested.push([each, element]);
    }
    for (const [inner, element] of nested) this.readScope(inner, element);
    // a flow may cross the border of a subprocess
    this.readFlows(xml);
    connectHandlers(xml, this.elements);
    for (const element of this.elements.values()) this.attach(element, scope);
  }

  private readElement(xml: XmlElement, type: BpmnElementType, scope: ExecutableElement): ExecutableElement {
    const eventDefinition = xml.children.find((each) => each.ns === BPMN && each.name.endsWith('EventDefinition'));
    const isEvent = type.endsWith('_EVENT');
    const eventType: BpmnEventType = eventDefinition === undefined ? (isEvent ? 'NONE' : 'UNSPECIFIED') : (EVENT_TYPES[eventDefinition.name] ?? 'UNSPECIFIED');
    const isEventSubprocess = type === 'SUB_PROCESS' && xml.attrs['triggeredByEvent'] === 'true';
    const element = this.add(xml, isEventSubprocess ? 'EVENT_SUB_PROCESS' : type, eventType, scope.id);
    element.defaultFlowId = xml.attrs['default'];
    element.attachedToId = xml.attrs['attachedToRef'];
    element.interrupting = xml.attrs['cancelActivity'] !== 'false' && xml.attrs['isInterrupting'] !== 'false';
    const report = (message: string): void => this.problem(element.id, message);
    readExtensions(xml, eventDefinition, element, this.definitions, report);
    const loop = child(xml, 'multiInstanceLoopCharacteristics', BPMN);
    if (loop !== undefined) element.multiInstance = readMultiInstance(loop, report);
    if (this.definitions.beyondZeebe) {
      readBeyondZeebe(xml, eventDefinition, element, report);
      for (const each of readMultiple(xml, element, EVENT_TYPES, this.definitions, report)) this.elements.set(each.id, each);
    }
    return element;
  }

  private readFlows(xml: XmlElement): void {
    for (const each of childrenOf(xml, 'sequenceFlow', BPMN)) {
      const id = each.attrs['id'] ?? '';
      const [source, target] = [this.elements.get(each.attrs['sourceRef'] ?? ''), this.elements.get(each.attrs['targetRef'] ?? '')];
      if (source === undefined || target === undefined) {
        this.problem(id, `Sequence flow must connect two elements of the same process, but '${source === undefined ? each.attrs['sourceRef'] : each.attrs['targetRef']}' is none`);
        continue;
      }
      const flow: SequenceFlow = { id, sourceId: source.id, targetId: target.id };
      const condition = child(each, 'conditionExpression', BPMN)?.text.trim();
      if (condition !== undefined && condition !== '') {
        flow.condition = readExpression(condition, (message) => this.problem(id, message));
      }
      this.flows.set(id, flow);
      source.outgoing.unshift(flow);
      target.incoming.push(id);
    }
  }

  private attach(element: ExecutableElement, scope: ExecutableElement): void {
    if (element.scopeId !== scope.id) return;
    if (element.type === 'EVENT_SUB_PROCESS') scope.eventSubprocessIds.push(element.id);
    if (element.type === 'START_EVENT') {
      if (scope.type === 'PROCESS' && element.eventType !== 'NONE') scope.eventStartIds.push(element.id);
      else scope.startEventId ??= element.id;
      if (scope.type === 'EVENT_SUB_PROCESS') scope.interrupting = element.interrupting;
    }
    if (element.instantiates === true && scope.type === 'PROCESS') scope.eventStartIds.push(element.id);
    if (element.type === 'BOUNDARY_EVENT' && element.multipleOf === undefined) {
      const host = this.elements.get(element.attachedToId ?? '');
      if (host === undefined) this.problem(element.id, `Boundary event must be attached to an activity, but '${element.attachedToId ?? ''}' is none`);
      else host.boundaryIds.push(element.id);
    }
  }
}

/** `zeebe:versionTag` of a process, by which call activities can be bound to it. */
function versionTagOf(process: XmlElement): string | undefined {
  const extensions = process.children.find((each) => each.ns === BPMN && each.name === 'extensionElements');
  const tag = extensions?.children.find((each) => each.ns === ZEEBE && each.name === 'versionTag')?.attrs['value'];
  return tag === undefined || tag === '' ? undefined : tag;
}
