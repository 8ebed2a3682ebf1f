import { once, type Effect } from '../effect.ts';
import { objectOf, requiredHeader, textOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';
import { startForContracts } from './expiring-contracts.ts';

/**
 * Starts another process (header `processId`) with `vars`; returns `instanceKey`. A delivery that comes twice starts it once; only
 * if this program dies between the engine's answer and its own commit does the repetition start a second one, because the
 * protocol has no key to refuse it by: use `message.publish` on a message start where that matters. Header `forEach`
 * `expiring_contracts`: one instance for every contract that ends `withinDays` (default 30) and has none yet; returns `started`.
 */
export const processStart: JobWorker = {
  type: 'process.start',
  async handle(job, context) {
    const processId = requiredHeader(job, 'processId');
    const forEach = job.customHeaders['forEach'];
    if (forEach !== undefined && forEach !== 'expiring_contracts') throw new Error(`the header "forEach" of ${job.elementId} must be expiring_contracts, not "${forEach}"`);
    const started = forEach === undefined ? null : await startForContracts(job, context, processId);
    return once(job, context, async (): Promise<Effect> => {
      if (started !== null) return { variables: { started: started.length }, audit: { processId, contracts: started } };
      const { processInstanceKey } = await context.engine.createInstance(processId, { ...objectOf(job, 'vars'), initiator: `worker:${job.bpmnProcessId}` });
      const outcome = textOf(job, 'outcome');
      return { variables: { instanceKey: processInstanceKey, ...(job.customHeaders['closesRecord'] === 'true' && outcome !== null ? { outcome } : {}) }, audit: { processId, instance: processInstanceKey } };
    });
  },
};
