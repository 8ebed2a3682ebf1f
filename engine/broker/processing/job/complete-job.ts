import { attachTrigger, instanceOf } from '../../state/process-instance.ts';
import { findJob, jobCompleted } from '../../state/job.ts';
import { accept, reject, type CommandHandler } from '../command-handler.ts';
import { noSuchJob } from './no-such-job.ts';

/** Completes a job, activated or not, and lets its element go on. Refused while it waits for its back-off, has no retries left or has thrown an error. */
export const completeJob: CommandHandler<'complete_job'> = (processing, { jobKey, variables }) => {
  const { state } = processing;
  const job = state.seen(findJob(state, jobKey));
  if (job === undefined) return noSuchJob('complete', jobKey);
  if (job.state === 'FAILED' || job.state === 'BACKOFF') return reject('INVALID_STATE', `Expected to complete job with key '${jobKey}', but it is in state 'FAILED'`);
  if (job.state === 'ERROR_THROWN') return reject('INVALID_STATE', `Expected to complete job with key '${jobKey}', but it is in state 'ERROR_THROWN'`);
  jobCompleted(state, job, variables);
  const instance = instanceOf(state, job.elementInstanceKey);
  attachTrigger(state, instance, { elementId: job.elementId, kind: 'JOB', variables });
  processing.follow({ type: 'complete', key: instance.key });
  return accept({});
};
