import type { ExecutableElement, ExecutableProcess } from './executable-process.ts';

const CATCHES = new Set(['MESSAGE', 'TIMER', 'SIGNAL', 'LINK']);

type Report = (elementId: string, message: string) => void;

const ACTIVITIES = new Set(['SERVICE_TASK', 'SEND_TASK', 'USER_TASK', 'SCRIPT_TASK', 'BUSINESS_RULE_TASK', 'RECEIVE_TASK', 'MANUAL_TASK', 'TASK', 'CALL_ACTIVITY', 'SUB_PROCESS']);

/** The rules of Zeebe 8.5 that concern more than one element's own attributes. One report per problem. */
export function checkProcess(process: ExecutableProcess, report: Report): void {
  for (const element of process.elements.values()) {
    checkPayload(element, report);
    checkFlows(element, report);
    checkCode(element, report);
    checkGateway(process, element, report);
    checkSignals(process, element, report);
    checkBoundary(process, element, report);
    checkScope(process, element, report);
  }
}

/** A catching event must know its code before it runs. */
function checkCode({ id, type, errorCode, escalationCode }: ExecutableElement, report: Report): void {
  if (type !== 'BOUNDARY_EVENT' && type !== 'START_EVENT') return;
  if (errorCode?.kind === 'feel') report(id, 'The error code of a catching event is not allowed to be an expression');
  if (escalationCode?.kind === 'feel') report(id, 'The escalation code of a catching event is not allowed to be an expression');
}

/** What Zeebe says of the place of an element among the sequence flows. */
function checkFlows({ id, type, outgoing }: ExecutableElement, report: Report): void {
  if (type === 'END_EVENT' && outgoing.length > 0) report(id, 'End events must not have outgoing sequence flows to other elements.');
}

function checkPayload(element: ExecutableElement, report: Report): void {
  const { id, type } = element;
  if ((type === 'SERVICE_TASK' || type === 'SEND_TASK') && element.job === undefined) report(id, "Must have exactly one 'zeebe:taskDefinition' extension element");
  if (type === 'SCRIPT_TASK' && (element.job === undefined) === (element.script === undefined)) report(id, "Must have either one 'zeebe:script' or one 'zeebe:taskDefinition' extension element");
  if (type === 'BUSINESS_RULE_TASK' && (element.job === undefined) === (element.calledDecision === undefined)) report(id, "Must have either one 'zeebe:calledDecision' or one 'zeebe:taskDefinition' extension element");
  if (element.script !== undefined && element.script.resultVariable === '') report(id, "Attribute 'resultVariable' of the script must be present and not empty");
  if (element.calledDecision !== undefined && element.calledDecision.resultVariable === '') report(id, "Attribute 'resultVariable' of the called decision must be present and not empty");
  if (type === 'CALL_ACTIVITY' && element.calledElement === undefined) report(id, "Must have exactly one 'zeebe:calledElement' extension element");
  if ((type === 'INTERMEDIATE_THROW_EVENT' || type === 'END_EVENT') && element.eventType === 'MESSAGE' && element.job === undefined) report(id, "Must have a 'zeebe:taskDefinition': a message throw event is a job");
  if (type === 'INTERMEDIATE_CATCH_EVENT' && !CATCHES.has(element.eventType)) report(id, 'Must have exactly one event definition of type message, timer, signal or link');
  if (type === 'END_EVENT' && element.eventType === 'LINK') report(id, 'End events must be one of: none, error, message, terminate, signal, escalation or compensation');
  if (type === 'INTERMEDIATE_CATCH_EVENT' && element.timer?.kind === 'cycle') report(id, 'Intermediate timer catch event must have either a time duration or a time date.');
  if (waitsForMessage(element) && element.message !== undefined && element.message.correlationKey === undefined && !isProcessStart(element)) report(id, "Must have exactly one 'zeebe:subscription' with a correlation key on its message");
}

const isProcessStart = (element: ExecutableElement): boolean => element.type === 'START_EVENT';

const waitsForMessage = (element: ExecutableElement): boolean => element.type === 'RECEIVE_TASK' || (element.eventType === 'MESSAGE' && ['INTERMEDIATE_CATCH_EVENT', 'BOUNDARY_EVENT', 'START_EVENT'].includes(element.type));

function checkGateway(process: ExecutableProcess, element: ExecutableElement, report: Report): void {
  if (element.type === 'EXCLUSIVE_GATEWAY' || element.type === 'INCLUSIVE_GATEWAY') {
    if (element.outgoing.length > 1) {
      for (const flow of element.outgoing) if (flow.condition === undefined && flow.id !== element.defaultFlowId) report(flow.id, 'Must have a condition or be default flow');
    }
    if (element.defaultFlowId !== undefined && !element.outgoing.some((flow) => flow.id === element.defaultFlowId)) report(element.id, 'Default flow must start at the gateway');
  }
  if (element.type === 'INCLUSIVE_GATEWAY' && element.incoming.length > 1) report(element.id, 'Currently the inclusive gateway can only have one incoming sequence flow');
  if (element.type === 'EVENT_BASED_GATEWAY') {
    if (element.outgoing.length < 2) report(element.id, 'Event-based gateway must have at least 2 outgoing sequence flows.');
    for (const flow of element.outgoing) {
      const target = process.elements.get(flow.targetId);
      if (target?.type !== 'INTERMEDIATE_CATCH_EVENT' || target.eventType === 'LINK') report(element.id, 'Event-based gateway must not have an outgoing sequence flow to other elements than message/timer/signal intermediate catch events.');
    }
  }
}

