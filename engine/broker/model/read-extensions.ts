import type { ExecutableElement, Expression, Mapping, MultiInstance, TimerDefinition } from './executable-process.ts';
import { readExpression } from './expression.ts';
import { BPMN, ZEEBE, type Definitions } from './namespaces.ts';
import { readUserTask } from './read-user-task.ts';
import { child, childrenOf, type XmlElement } from './xml.ts';

type Report = (message: string) => void;

/** Reads everything of an element that is not its place in the graph: `zeebe:*` extensions and event definitions. */
export function readExtensions(xml: XmlElement, eventDefinition: XmlElement | undefined, element: ExecutableElement, definitions: Definitions, report: Report): void {
  const extensions = child(xml, 'extensionElements', BPMN);
  const zeebe = (name: string): XmlElement | undefined => extensions && child(extensions, name, ZEEBE);
  readMappings(zeebe('ioMapping'), element, report);
  readTask(zeebe, element, report);
  if (eventDefinition !== undefined) readEvent(eventDefinition, element, definitions, report);
  if (element.type === 'RECEIVE_TASK') element.message = readMessage(definitions.messages.get(xml.attrs['messageRef'] ?? ''), report);
}

function readMappings(mapping: XmlElement | undefined, element: ExecutableElement, report: Report): void {
  if (mapping === undefined) return;
  const read = (each: XmlElement): Mapping => ({ source: readExpression(each.attrs['source'] ?? '', report), target: (each.attrs['target'] ?? '').split('.') });
  element.inputs = childrenOf(mapping, 'input', ZEEBE).map(read);
  element.outputs = childrenOf(mapping, 'output', ZEEBE).map(read);
  for (const each of [...element.inputs, ...element.outputs]) {
    if (each.target.some((part) => !/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(part))) report(`Expected a path of names as mapping target, but found '${each.target.join('.')}'`);
  }
}

function readTask(zeebe: (name: string) => XmlElement | undefined, element: ExecutableElement, report: Report): void {
  const definition = zeebe('taskDefinition');
  const expression = (text: string): Expression => readExpression(text, report);
  if (definition !== undefined) {
    const headers = readHeaders(zeebe('taskHeaders'));
    element.job = { type: expression(definition.attrs['type'] ?? ''), retries: expression(definition.attrs['retries'] ?? '3'), headers };
    const priority = zeebe('jobPriorityDefinition')?.attrs['priority'];
    if (priority !== undefined && priority !== '') element.job.priority = expression(priority);
    if ((definition.attrs['type'] ?? '') === '') report('Task type must be present and not empty');
  }
  if (element.type === 'USER_TASK') readUserTask(zeebe, readHeaders(zeebe('taskHeaders')), element, report);
  const script = zeebe('script')?.attrs;
  if (script !== undefined) element.script = { expression: expression(script['expression'] ?? ''), resultVariable: script['resultVariable'] ?? '' };
  const decision = zeebe('calledDecision')?.attrs;
  if (decision !== undefined) element.calledDecision = { decisionId: expression(decision['decisionId'] ?? ''), resultVariable: decision['resultVariable'] ?? '' };
  const called = zeebe('calledElement')?.attrs;
  if (called !== undefined) {
    element.calledElement = { processId: expression(called['processId'] ?? ''), propagateAllParent: called['propagateAllParentVariables'] !== 'false', propagateAllChild: called['propagateAllChildVariables'] !== 'false' };
    const { bindingType } = called;
    if (bindingType === 'deployment') element.calledElement.binding = { type: 'deployment' };
    if (bindingType === 'versionTag') element.calledElement.binding = { type: 'versionTag', versionTag: expression(called['versionTag'] ?? '') };
  }
}

/** Headers without key or value are left out, as Zeebe does. */
function readHeaders(headers: XmlElement | undefined): Record<string, string> {
  const entries = headers === undefined ? [] : childrenOf(headers, 'header', ZEEBE).map((each) => [each.attrs['key'] ?? '', each.attrs['value'] ?? '']);
  return Object.fromEntries(entries.filter(([key, value]) => key !== '' && value !== '')) as Record<string, string>;
}

