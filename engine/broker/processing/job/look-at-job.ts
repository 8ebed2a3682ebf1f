import { findJob, jobRecurred, jobTimedOut } from '../../state/job.ts';
import { accept, type CommandHandler } from '../command-handler.ts';

/** A job's time has come: its worker has not answered in time, or its back-off is over. Either way it is handed out again. */
export const lookAtJob: CommandHandler<'look_at_job'> = ({ state }, { jobKey }) => {
  const job = findJob(state, jobKey);
  if (job?.state === 'ACTIVATED' && job.deadline <= state.now) jobTimedOut(state, job);
  if (job?.state === 'BACKOFF' && job.recurAt <= state.now) jobRecurred(state, job);
  return accept({});
};
