// What the load client is made of: the gateway's own HTTP/2, from the other side. `light-client.mjs` builds it before it is imported.
export { GrpcServer } from '../../engine/gateway/grpc-server.ts';
export { Http2Connection } from '../../engine/gateway/http2/connection.ts';
export { encodeHeaders } from '../../engine/gateway/http2/hpack.ts';
export { gatewayProtocol } from '../../engine/protocol/gateway-protocol.ts';
