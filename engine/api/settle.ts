import { partitionOf } from '../protocol/key.ts';
import { SETTLE_MS, type ApiOptions } from './api-options.ts';

/**
 * Waits until the read model shows what a command has done: up to the newest record of the key's partition when the source
 * knows it, else until `effect` holds. False when that took too long; the command has happened all the same.
 */
export async function settle({ projection, source }: Pick<ApiOptions, 'projection' | 'source'>, key: string, effect: () => Promise<boolean>): Promise<boolean> {
  if (source.latestPosition === undefined) return projection.waitUntil(effect, SETTLE_MS);
  const partition = partitionOf(key);
  return projection.waitFor(partition, await source.latestPosition(partition), SETTLE_MS);
}
