import { checkExpressions, expressionProblem } from './check-extensions.ts';
import { extensionsOf, type Report } from './diagram.ts';
import { BPMN, ZEEBE } from './namespaces.ts';
import { child, childrenOf, type XmlElement } from './xml.ts';

const zeebe = (element: XmlElement, name: string): XmlElement[] => extensionsOf(element, name, ZEEBE);

type Check = (element: XmlElement, report: Report) => void;

const CHECKS: Readonly<Record<string, Check>> = {
  serviceTask: (element, report) => exactlyOne(element, 'taskDefinition', report),
  sendTask: (element, report) => eitherOr(element, 'publishMessage', report),
  scriptTask: (element, report) => eitherOr(element, 'script', report),
  businessRuleTask: (element, report) => eitherOr(element, 'calledDecision', report),
  callActivity: (element, report) => exactlyOne(element, 'calledElement', report),
  userTask: checkUserTask,
  receiveTask: (element, report) => {
    if (element.attrs['messageRef'] === undefined) report(element, 'Must reference a message');
  },
};

/** The rules of tasks and call activities, and of what they repeat. */
export function checkActivity(element: XmlElement, report: Report): void {
  CHECKS[element.name]?.(element, report);
  checkTaskExtensions(element, report);
  const loop = child(element, 'multiInstanceLoopCharacteristics', BPMN);
  if (loop !== undefined) checkMultiInstance(loop, report);
}

/** The job of a task, a script, a called decision or process, listeners. */
function checkTaskExtensions(element: XmlElement, report: Report): void {
  for (const each of zeebe(element, 'taskDefinition')) checkExpressions(each, { type: {}, retries: { optional: true } }, report);
  for (const each of zeebe(element, 'script')) {
    checkExpressions(each, { expression: { feelOnly: true } }, report);
    mustHave(each, 'resultVariable', report);
  }
  for (const each of zeebe(element, 'calledDecision')) {
    checkExpressions(each, { decisionId: {} }, report);
    mustHave(each, 'resultVariable', report);
  }
  for (const each of zeebe(element, 'calledElement')) checkExpressions(each, { processId: {} }, report);
  for (const headers of zeebe(element, 'taskHeaders')) {
    const keys = childrenOf(headers, 'header', ZEEBE).map((header) => header.attrs['key'] ?? '');
    for (const key of new Set(keys.filter((each, at) => each !== '' && keys.indexOf(each) !== at))) report(headers, `Headers contain duplicate entries for key '${key}'`);
  }
  for (const each of zeebe(element, 'executionListeners').flatMap((listeners) => childrenOf(listeners, 'executionListener', ZEEBE))) mustHave(each, 'type', report);
}

function checkUserTask(element: XmlElement, report: Report): void {
  for (const name of ['formDefinition', 'assignmentDefinition', 'taskSchedule']) {
    if (zeebe(element, name).length > 1) report(element, `Must have at most one 'zeebe:${name}' extension element`);
  }
  for (const form of zeebe(element, 'formDefinition')) {
    const given = ['formId', 'formKey', ...(zeebe(element, 'userTask').length > 0 ? ['externalReference'] : [])].filter((name) => (form.attrs[name] ?? '').trim() !== '');
    if (given.length !== 1 && form.attrs['externalReference'] === undefined) report(form, "Exactly one of the attributes 'formId, formKey' must be present and not blank");
  }
  for (const each of zeebe(element, 'assignmentDefinition')) checkExpressions(each, { assignee: { optional: true }, candidateGroups: { optional: true }, candidateUsers: { optional: true } }, report);
  for (const schedule of zeebe(element, 'taskSchedule')) {
    for (const name of ['dueDate', 'followUpDate']) {
      const text = schedule.attrs[name];
      const problem = text === undefined ? undefined : text.startsWith('=') ? expressionProblem(text) : dateProblem(text);
      if (problem !== undefined) report(schedule, problem);
    }
  }
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})(?:\[[^\]]+\])?$/;

function dateProblem(text: string): string | undefined {
  if (text === '' || (INSTANT.test(text) && !Number.isNaN(Date.parse(text.replace(/\[.*$/, ''))))) return undefined;
  return `Expected static value to be a valid DateTime String, e.g. '2023-03-02T15:35+02:00', but found '${text}'.`;
}

function checkMultiInstance(loop: XmlElement, report: Report): void {
  const characteristics = zeebe(loop, 'loopCharacteristics');
  if (characteristics.length !== 1) report(loop, "Must have exactly one 'zeebe:loopCharacteristics' extension element");
  for (const each of characteristics) {
    checkExpressions(each, { inputCollection: { feelOnly: true }, outputElement: { optional: true, feelOnly: true } }, report);
    const { outputCollection, outputElement } = each.attrs;
    if (outputCollection && !outputElement) report(each, "Attribute 'outputElement' must be present if the attribute 'outputCollection' is set");
    if (outputElement && !outputCollection) report(each, "Attribute 'outputCollection' must be present if the attribute 'outputElement' is set");
  }
  const condition = child(loop, 'completionCondition', BPMN);
  const problem = condition === undefined ? undefined : expressionProblem(condition.text.trim(), { optional: true });
  if (problem !== undefined) report(loop, problem);
}

function exactlyOne(element: XmlElement, name: string, report: Report): void {
  if (zeebe(element, name).length !== 1) report(element, `Must have exactly one 'zeebe:${name}' extension element`);
}

/** A job, or what Zeebe does by itself: one of the two, once. Also of message throw events. */
export function eitherOr(element: XmlElement, name: string, report: Report): void {
  if (zeebe(element, name).length + zeebe(element, 'taskDefinition').length !== 1) report(element, `Must have either one 'zeebe:${name}' or one 'zeebe:taskDefinition' extension element`);
}

function mustHave(element: XmlElement, attribute: string, report: Report): void {
  if ((element.attrs[attribute] ?? '') === '') report(element, `Attribute '${attribute}' must be present and not empty`);
}
