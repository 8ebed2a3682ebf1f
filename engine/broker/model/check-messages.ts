import { compileExpression } from '../../contract/feel/index.ts';
import { startsEventSubprocess } from './check-events.ts';
import { checkExpressions, expressionProblem } from './check-extensions.ts';
import { eventDefinitionsOf, extensionsOf, type Diagram, type Report } from './diagram.ts';
import { BPMN, ZEEBE } from './namespaces.ts';
import { kindOf } from './value-kind.ts';
import { childrenOf, type XmlElement } from './xml.ts';

const CATCHES = new Set(['intermediateCatchEvent', 'boundaryEvent', 'startEvent']);

/** What messages need, by who waits for them; a message nobody waits for may be anything. */
export function checkMessages(diagram: Diagram, report: Report): void {
  for (const message of childrenOf(diagram.root, 'message', BPMN)) {
    const waiting = waitingFor(diagram, message);
    const starts = waiting.filter((each) => each.name === 'startEvent' && !startsEventSubprocess(diagram, each) && diagram.parentOf(each)?.name === 'process');
    if (waiting.length === 0) continue;
    const name = message.attrs['name'] ?? '';
    if (name === '') report(message, 'Name must be present and not empty');
    else reportIf(message, expressionProblem(name), report);
    if (starts.length > 1) report(message, 'A message cannot be referred by more than one start event');
    for (const start of starts) checkConstant(start, 'message', name, report);
    if (waiting.length > starts.length) checkSubscription(message, report);
  }
}

function waitingFor(diagram: Diagram, message: XmlElement): XmlElement[] {
  const { id } = message.attrs;
  return diagram.processes.flatMap((process) => [...diagram.within(process)]).filter((each) => {
    if (each.ns !== BPMN) return false;
    if (each.name === 'receiveTask') return each.attrs['messageRef'] === id;
    return CATCHES.has(each.name) && eventDefinitionsOf(each).some((definition) => definition.name === 'messageEventDefinition' && definition.attrs['messageRef'] === id);
  });
}

function checkSubscription(message: XmlElement, report: Report): void {
  const subscriptions = extensionsOf(message, 'subscription', ZEEBE);
  if (subscriptions.length !== 1) report(message, 'Must have exactly one zeebe:subscription extension element');
  else checkExpressions(subscriptions[0]!, { correlationKey: { feelOnly: true } }, report);
}

/** Signals that events refer to, and receive tasks' messages. */
export function checkRootReferences(diagram: Diagram, report: Report): void {
  const elements = diagram.processes.flatMap((process) => [...diagram.within(process)]);
  const referred = new Set(elements.filter((each) => each.name === 'signalEventDefinition').map((each) => each.attrs['signalRef']));
  for (const signal of childrenOf(diagram.root, 'signal', BPMN)) {
    const name = signal.attrs['name'] ?? '';
    if (!referred.has(signal.attrs['id'])) continue;
    if (name === '') report(signal, 'Name must be present and not empty');
    else reportIf(signal, expressionProblem(name), report);
  }
  for (const event of elements) {
    if (event.name !== 'startEvent' || diagram.parentOf(event)?.name !== 'process') continue;
    for (const definition of eventDefinitionsOf(event)) if (definition.name === 'signalEventDefinition') checkConstant(event, 'signal', diagram.byId(definition.attrs['signalRef'])?.attrs['name'] ?? '', report);
  }
  for (const task of elements) {
    const { messageRef } = task.attrs;
    if (task.name === 'receiveTask' && messageRef !== undefined && diagram.byId(messageRef) === undefined) report(task, 'Must reference a message');
  }
}

/** What starts a process is opened when it is deployed: its name can know no variable. */
function checkConstant(start: XmlElement, what: string, name: string, report: Report): void {
  if (!name.startsWith('=') || expressionProblem(name) !== undefined) return;
  const { value } = compileExpression(name.slice(1)).evaluate({ get: () => undefined });
  if (typeof value !== 'string') report(start, `Expected constant expression of type String for ${what} name '${name}', but was ${kindOf(value)}`);
}

function reportIf(element: XmlElement, problem: string | undefined, report: Report): void {
  if (problem !== undefined) report(element, problem);
}
