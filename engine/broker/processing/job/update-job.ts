import { findJob, jobRetriesUpdated, jobTimeoutUpdated } from '../../state/job.ts';
import { accept, reject, type CommandHandler } from '../command-handler.ts';
import { noSuchJob } from './no-such-job.ts';

/** Sets a job's retries; an incident over it still has to be resolved. */
export const updateJobRetries: CommandHandler<'update_job_retries'> = ({ state }, { jobKey, retries }) => {
  if (retries < 1) return reject('INVALID_ARGUMENT', `Expected to update retries for job with key '${jobKey}' with a positive amount of retries, but the amount given was '${retries}'`);
  const job = state.seen(findJob(state, jobKey));
  if (job === undefined) return noSuchJob('update retries for', jobKey);
  jobRetriesUpdated(state, job, retries);
  return accept({});
};

/** Sets how long an activated job stays with its worker, from now. */
export const updateJobTimeout: CommandHandler<'update_job_timeout'> = ({ state }, { jobKey, timeoutMs }) => {
  const job = state.seen(findJob(state, jobKey));
  if (job === undefined) return reject('NOT_FOUND', `Expected to update job deadline with key '${jobKey}', but no such job was found`);
  if (job.state !== 'ACTIVATED') return reject('INVALID_STATE', `Expected to update the timeout of job with key '${jobKey}', but it is not active`);
  jobTimeoutUpdated(state, job, state.now + timeoutMs);
  return accept({});
};
