import { loadPackageDefinition, type ChannelCredentials, type Client, type ServiceDefinition } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import protobuf from 'protobufjs';
import text from './gateway.proto?raw';

/** Opens a client on `host:port`; its rpcs are methods named as in the protocol, with a small first letter. */
export type GatewayStub = new (address: string, credentials: ChannelCredentials, options?: object) => Client;

/** The gateway's rpcs: what a server implements, and a client for them. In messages keys and other 64-bit numbers are decimal text, enums names, and everything has its default. */
export const gatewayProtocol: { service: ServiceDefinition; Client: GatewayStub } = (() => {
  const definition = fromJSON(protobuf.parse(text).root.toJSON(), { longs: String, enums: String, defaults: true, oneofs: true });
  const { gateway_protocol: loaded } = loadPackageDefinition(definition) as unknown as { gateway_protocol: { Gateway: GatewayStub & { service: ServiceDefinition } } };
  return { service: loaded.Gateway.service, Client: loaded.Gateway };
})();
