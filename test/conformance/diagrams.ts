import { bpmn, chain, end, start } from '../support/bpmn.ts';

/** A process that walks its elements in order from a none start to a none end; `more` holds what hangs beside. */
export const line = (id: string, elements: Record<string, string>, more = '', definitions = ''): string =>
  bpmn(id, start() + Object.values(elements).join('\n') + end() + chain('start', ...Object.keys(elements), 'end') + more, definitions);

const extensions = (inside: string): string => (inside === '' ? '' : `<bpmn:extensionElements>${inside}</bpmn:extensionElements>`);

/** An event, gateway or plain task: `inside` are its definitions, `extra` its extension elements. */
export const node = (tag: string, id: string, inside = '', attributes = '', extra = ''): string => `<bpmn:${tag} id="${id}" ${attributes}>${extensions(extra)}${inside}</bpmn:${tag}>`;

export const subProcess = (id: string, inside: string, extra = '', loop = ''): string => `<bpmn:subProcess id="${id}">${extensions(extra)}${loop}${inside}</bpmn:subProcess>`;

/** An event subprocess from its start event's definition to `inside`'s last element. */
export const eventSubProcess = (id: string, definition: string, inside: string, interrupting = true, startExtra = ''): string =>
  `<bpmn:subProcess id="${id}" triggeredByEvent="true">${node('startEvent', `${id}_start`, definition, `isInterrupting="${interrupting}"`, startExtra)}${inside}</bpmn:subProcess>`;

/** An event subprocess of one service task. */
export const handler = (id: string, definition: string, task: string, interrupting = true, startExtra = ''): string => eventSubProcess(id, definition, task + end(`${id}_end`) + chain(`${id}_start`, `${id}_work`, `${id}_end`), interrupting, startExtra);

export const script = (id: string, expression: string, resultVariable: string, extra = ''): string => node('scriptTask', id, '', '', `<zeebe:script expression="=${expression.replace(/"/g, '&quot;').replace(/</g, '&lt;')}" resultVariable="${resultVariable}"/>${extra}`);

export const callActivity = (id: string, processId: string, attributes = '', extra = '', inside = ''): string => node('callActivity', id, inside, '', `<zeebe:calledElement processId="${processId}" ${attributes}/>${extra}`);

export const multiInstance = (attributes: string, { sequential = false, completion }: { sequential?: boolean; completion?: string } = {}): string =>
  `<bpmn:multiInstanceLoopCharacteristics isSequential="${sequential}">${extensions(`<zeebe:loopCharacteristics ${attributes}/>`)}${completion === undefined ? '' : `<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">=${completion}</bpmn:completionCondition>`}</bpmn:multiInstanceLoopCharacteristics>`;

export const error = (id: string, code?: string): string => `<bpmn:error id="${id}" ${code === undefined ? '' : `errorCode="${code}"`}/>`;
export const escalation = (id: string, code?: string): string => `<bpmn:escalation id="${id}" ${code === undefined ? '' : `escalationCode="${code}"`}/>`;
export const headers = (values: Record<string, string>): string => `<zeebe:taskHeaders>${Object.entries(values).map(([key, value]) => `<zeebe:header key="${key}" value="${value}"/>`).join('')}</zeebe:taskHeaders>`;
export const signal = (id: string, name: string): string => `<bpmn:signal id="${id}" name="${name.replace(/"/g, '&quot;')}"/>`;
export const signalEvent = (ref: string): string => `<bpmn:signalEventDefinition signalRef="${ref}"/>`;
let links = 0;
/** Zeebe 8.5.8 wants an id here, as modelers write it. */
export const linkEvent = (name: string): string => `<bpmn:linkEventDefinition id="link_${(links += 1)}" name="${name.replace(/"/g, '&quot;')}"/>`;
/** It wants an id here too. */
export const compensateEvent = (activityRef?: string): string => `<bpmn:compensateEventDefinition id="compensate_${(links += 1)}" ${activityRef === undefined ? '' : `activityRef="${activityRef}"`}/>`;

/** A compensation handler for an activity: its boundary event `<host>_undo`, the association, and the handler itself, marked as such. */
export const compensatedBy = (host: string, handlerId: string, handlerXml: string): string =>
  `<bpmn:boundaryEvent id="${host}_undo" attachedToRef="${host}">${compensateEvent()}</bpmn:boundaryEvent>${handlerXml.replace(` id="${handlerId}"`, ` id="${handlerId}" isForCompensation="true"`)}<bpmn:association id="${host}_assoc" associationDirection="One" sourceRef="${host}_undo" targetRef="${handlerId}"/>`;
