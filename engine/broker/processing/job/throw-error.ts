import { isErrorCaught, throwError as throwFrom } from '../../behaviors/shared/throw-error.ts';
import { incidentCreated } from '../../state/incident.ts';
import { findJob, jobErrorThrown } from '../../state/job.ts';
import { instanceOf } from '../../state/process-instance.ts';
import { accept, reject, type CommandHandler } from '../command-handler.ts';
import { noSuchJob } from './no-such-job.ts';

/** Throws a BPMN error from a job's element; an incident when nothing catches it. */
export const throwError: CommandHandler<'throw_error'> = (processing, { jobKey, errorCode, errorMessage, variables }) => {
  const { state } = processing;
  const job = state.seen(findJob(state, jobKey));
  if (job === undefined) return noSuchJob('throw an error for', jobKey);
  if (job.state !== 'ACTIVATED' && job.state !== 'ACTIVATABLE') return reject('INVALID_STATE', `Expected to throw an error for job with key '${jobKey}', but it is in state '${job.state}'`);
  const instance = instanceOf(state, job.elementInstanceKey);
  const caught = isErrorCaught(processing, instance, errorCode);
  const thrown = jobErrorThrown(state, job, { errorCode, errorMessage, variables }, caught);
  if (caught) throwFrom(processing, instance, errorCode, variables);
  else incidentCreated(state, instance, 'UNHANDLED_ERROR_EVENT', `Expected to throw an error event with the code '${errorCode}'${errorMessage === '' ? '' : ` with message '${errorMessage}'`}, but it was not caught. No error events are available in the scope.`, thrown);
  return accept({});
};
