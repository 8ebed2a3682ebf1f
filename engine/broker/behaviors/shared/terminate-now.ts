import type { Key } from '../../../protocol/key.ts';
import { elementOf } from '../../model/executable-process.ts';
import { modelOf } from '../../state/deployment.ts';
import { incidentResolved, incidentsOf } from '../../state/incident.ts';
import { findJob, jobCanceled } from '../../state/job.ts';
import { childrenIn, elementTerminated, elementTerminating, findInstance, instanceOf, updateInstance } from '../../state/process-instance.ts';
import type { ElementInstance } from '../../state/tables.ts';
import { closeSubscriptions } from './close-subscriptions.ts';
import { reconsiderJoins } from './inclusive-join.ts';
import { unlockStartOf } from './message-start.ts';
import type { BehaviorRegistry, Processing } from './processing.ts';

/**
 * Ends an element instance with everything in it within this step, without anything following from it: no boundary event, no
 * next pass, no end of its scope. Instances it has called are ended in later steps.
 */
export function terminateNow(processing: Processing, key: Key): void {
  const found = findInstance(processing.state, key);
  if (found === undefined || found.state === 'TERMINATING') return;
  const ending: ElementInstance[] = [];
  begin(processing, found, ending);
  // The youngest begin to end first and are the last to have ended, as in Zeebe 8.5.8.
  for (const each of ending.reverse()) end(processing, instanceOf(processing.state, each.key));
}

function begin(processing: Processing, instance: ElementInstance, ending: ElementInstance[]): void {
  const { state } = processing;
  const terminating = elementTerminating(state, instance);
  ending.push(terminating);
  const job = terminating.jobKey === undefined ? undefined : findJob(state, terminating.jobKey);
  if (job !== undefined) jobCanceled(state, job);
  const element = elementOf(modelOf(state, instance.processDefinitionKey), instance.elementId);
  processing.behaviors[instance.type as keyof BehaviorRegistry].terminating?.(processing, element, terminating);
  for (const incident of incidentsOf(state, terminating)) incidentResolved(state, incident);
  closeSubscriptions(processing, terminating);
  if (terminating.calledInstanceKey !== undefined && findInstance(state, terminating.calledInstanceKey) !== undefined) processing.follow({ type: 'terminate', key: terminating.calledInstanceKey });
  for (const child of childrenIn(state, terminating).reverse()) begin(processing, child, ending);
}

function end(processing: Processing, instance: ElementInstance): void {
  const { state } = processing;
  elementTerminated(state, instance);
  reconsiderJoins(processing, instance.flowScopeKey);
  const scope = findInstance(state, instance.flowScopeKey);
  if (scope?.loop !== undefined) updateInstance(state, scope, { loop: { ...scope.loop, terminated: scope.loop.terminated + 1 } });
  if (scope !== undefined) return;
  unlockStartOf(processing, instance);
  processing.processTerminated(instance);
}
