import type { ExecutableElement, Expression } from './executable-process.ts';
import { readExpression } from './expression.ts';
import type { XmlElement } from './xml.ts';

type Report = (message: string) => void;

/** Type of the job that a user task is, unless it is a task of the engine (`zeebe:userTask`). */
const USER_TASK_JOB_TYPE = 'io.camunda.zeebe:userTask';

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})(?:\[[^\]]+\])?$/;

/** Reads who should do a user task, until when and with which form. */
export function readUserTask(zeebe: (name: string) => XmlElement | undefined, headers: Record<string, string>, element: ExecutableElement, report: Report): void {
  const [assignment, form, schedule] = [zeebe('assignmentDefinition')?.attrs, zeebe('formDefinition')?.attrs, zeebe('taskSchedule')?.attrs];
  const expression = (text: string | undefined): Expression | undefined => (text === undefined || text === '' ? undefined : readExpression(text, report));
  const isNative = zeebe('userTask') !== undefined;
  element.userTask = {
    assignee: expression(assignment?.['assignee']),
    candidateGroups: expression(assignment?.['candidateGroups']),
    candidateUsers: expression(assignment?.['candidateUsers']),
    dueDate: expression(schedule?.['dueDate']),
    followUpDate: expression(schedule?.['followUpDate']),
    formId: expression(form?.['formId']),
  };
  for (const date of [element.userTask.dueDate, element.userTask.followUpDate]) {
    if (date?.kind === 'static' && !DATE_TIME.test(date.text)) report(`Expected static value to be a valid DateTime String, e.g. '2023-03-02T15:35+02:00', but found '${date.text}'.`);
  }
  const other = isNative ? 'externalReference' : 'formKey';
  const isBlank = (name: string): boolean => (form?.[name] ?? '').trim() === '';
  if (form !== undefined && isBlank('formId') === isBlank(other)) report(`Exactly one of the attributes 'formId, ${other}' must be present and not blank${isNative ? ' for native user tasks' : ''}`);
  if (isNative) {
    const externalReference = expression(form?.['externalReference']);
    element.userTask.native = { headers, ...(externalReference === undefined ? {} : { externalReference }) };
    return;
  }
  element.userTask.formKey = expression(form?.['formKey']);
  element.job = { type: { kind: 'static', text: USER_TASK_JOB_TYPE }, retries: { kind: 'static', text: '1' }, headers };
}
