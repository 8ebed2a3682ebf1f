import { NO_KEY } from '../../../protocol/key.ts';
import { findInstance } from '../../state/process-instance.ts';
import { accept, reject, type CommandHandler } from '../command-handler.ts';

/** Cancels a process instance and everything in it. A called instance ends with its caller only. */
export const cancelProcessInstance: CommandHandler<'cancel_process_instance'> = (processing, { processInstanceKey }) => {
  const instance = processing.state.seen(findInstance(processing.state, processInstanceKey));
  if (instance === undefined || instance.type !== 'PROCESS') return reject('NOT_FOUND', `Expected to cancel a process instance with key '${processInstanceKey}', but no such process was found`);
  if (instance.parentProcessInstanceKey !== NO_KEY) return reject('INVALID_STATE', `Expected to cancel a process instance with key '${processInstanceKey}', but it is created by a parent process instance. Cancel the root process instance '${instance.parentProcessInstanceKey}' instead.`);
  processing.follow({ type: 'terminate', key: processInstanceKey });
  return accept({});
};
