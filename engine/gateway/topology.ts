import { BROKER_VERSION } from '../protocol/version.ts';
import type { GatewayContext } from './rpc.ts';

/** rpc Topology: this one node leads every partition. */
export const topology = ({ broker }: GatewayContext) => async () => ({
  brokers: [
    {
      nodeId: 0,
      host: '127.0.0.1',
      port: 26501,
      partitions: Array.from({ length: broker.partitionCount }, (_, index) => ({ partitionId: index + 1, role: 'LEADER', health: 'HEALTHY' })),
      version: BROKER_VERSION,
    },
  ],
  clusterSize: 1,
  partitionsCount: broker.partitionCount,
  replicationFactor: 1,
  gatewayVersion: BROKER_VERSION,
});
