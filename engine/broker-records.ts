import type { Broker } from './broker/index.ts';
import type { RecordSource } from './projection/record-source.ts';

/** The embedded broker's record log, as the projection reads it. */
export function brokerRecords(broker: Broker): RecordSource {
  return {
    partitions: broker.partitionCount,
    read: (partition, after, limit) => broker.readRecords(partition, after, limit),
    subscribe: (listener) => broker.onRecords(listener),
    latestPosition: (partition) => Promise.resolve(broker.lastPosition(partition)),
  };
}
