import { latestForm } from '../../state/deployment.ts';
import { evaluateFeel, evaluateOptionalText, evaluateText, evaluateTextList, kindOf } from '../shared/expressions.ts';
import { feelToJson } from '../../../contract/feel/index.ts';
import { ElementFailure } from '../shared/failure.ts';
import { prepareJob } from '../shared/job-task.ts';
import type { ElementBehavior } from '../shared/processing.ts';

const HEADER = 'io.camunda.zeebe:';

/** User task as a job of type `io.camunda.zeebe:userTask`; who should do it, until when and with which form stands in its headers. */
export const userTask: ElementBehavior = {
  prepare(processing, element, instance) {
    const { state } = processing;
    const task = element.userTask!;
    const headers: Record<string, string> = {};
    if (task.assignee !== undefined) {
      const assignee = evaluateText(state, task.assignee, instance);
      if (assignee !== '') headers[`${HEADER}assignee`] = assignee;
    }
    if (task.candidateGroups !== undefined) headers[`${HEADER}candidateGroups`] = JSON.stringify(evaluateTextList(state, task.candidateGroups, instance));
    if (task.candidateUsers !== undefined) headers[`${HEADER}candidateUsers`] = JSON.stringify(evaluateTextList(state, task.candidateUsers, instance));
    for (const name of ['dueDate', 'followUpDate'] as const) {
      if (task[name] === undefined) continue;
      const value = evaluateFeel(state, task[name], instance);
      const text = feelToJson(value);
      if (text === null || text === '') continue;
      if (typeof text !== 'string' || Number.isNaN(Date.parse(text.replace(/\[.*$/, ''))) || !/T.*(?:Z|[+-]\d{2}:?\d{2})/.test(text)) {
        throw new ElementFailure('EXTRACT_VALUE_ERROR', `Invalid date-time format '${typeof text === 'string' ? text : kindOf(value)}' for expression '${task[name].text.replace(/^=/, '')}'`);
      }
      headers[`${HEADER}${name}`] = text;
    }
    if (task.formId !== undefined) {
      const formId = evaluateText(state, task.formId, instance);
      const form = latestForm(state, formId);
      if (form === undefined) throw new ElementFailure('FORM_NOT_FOUND', `Expected to find a form with id '${formId}', but no form with this id is found, at least a form with this id should be available. To resolve the Incident please deploy a form with the same id`);
      headers[`${HEADER}formKey`] = form.key;
    } else if (task.formKey !== undefined) {
      const formKey = evaluateOptionalText(state, task.formKey, instance);
      if (formKey !== null) headers[`${HEADER}formKey`] = formKey;
    }
    return prepareJob(processing, element, instance, headers);
  },
};
