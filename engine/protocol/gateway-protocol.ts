import { loadPackageDefinition, type ChannelCredentials, type Client, type GrpcObject, type ServiceDefinition } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import protobuf from 'protobufjs';
import extensionsText from './extensions.proto?raw';
import gatewayText from './gateway.proto?raw';
import healthText from './health.proto?raw';

/** Opens a client on `host:port`; its rpcs are methods named as in the protocol, with a small first letter. */
export type GatewayStub = new (address: string, credentials: ChannelCredentials, options?: object) => Client;

/** What a server implements, and a client for it. In messages keys and other 64-bit numbers are decimal text, enums names, and everything has its default. */
export interface Protocol {
  service: ServiceDefinition;
  Client: GatewayStub;
}

function read(text: string, ...path: string[]): Protocol {
  const definition = fromJSON(protobuf.parse(text).root.toJSON(), { longs: String, enums: String, defaults: true, oneofs: true });
  const loaded = path.reduce<unknown>((found, name) => (found as GrpcObject)[name], loadPackageDefinition(definition)) as GatewayStub & { service: ServiceDefinition };
  return { service: loaded.service, Client: loaded };
}

/** The gateway's rpcs. */
export const gatewayProtocol: Protocol = read(gatewayText, 'gateway_protocol', 'Gateway');

/** What the embedded broker does beside the Zeebe protocol. */
export const extensionsProtocol: Protocol = read(extensionsText, 'guicheng', 'gateway', 'v1', 'Extensions');

/** Whether the gateway takes calls. */
export const healthProtocol: Protocol = read(healthText, 'grpc', 'health', 'v1', 'Health');
