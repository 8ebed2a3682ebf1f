import { incidentCreated } from '../../state/incident.ts';
import { findJob, jobFailed } from '../../state/job.ts';
import { instanceOf } from '../../state/process-instance.ts';
import { setAllLocal } from '../../state/variable.ts';
import { accept, reject, type CommandHandler } from '../command-handler.ts';
import { noSuchJob } from './no-such-job.ts';

/** Fails a job: with retries left it is handed out again (after the back-off), without it raises an incident. Variables are local to the task. */
export const failJob: CommandHandler<'fail_job'> = ({ state }, command) => {
  const job = state.seen(findJob(state, command.jobKey));
  if (job === undefined) return noSuchJob('fail', command.jobKey);
  if (job.state !== 'ACTIVATED' && job.state !== 'ACTIVATABLE') return reject('INVALID_STATE', `Expected to fail job with key '${command.jobKey}', but it is in state '${job.state}'`);
  const failed = jobFailed(state, job, { retries: command.retries, errorMessage: command.errorMessage, recurAt: command.backOffMs > 0 ? state.now + command.backOffMs : -1, variables: command.variables });
  const instance = instanceOf(state, job.elementInstanceKey);
  setAllLocal(state, instance, command.variables);
  if (failed.state === 'FAILED') incidentCreated(state, instance, 'JOB_NO_RETRIES', command.errorMessage === '' ? 'No more retries left.' : command.errorMessage, failed);
  return accept({});
};
