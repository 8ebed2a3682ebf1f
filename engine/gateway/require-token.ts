import { Metadata, ResponderBuilder, ServerInterceptingCall, ServerListenerBuilder, status, type ServerInterceptor } from '@grpc/grpc-js';
import type { Bearer, CheckToken } from './bearer-tokens.ts';

/** Beside the metadata of their calls, where no client can write. */
const bearers = new WeakMap<Metadata, Bearer>();

/** Who makes a call, when its token was checked. */
export const bearerOf = (metadata: Metadata): Bearer | undefined => bearers.get(metadata);

/** Lets only calls through that carry a good token in `authorization: Bearer …`; the others end with UNAUTHENTICATED. */
export function requireToken(check: CheckToken): ServerInterceptor {
  return (_method, call) => {
    const responder = new ResponderBuilder()
      .withStart((next) => {
        next(
          new ServerListenerBuilder()
            .withOnReceiveMetadata((metadata, proceed) => {
              const [, token] = /^Bearer (\S+)$/i.exec(String(metadata.get('authorization')[0] ?? '')) ?? [];
              const refuse = (reason: string): void => call.sendStatus({ code: status.UNAUTHENTICATED, details: `Expected a valid bearer token in the authorization header, but ${reason}`, metadata: new Metadata() });
              if (token === undefined) refuse('there is none');
              else check(token).then((bearer) => (bearers.set(metadata, bearer), proceed(metadata)), (error: Error) => refuse(error.message));
            })
            .build(),
        );
      })
      .build();
    return new ServerInterceptingCall(call, responder);
  };
}
