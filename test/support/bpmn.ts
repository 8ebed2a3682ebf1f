/** Wraps the inside of a process into a deployable BPMN file; `definitions` holds messages, errors, escalations. */
export function bpmn(processId: string, inside: string, definitions = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions_${processId}" targetNamespace="http://guicheng/test">
  <bpmn:process id="${processId}" isExecutable="true">
${inside}
  </bpmn:process>
${definitions}
</bpmn:definitions>`;
}

export const start = (id = 'start'): string => `<bpmn:startEvent id="${id}"/>`;
export const end = (id = 'end'): string => `<bpmn:endEvent id="${id}"/>`;

let flows = 0;
/** A sequence flow; `condition` is FEEL without the leading `=`. */
export function flow(source: string, target: string, condition?: string, id = `flow_${(flows += 1)}`): string {
  const inside = condition === undefined ? '' : `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=${escape(condition)}</bpmn:conditionExpression>`;
  return `<bpmn:sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}">${inside}</bpmn:sequenceFlow>`;
}

/** Flows from each element to the next. */
export const chain = (...ids: string[]): string => ids.slice(1).map((id, index) => flow(ids[index]!, id)).join('\n');

/** `zeebe:ioMapping` from `[source, target]` pairs. */
export function mapping(inputs: [string, string][] = [], outputs: [string, string][] = []): string {
  const line = (kind: string) => ([source, target]: [string, string]) => `<zeebe:${kind} source="${escape(source)}" target="${target}"/>`;
  return `<zeebe:ioMapping>${inputs.map(line('input')).join('')}${outputs.map(line('output')).join('')}</zeebe:ioMapping>`;
}

/** A service task; `extra` goes into its extension elements, `inside` beside them. */
export const serviceTask = (id: string, type = id, extra = '', inside = ''): string =>
  `<bpmn:serviceTask id="${id}"><bpmn:extensionElements><zeebe:taskDefinition type="${escape(type)}"/>${extra}</bpmn:extensionElements>${inside}</bpmn:serviceTask>`;

export const userTask = (id: string, extra = ''): string => `<bpmn:userTask id="${id}"><bpmn:extensionElements>${extra}</bpmn:extensionElements></bpmn:userTask>`;

export const message = (id: string, name: string, correlationKey?: string): string =>
  `<bpmn:message id="${id}" name="${escape(name)}">${correlationKey === undefined ? '' : `<bpmn:extensionElements><zeebe:subscription correlationKey="${escape(correlationKey)}"/></bpmn:extensionElements>`}</bpmn:message>`;

export const timer = (kind: 'timeDate' | 'timeDuration' | 'timeCycle', text: string): string => `<bpmn:timerEventDefinition><bpmn:${kind}>${escape(text)}</bpmn:${kind}></bpmn:timerEventDefinition>`;

export const messageEvent = (ref: string): string => `<bpmn:messageEventDefinition messageRef="${ref}"/>`;
export const errorEvent = (ref: string): string => `<bpmn:errorEventDefinition errorRef="${ref}"/>`;
export const escalationEvent = (ref: string): string => `<bpmn:escalationEventDefinition escalationRef="${ref}"/>`;

export const boundary = (id: string, attachedTo: string, definition: string, interrupting = true): string =>
  `<bpmn:boundaryEvent id="${id}" attachedToRef="${attachedTo}" cancelActivity="${interrupting}">${definition}</bpmn:boundaryEvent>`;

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
