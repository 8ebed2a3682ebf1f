import { findUserTask, userTaskAssigned } from '../../state/user-task.ts';
import { accept, reject, type CommandHandler } from '../command-handler.ts';
import { noSuchUserTask } from './no-such-user-task.ts';

/** Gives a user task to somebody, whoever has it; an empty assignee takes it away from everybody. */
export const assignUserTask: CommandHandler<'assign_user_task'> = ({ state }, { userTaskKey, assignee, action }) => {
  const task = state.seen(findUserTask(state, userTaskKey));
  if (task === undefined) return noSuchUserTask('assign', userTaskKey);
  userTaskAssigned(state, task, assignee, action || (assignee === '' ? 'unassign' : 'assign'));
  return accept({});
};

/** Gives a user task to somebody, unless another one has it. */
export const claimUserTask: CommandHandler<'claim_user_task'> = ({ state }, { userTaskKey, assignee, action }) => {
  const task = state.seen(findUserTask(state, userTaskKey));
  if (task === undefined) return noSuchUserTask('claim', userTaskKey);
  if (assignee === '') return reject('INVALID_STATE', `Expected to claim user task with key '${userTaskKey}', but provided assignee is empty`);
  if (task.assignee !== '' && task.assignee !== assignee) return reject('INVALID_STATE', `Expected to claim user task with key '${userTaskKey}', but it has already been assigned`);
  userTaskAssigned(state, task, assignee, action || 'claim');
  return accept({});
};
