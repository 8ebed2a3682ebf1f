import { findUserTask, userTaskUpdated } from '../../state/user-task.ts';
import { accept, reject, type CommandHandler } from '../command-handler.ts';
import { noSuchUserTask } from './no-such-user-task.ts';

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Changes candidates and dates of a user task. Needs a change or an action; dates must be ISO 8601 with offset, or empty to clear them. */
export const updateUserTask: CommandHandler<'update_user_task'> = ({ state }, { userTaskKey, changes, action }) => {
  for (const [name, date] of [['due', changes.dueDate], ['follow-up', changes.followUpDate]]) {
    if (date !== undefined && date !== '' && !DATE_TIME.test(date)) return reject('INVALID_ARGUMENT', `The provided ${name} date '${date}' cannot be parsed as a date according to RFC 3339, section 5.6.`);
  }
  const { candidateGroups, candidateUsers, dueDate, followUpDate } = changes;
  const changed = Object.fromEntries(Object.entries({ candidateGroupsList: candidateGroups, candidateUsersList: candidateUsers, dueDate, followUpDate }).filter(([, value]) => value !== undefined));
  if (Object.keys(changed).length === 0 && action === '') return reject('INVALID_ARGUMENT', 'No update data provided. Provide at least an "action" or a non-null value for a supported attribute in the "changeset".');
  const task = state.seen(findUserTask(state, userTaskKey));
  if (task === undefined) return noSuchUserTask('update', userTaskKey);
  userTaskUpdated(state, task, changed, action || 'update');
  return accept({});
};
