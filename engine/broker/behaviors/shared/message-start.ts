import { ownedBy } from '../../../protocol/tenant.ts';
import type { ExecutableElement } from '../../model/executable-process.ts';
import { latestProcess, latestProcesses, modelOf } from '../../state/deployment.ts';
import { bufferedMessages, lockStart, markCorrelated, startLockHolder, startSubscriptionRecord, unlockStart } from '../../state/message.ts';
import type { ElementInstance, MessageRow, ProcessRow } from '../../state/tables.ts';
import { isHeld } from '../../state/suspension.ts';
import { startInstance } from './start-instance.ts';
import type { Processing } from './processing.ts';

/** The message start events of a process definition. Their names are plain text, or FEEL without variables. */
export function messageStartsOf(processing: Processing, process: ProcessRow): { event: ExecutableElement; messageName: string }[] {
  const model = modelOf(processing.state, process.key);
  const root = model.elements.get(model.id)!;
  return root.eventStartIds
    .map((id) => model.elements.get(id)!)
    .filter((event) => event.message !== undefined)
    .map((event) => ({ event, messageName: startMessageName(event) }));
}

function startMessageName(event: ExecutableElement): string {
  const { name } = event.message!;
  if (name.kind === 'static') return name.text;
  const value = name.compiled.evaluate({ get: () => undefined }).value;
  return typeof value === 'string' ? value : name.text;
}

/**
 * Starts an instance of every process with a start event for the message. With a correlation key at most one instance started by
 * it runs at a time: the message then stays buffered until that one has ended.
 */
export function startByMessage(processing: Processing, published: MessageRow): MessageRow {
  let message = published;
  for (const process of latestProcesses(processing.state, message.tenantId)) {
    for (const { event, messageName } of messageStartsOf(processing, process)) {
      if (messageName === message.name && !message.correlatedTo.includes(process.bpmnProcessId)) message = startOne(processing, process, event, message);
    }
  }
  return message;
}

function startOne(processing: Processing, process: ProcessRow, event: ExecutableElement, message: MessageRow): MessageRow {
  const { state } = processing;
  if (isHeld(state, 'process_definition', process.key)) return message;
  const locks = message.correlationKey !== '';
  const lock = { bpmnProcessId: process.bpmnProcessId, correlationKey: message.correlationKey, ...ownedBy(process.tenantId) };
  if (locks && startLockHolder(state, lock) !== undefined) return message;
  const instance = startInstance(processing, process, {
    variables: {},
    start: { elementId: event.id, kind: 'MESSAGE', variables: message.variables },
    ...(locks ? { startLock: { messageName: message.name, correlationKey: message.correlationKey } } : {}),
  });
  if (locks) lockStart(state, lock, instance.key);
  startSubscriptionRecord(state, 'CORRELATED', { processDefinitionKey: process.key, bpmnProcessId: process.bpmnProcessId, startEventId: event.id, messageName: message.name, ...ownedBy(process.tenantId) }, message, instance.key);
  return markCorrelated(state, message, process.bpmnProcessId);
}

/** An instance started by message has ended: the next buffered message with its correlation key may start one. */
export function unlockStartOf(processing: Processing, instance: ElementInstance): void {
  if (instance.startLock === undefined) return;
  const { state } = processing;
  const { messageName, correlationKey, bpmnProcessId = instance.bpmnProcessId } = instance.startLock;
  unlockStart(state, { bpmnProcessId, correlationKey, ...ownedBy(instance.tenantId) });
  const process = latestProcess(state, bpmnProcessId, instance.tenantId);
  if (process === undefined) return;
  const start = messageStartsOf(processing, process).find((each) => each.messageName === messageName);
  const next = bufferedMessages(state, { name: messageName, correlationKey, ...ownedBy(instance.tenantId) }).find((message) => message.deadline > state.now && !message.correlatedTo.includes(bpmnProcessId));
  if (start !== undefined && next !== undefined) startOne(processing, process, start.event, next);
}
