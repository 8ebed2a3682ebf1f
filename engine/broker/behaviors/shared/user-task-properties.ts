import { feelToExactJson } from '../../../contract/feel/index.ts';
import type { ExecutableElement, Expression } from '../../model/executable-process.ts';
import { latestForm } from '../../state/deployment.ts';
import type { EngineState } from '../../state/engine-state.ts';
import type { ElementInstance } from '../../state/tables.ts';
import { evaluateFeel, evaluateOptionalText, evaluateText, evaluateTextList, kindOf } from './expressions.ts';
import { ElementFailure } from './failure.ts';

/** Who should do a user task, until when and with which form. Empty texts and what is not given are missing. */
export interface UserTaskProperties {
  assignee?: string;
  candidateGroups?: string[];
  candidateUsers?: string[];
  /** ISO 8601 with offset. */
  dueDate?: string;
  followUpDate?: string;
  /** Key of a deployed form, or what the author has written of a form elsewhere. */
  formKey?: string;
  externalReference?: string;
}

/** Evaluates them in their order. Throws ElementFailure. */
export function evaluateUserTask(state: EngineState, element: ExecutableElement, instance: ElementInstance): UserTaskProperties {
  const task = element.userTask!;
  const properties: UserTaskProperties = {};
  const text = (name: 'assignee' | 'externalReference', expression: Expression | undefined): void => {
    const value = expression === undefined ? '' : evaluateText(state, expression, instance);
    if (value !== '') properties[name] = value;
  };
  text('assignee', task.assignee);
  if (task.candidateGroups !== undefined) properties.candidateGroups = evaluateTextList(state, task.candidateGroups, instance);
  if (task.candidateUsers !== undefined) properties.candidateUsers = evaluateTextList(state, task.candidateUsers, instance);
  for (const name of ['dueDate', 'followUpDate'] as const) {
    const date = task[name] === undefined ? null : evaluateDate(state, task[name], instance);
    if (date !== null) properties[name] = date;
  }
  if (task.formId !== undefined) properties.formKey = evaluateForm(state, task.formId, instance);
  else if (task.formKey !== undefined) properties.formKey = evaluateOptionalText(state, task.formKey, instance) ?? undefined;
  text('externalReference', task.native?.externalReference);
  return properties;
}

function evaluateDate(state: EngineState, expression: Expression, instance: ElementInstance): string | null {
  const value = evaluateFeel(state, expression, instance);
  const text = feelToExactJson(value);
  if (text === null || text === '') return null;
  if (typeof text === 'string' && !Number.isNaN(Date.parse(text.replace(/\[.*$/, ''))) && /T.*(?:Z|[+-]\d{2}:?\d{2})/.test(text)) return text;
  throw new ElementFailure('EXTRACT_VALUE_ERROR', `Invalid date-time format '${typeof text === 'string' ? text : kindOf(value)}' for expression '${expression.text.replace(/^=/, '')}'`);
}

function evaluateForm(state: EngineState, expression: Expression, instance: ElementInstance): string {
  const formId = evaluateText(state, expression, instance);
  const form = latestForm(state, formId, instance.tenantId);
  if (form === undefined) throw new ElementFailure('FORM_NOT_FOUND', `Expected to find a form with id '${formId}', but no form with this id is found, at least a form with this id should be available. To resolve the Incident please deploy a form with the same id`);
  return form.key;
}
