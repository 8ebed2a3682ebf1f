import { once, type Effect } from '../effect.ts';
import { objectOf, requiredHeader, textOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';

/**
 * Starts another process (header `processId`) with `vars`; returns `instanceKey`. A delivery that comes twice starts it once; only
 * if this program dies between the engine's answer and its own commit does the repetition start a second one, because the
 * protocol has no key to refuse it by: use `message.publish` on a message start where that matters.
 */
export const processStart: JobWorker = {
  type: 'process.start',
  handle: (job, context) =>
    once(job, context, async (): Promise<Effect> => {
      const processId = requiredHeader(job, 'processId');
      const { processInstanceKey } = await context.engine.createInstance(processId, { ...objectOf(job, 'vars'), initiator: `worker:${job.bpmnProcessId}` });
      const outcome = textOf(job, 'outcome');
      return { variables: { instanceKey: processInstanceKey, ...(job.customHeaders['closesRecord'] === 'true' && outcome !== null ? { outcome } : {}) }, audit: { processId, instance: processInstanceKey } };
    }),
};
