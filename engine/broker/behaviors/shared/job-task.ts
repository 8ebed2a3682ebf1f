import type { ExecutableElement } from '../../model/executable-process.ts';
import { jobCreated } from '../../state/job.ts';
import type { ElementInstance } from '../../state/tables.ts';
import { evaluateInteger, evaluateText } from './expressions.ts';
import { ElementFailure } from './failure.ts';
import type { ElementBehavior, Prepared, Processing } from './processing.ts';

/** Evaluates a job's type and retries; what it returns creates the job. Throws ElementFailure. */
export function prepareJob(processing: Processing, element: ExecutableElement, instance: ElementInstance, extraHeaders: Record<string, string> = {}): Prepared {
  const { type, retries, headers, priority } = element.job!;
  const jobType = evaluateText(processing.state, type, instance);
  const count = evaluateInteger(processing.state, retries, instance);
  const level = priority === undefined ? undefined : evaluateInteger(processing.state, priority, instance);
  if (level !== undefined && (level < 0 || level > 100)) throw new ElementFailure('EXTRACT_VALUE_ERROR', `Expected the priority of a job to be from 0 to 100, but it was ${level}`);
  return { activating: (activating) => void jobCreated(processing.state, activating, jobType, count, { ...headers, ...extraHeaders }, level) };
}

/** Tasks and events that a job worker does: waits for the job, opens nothing else. */
export const jobTask: ElementBehavior = { prepare: (processing, element, instance) => prepareJob(processing, element, instance) };
