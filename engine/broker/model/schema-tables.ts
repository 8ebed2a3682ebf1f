/** Children that an element may have, in the order the BPMN schema wants them; `?` at most once. */
export type Order = readonly string[];

const base: Order = ['documentation', 'extensionElements?'];
const flowElement: Order = [...base, 'auditing?', 'monitoring?', 'categoryValueRef'];
const flowNode: Order = [...flowElement, 'incoming', 'outgoing'];
const data: Order = ['ioSpecification?', 'property', 'dataInputAssociation', 'dataOutputAssociation'];
const loops = 'standardLoopCharacteristics|multiInstanceLoopCharacteristics';
const activity: Order = [...flowNode, ...data, 'resourceRole|performer|humanPerformer|potentialOwner', `${loops}?`];
const definitions = ['cancel', 'compensate', 'conditional', 'error', 'escalation', 'link', 'message', 'signal', 'terminate', 'timer'].map((each) => `${each}EventDefinition`).join('|');
const catchEvent: Order = [...flowNode, 'property', 'dataOutput', 'dataOutputAssociation', 'outputSet?', definitions, 'eventDefinitionRef'];
const throwEvent: Order = [...flowNode, 'property', 'dataInput', 'dataInputAssociation', 'inputSet?', definitions, 'eventDefinitionRef'];
const tasks = ['task', 'serviceTask', 'sendTask', 'receiveTask', 'userTask', 'manualTask', 'scriptTask', 'businessRuleTask'];
const gateways = ['exclusiveGateway', 'parallelGateway', 'inclusiveGateway', 'complexGateway', 'eventBasedGateway'];
const flowElements = [...tasks, ...gateways, 'startEvent', 'endEvent', 'boundaryEvent', 'intermediateCatchEvent', 'intermediateThrowEvent', 'implicitThrowEvent', 'event', 'callActivity', 'subProcess', 'adHocSubProcess', 'transaction', 'sequenceFlow', 'dataObject', 'dataObjectReference', 'dataStoreReference', 'callChoreography', 'choreographyTask', 'subChoreography'].join('|');
const artifacts = 'association|group|textAnnotation';
const subProcess: Order = [...activity, 'laneSet', flowElements, artifacts];

const orders: Record<string, Order> = {
  process: [...base, 'supportedInterfaceRef', 'ioSpecification?', 'ioBinding', 'auditing?', 'monitoring?', 'property', 'laneSet', flowElements, artifacts, 'resourceRole|performer|humanPerformer|potentialOwner', 'correlationSubscription', 'supports'],
  subProcess,
  transaction: subProcess,
  adHocSubProcess: [...subProcess, 'completionCondition?'],
  callActivity: activity,
  scriptTask: [...activity, 'script?'],
  userTask: [...activity, 'rendering'],
  startEvent: catchEvent,
  boundaryEvent: catchEvent,
  intermediateCatchEvent: catchEvent,
  intermediateThrowEvent: throwEvent,
  implicitThrowEvent: throwEvent,
  endEvent: throwEvent,
  complexGateway: [...flowNode, 'activationCondition?'],
  sequenceFlow: [...flowElement, 'conditionExpression?'],
  multiInstanceLoopCharacteristics: [...base, 'loopCardinality?', 'loopDataInputRef?', 'loopDataOutputRef?', 'inputDataItem?', 'outputDataItem?', 'complexBehaviorDefinition', 'completionCondition?'],
  standardLoopCharacteristics: [...base, 'loopCondition?'],
  timerEventDefinition: [...base, 'timeDate|timeDuration|timeCycle?'],
  message: base,
  error: base,
  signal: base,
  escalation: base,
};
for (const task of tasks) orders[task] ??= activity;
for (const gateway of gateways) orders[gateway] ??= flowNode;

/** Order of the children by element; other elements are not looked into. */
export const ORDERS: Readonly<Record<string, Order>> = orders;

const node = 'id name';
const attributes: Record<string, string> = {
  definitions: 'id name targetNamespace expressionLanguage typeLanguage exporter exporterVersion',
  process: `${node} processType isClosed isExecutable definitionalCollaborationRef`,
  sequenceFlow: `${node} sourceRef targetRef isImmediate`,
  startEvent: `${node} isInterrupting parallelMultiple`,
  boundaryEvent: `${node} attachedToRef cancelActivity parallelMultiple`,
  intermediateCatchEvent: `${node} parallelMultiple`,
  intermediateThrowEvent: node,
  endEvent: node,
};
const activityAttributes = `${node} isForCompensation startQuantity completionQuantity default`;
for (const task of tasks) attributes[task] = activityAttributes;
for (const task of ['serviceTask', 'userTask', 'businessRuleTask']) attributes[task] = `${activityAttributes} implementation operationRef`;
for (const task of ['sendTask', 'receiveTask']) attributes[task] = `${activityAttributes} implementation operationRef messageRef instantiate`;
attributes['scriptTask'] = `${activityAttributes} scriptFormat`;
attributes['callActivity'] = `${activityAttributes} calledElement`;
attributes['subProcess'] = `${activityAttributes} triggeredByEvent`;
for (const gateway of gateways) attributes[gateway] = `${node} gatewayDirection default instantiate eventGatewayType`;

/** Attributes of no namespace that an element may have; other elements are not looked at. */
export const ATTRIBUTES: ReadonlyMap<string, ReadonlySet<string>> = new Map(Object.entries(attributes).map(([name, list]) => [name, new Set(list.split(' '))]));

/** Attributes that must be there. */
export const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  definitions: ['targetNamespace'],
  sequenceFlow: ['sourceRef', 'targetRef'],
  association: ['sourceRef', 'targetRef'],
  boundaryEvent: ['attachedToRef'],
  linkEventDefinition: ['name'],
  callChoreography: ['initiatingParticipantRef'],
  choreographyTask: ['initiatingParticipantRef'],
  subChoreography: ['initiatingParticipantRef'],
};

/** Attributes that are true or false. */
export const BOOLEANS: ReadonlySet<string> = new Set(['isExecutable', 'isClosed', 'isInterrupting', 'cancelActivity', 'parallelMultiple', 'isForCompensation', 'triggeredByEvent', 'isSequential', 'isImmediate', 'instantiate', 'waitForCompletion']);

/** Attributes that name the id of another element of the file. */
export const REFERENCES: Readonly<Record<string, readonly string[]>> = { sequenceFlow: ['sourceRef', 'targetRef'], '*': ['default'] };

