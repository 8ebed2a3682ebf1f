import { once, type Effect } from '../effect.ts';
import { objectOf, requiredHeader, textOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';

/**
 * Publishes a message (header `message`) with correlation key `key` (empty for a start) and `vars`. Header `ttl` as `PT1H` or `P30D`,
 * default 1 hour. The element instance is its message id, so it arrives once.
 */
export const messagePublish: JobWorker = {
  type: 'message.publish',
  handle: (job, context) =>
    once(job, context, async (): Promise<Effect> => {
      const name = requiredHeader(job, 'message');
      const ttl = job.customHeaders['ttl'];
      await context.engine.publishMessage({ name, correlationKey: textOf(job, 'key') ?? '', variables: objectOf(job, 'vars'), messageId: `${name}:${job.elementInstanceKey}`, ...(ttl === undefined ? {} : { ttlMs: durationMs(ttl) }) });
      return { variables: { published: name }, audit: { message: name } };
    }),
};

function durationMs(text: string): number {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  if (found === null || text.length < 3) throw new Error(`the header "ttl" must be a duration such as PT1H or P30D, not "${text}"`);
  const [days, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0)) as [number, number, number, number];
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