/** Reads what an event definition says into an event of its type. */
export function readEvent(definition: XmlElement, element: ExecutableElement, definitions: Definitions, report: Report): void {
  if (element.eventType === 'MESSAGE' && element.type !== 'INTERMEDIATE_THROW_EVENT' && element.type !== 'END_EVENT') element.message = readMessage(definitions.messages.get(definition.attrs['messageRef'] ?? ''), report);
  if (element.eventType === 'SIGNAL') element.signal = readSignal(definitions.signals.get(definition.attrs['signalRef'] ?? ''), report);
  if (element.eventType === 'COMPENSATION') element.compensation = readCompensation(definition, element, report);
  if (element.eventType === 'LINK') element.link = { name: definition.attrs['name'] ?? '' };
  if (element.eventType === 'TIMER') element.timer = readTimer(definition, report);
  if (element.eventType === 'ERROR') {
    const code = definitions.errors.get(definition.attrs['errorRef'] ?? '')?.attrs['errorCode'];
    // of a code that is no FEEL Zeebe says nothing
    if (code !== undefined && code !== '') element.errorCode = readExpression(code, () => undefined);
    else if (element.type === 'END_EVENT') report('An error end event must name an error with an error code');
  }
  if (element.eventType === 'ESCALATION') {
    const code = definitions.escalations.get(definition.attrs['escalationRef'] ?? '')?.attrs['escalationCode'];
    if (code !== undefined && code !== '') element.escalationCode = readExpression(code, report);
    else if (element.type === 'END_EVENT' || element.type === 'INTERMEDIATE_THROW_EVENT') report('An escalation throw event must name an escalation with an escalation code');
  }
}

function readMessage(message: XmlElement | undefined, report: Report): ExecutableElement['message'] {
  if (message === undefined) {
    report('Must reference a message');
    return undefined;
  }
  const name = message.attrs['name'] ?? '';
  if (name === '') report('Name of the message must be present and not empty');
  const extensions = child(message, 'extensionElements', BPMN);
  const key = extensions && child(extensions, 'subscription', ZEEBE)?.attrs['correlationKey'];
  return { name: readExpression(name, report), ...(key === undefined || key === '' ? {} : { correlationKey: readExpression(key, report) }) };
}

function readCompensation({ attrs }: XmlElement, element: ExecutableElement, report: Report): ExecutableElement['compensation'] {
  if (attrs['waitForCompletion'] === 'false') report('A compensation throwing event waitForCompletion attribute must be true or not present');
  if (element.type === 'BOUNDARY_EVENT' && !element.interrupting) report('Non-Interrupting event of this type is not allowed');
  return attrs['activityRef'] === undefined ? {} : { activityId: attrs['activityRef'] };
}

function readSignal(signal: XmlElement | undefined, report: Report): Expression | undefined {
  if (signal === undefined) report('Must reference a signal');
  else if ((signal.attrs['name'] ?? '') === '') report('Name must be present and not empty');
  else return readExpression(signal.attrs['name']!, report);
  return undefined;
}

function readTimer(definition: XmlElement, report: Report): TimerDefinition | undefined {
  const kinds = [
    ['timeDate', 'date'],
    ['timeDuration', 'duration'],
    ['timeCycle', 'cycle'],
  ] as const;
  for (const [name, kind] of kinds) {
    const text = child(definition, name, BPMN)?.text.trim();
    if (text !== undefined) return { kind, expression: readExpression(text, report) };
  }
  report('Must have exactly one of timeDate, timeDuration or timeCycle');
  return undefined;
}

/** Reads `multiInstanceLoopCharacteristics` with its `zeebe:loopCharacteristics`. */
export function readMultiInstance(loop: XmlElement, report: Report): MultiInstance | undefined {
  const extensions = child(loop, 'extensionElements', BPMN);
  const attrs = extensions && child(extensions, 'loopCharacteristics', ZEEBE)?.attrs;
  if (attrs?.['inputCollection'] === undefined || attrs['inputCollection'] === '') {
    report("Multi-instance must have 'zeebe:loopCharacteristics' with an input collection");
    return undefined;
  }
  if (!attrs['outputCollection'] !== !attrs['outputElement']) report("Attributes 'outputCollection' and 'outputElement' of the multi-instance must be given together");
  for (const name of ['inputCollection', 'outputElement']) {
    const text = attrs[name];
    if (text !== undefined && text !== '' && !text.startsWith('=')) report(`Expected expression but found static value '${text}' as '${name}'. An expression must start with '=' (e.g. '=${text}').`);
  }
  const outputVariable = /^=\s*([\p{L}_$][\p{L}\p{N}_$]*)(?:\.[\p{L}_$][\p{L}\p{N}_$]*)*\s*$/u.exec(attrs['outputElement'] ?? '')?.[1];
  const condition = child(loop, 'completionCondition', BPMN)?.text.trim();
  return {
    sequential: loop.attrs['isSequential'] === 'true',
    inputCollection: readExpression(attrs['inputCollection'], report),
    ...(attrs['inputElement'] ? { inputElement: attrs['inputElement'] } : {}),
    ...(attrs['outputCollection'] ? { outputCollection: attrs['outputCollection'] } : {}),
    ...(attrs['outputElement'] ? { outputElement: readExpression(attrs['outputElement'], report) } : {}),
    ...(outputVariable === undefined ? {} : { outputVariable }),
    ...(condition ? { completionCondition: readExpression(condition, report) } : {}),
  };
}
