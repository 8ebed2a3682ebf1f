import { attachTrigger, instanceOf } from '../../state/process-instance.ts';
import { findUserTask, userTaskCompleted } from '../../state/user-task.ts';
import { accept, type CommandHandler } from '../command-handler.ts';
import { noSuchUserTask } from './no-such-user-task.ts';

/** Completes a user task and lets its element go on with the variables. */
export const completeUserTask: CommandHandler<'complete_user_task'> = (processing, { userTaskKey, variables, action }) => {
  const { state } = processing;
  const task = state.seen(findUserTask(state, userTaskKey));
  if (task === undefined) return noSuchUserTask('complete', userTaskKey);
  userTaskCompleted(state, task, variables, action || 'complete');
  const instance = instanceOf(state, task.elementInstanceKey);
  attachTrigger(state, instance, { elementId: task.elementId, kind: 'JOB', variables });
  processing.follow({ type: 'complete', key: instance.key });
  return accept({});
};