/** No element may wait for one signal twice; the name of a start event's signal must be known at once. */
function checkSignals(process: ExecutableProcess, element: ExecutableElement, report: Report): void {
  const ids = [...element.boundaryIds, ...element.eventStartIds, ...element.eventSubprocessIds.map((id) => process.elements.get(id)?.startEventId ?? ''), ...(element.type === 'EVENT_BASED_GATEWAY' ? element.outgoing.map((flow) => flow.targetId) : [])];
  const names = new Set<string>();
  for (const id of ids) {
    const signal = process.elements.get(id)?.signal;
    if (signal === undefined) continue;
    if (names.has(signal.text)) report(element.id, `Multiple signal event definitions with the same name '${signal.text}' are not allowed.`);
    names.add(signal.text);
  }
  for (const id of element.eventStartIds) {
    const signal = process.elements.get(id)?.signal;
    const isText = signal?.kind !== 'feel' || typeof signal.compiled.evaluate({ get: () => undefined }).value === 'string';
    if (!isText) report(id, `Expected constant expression of type String for signal name '${signal.text}', but was no text`);
  }
}

function checkBoundary(process: ExecutableProcess, element: ExecutableElement, report: Report): void {
  if (element.type !== 'BOUNDARY_EVENT') return;
  const host = process.elements.get(element.attachedToId ?? '');
  if (element.outgoing.length === 0 && element.compensation?.handlerId === undefined) report(element.id, 'Must have at least one outgoing sequence flow or association');
  if (element.incoming.length > 0) report(element.id, 'Cannot have incoming sequence flows');
  if (element.eventType === 'NONE') report(element.id, 'Must have exactly one event definition');
  if (element.eventType === 'LINK') report(element.id, 'Boundary events must be one of: timer, message, error, signal, escalation');
  if (element.eventType === 'ERROR' && !element.interrupting) report(element.id, 'Error boundary events must be interrupting');
  if (host === undefined) return;
  if (!ACTIVITIES.has(host.type)) report(element.id, 'Must be attached to an activity');
  if (element.eventType === 'ESCALATION' && host.type !== 'SUB_PROCESS' && host.type !== 'CALL_ACTIVITY') report(element.id, 'An escalation boundary event should only be attached to a subprocess, or a call activity');
  const twins = host.boundaryIds.filter((id) => id !== element.id).map((id) => process.elements.get(id));
  const name = nameOf(element);
  if (name !== undefined && twins.some((twin) => twin !== undefined && twin.eventType === element.eventType && nameOf(twin) === name && twin.id < element.id)) {
    report(host.id, `Multiple ${element.eventType.toLowerCase()} event definitions with the same name '${name}' are not allowed.`);
  }
  if (element.interrupting && element.timer?.kind === 'cycle') report(element.id, 'Interrupting timer event with time cycle is not allowed.');
}

function nameOf(element: ExecutableElement): string | undefined {
  if (element.eventType === 'MESSAGE') return element.message?.name.text;
  if (element.eventType === 'ERROR') return element.errorCode?.text;
  if (element.eventType === 'ESCALATION') return element.escalationCode?.text ?? '';
  return undefined;
}

function checkScope(process: ExecutableProcess, element: ExecutableElement, report: Report): void {
  if (element.type !== 'PROCESS' && element.type !== 'SUB_PROCESS' && element.type !== 'EVENT_SUB_PROCESS') return;
  const starts = [...process.elements.values()].filter((each) => each.scopeId === element.id && each.type === 'START_EVENT');
  const none = starts.filter((each) => each.eventType === 'NONE');
  if (element.type === 'PROCESS' && starts.length === 0) report(element.id, 'Must have at least one start event');
  if (none.length > 1) report(element.id, 'Multiple none start events are not allowed');
  if (element.type === 'SUB_PROCESS' && (starts.length !== 1 || none.length !== 1)) report(element.id, 'Must have exactly one none start event');
  if (element.type === 'EVENT_SUB_PROCESS' && (starts.length !== 1 || none.length !== 0)) report(element.id, 'Must have exactly one start event of type message, timer, error or escalation');
  if (element.type === 'EVENT_SUB_PROCESS' && (element.incoming.length > 0 || element.outgoing.length > 0)) report(element.id, 'An event subprocess cannot have sequence flows');
}
