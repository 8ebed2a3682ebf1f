import { userTaskCanceled, userTaskCreated, userTaskOf } from '../../state/user-task.ts';
import { prepareJob } from '../shared/job-task.ts';
import type { ElementBehavior } from '../shared/processing.ts';
import { evaluateUserTask, type UserTaskProperties } from '../shared/user-task-properties.ts';

const HEADER = 'io.camunda.zeebe:';

/** User task: a task of the engine (`zeebe:userTask`), else a job of type `io.camunda.zeebe:userTask` whose headers say who should do it, until when and with which form. */
export const userTask: ElementBehavior = {
  prepare(processing, element, instance) {
    const properties = evaluateUserTask(processing.state, element, instance);
    const { native } = element.userTask!;
    if (native === undefined) return prepareJob(processing, element, instance, headersOf(properties));
    return { activating: (activating) => userTaskCreated(processing.state, activating, properties, native.headers) };
  },
  terminating({ state }, _element, instance) {
    const task = userTaskOf(state, instance);
    if (task !== undefined) userTaskCanceled(state, task);
  },
};

function headersOf(properties: UserTaskProperties): Record<string, string> {
  const texts = Object.entries(properties).filter(([, value]) => value !== undefined);
  return Object.fromEntries(texts.map(([name, value]) => [`${HEADER}${name}`, typeof value === 'string' ? value : JSON.stringify(value)]));
}
