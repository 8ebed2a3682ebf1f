import type { Server } from '@grpc/grpc-js';
import type { Http2Server, ServerHttp2Session } from 'node:http2';

/** Calls after which a connection is replaced. The HTTP/2 library ends a session at 1,000 resets (33 more each second). */
const CALLS_PER_SESSION = 600;

/** Asked of every client: no new calls here, those under way go on. The largest stream id says so (RFC 9113, 6.8). */
const NO_ERROR = 0;
const EVERY_STREAM = 2 ** 31 - 1;

/**
 * Lets busy clients move to a fresh connection in time. The gRPC library inside zeebe-node 8.3 resets every stream that has already ended,
 * and Node's HTTP/2 takes many resets for an attack: it would end the session and fail the calls under way. A connection that has
 * carried its share is announced to close; clients open the next one by themselves, without losing a call.
 */
export function recycleSessions(server: Server): void {
  // grpc-js offers no event for sessions: its own servers are asked. The gateway's test fails if they move.
  const { http2Servers } = server as unknown as { http2Servers: ReadonlyMap<Http2Server, unknown> };
  for (const http2Server of http2Servers.keys()) {
    http2Server.on('session', (session: ServerHttp2Session) => {
      let calls = 0;
      session.on('stream', () => {
        calls += 1;
        if (calls !== CALLS_PER_SESSION || session.closed || session.destroyed) return;
        session.goaway(NO_ERROR, EVERY_STREAM);
      });
    });
  }
}
