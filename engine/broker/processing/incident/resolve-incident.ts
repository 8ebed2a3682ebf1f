import { runActivation, runCompletion } from '../../behaviors/shared/lifecycle.ts';
import { findIncident, incidentResolved } from '../../state/incident.ts';
import { findJob, jobReopened } from '../../state/job.ts';
import { findInstance } from '../../state/process-instance.ts';
import { accept, reject, type CommandHandler } from '../command-handler.ts';

/** Resolves an incident: its job is handed out again, or the element tries anew what failed. A job needs retries first. */
export const resolveIncident: CommandHandler<'resolve_incident'> = (processing, { incidentKey }) => {
  const { state } = processing;
  const incident = state.seen(findIncident(state, incidentKey));
  if (incident === undefined) return reject('NOT_FOUND', `Expected to resolve incident with key '${incidentKey}', but no such incident was found`);
  const job = incident.jobKey === '-1' ? undefined : findJob(state, incident.jobKey);
  if (job !== undefined && job.retries <= 0) return reject('NOT_FOUND', `Expected to resolve incident with key '${incidentKey}', but job with key '${job.key}' has no retries left: update its retries first`);
  incidentResolved(state, incident);
  if (job !== undefined) {
    jobReopened(state, job);
    return accept({});
  }
  const instance = findInstance(state, incident.elementInstanceKey);
  if (instance?.state === 'ACTIVATING') runActivation(processing, instance);
  else if (instance?.state === 'COMPLETING') runCompletion(processing, instance);
  return accept({});
};
