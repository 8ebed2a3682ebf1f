import { status } from '@grpc/grpc-js';
import type { Bearer, CheckToken } from './bearer-tokens.ts';
import { RpcError } from './server-call.ts';

/** Lets only calls through that carry a good token in `authorization: Bearer …`; the others end with UNAUTHENTICATED. */
export const requireToken = (check: CheckToken) => async (headers: ReadonlyMap<string, string>): Promise<Bearer> => {
  const refuse = (reason: string): never => {
    throw new RpcError(status.UNAUTHENTICATED, `Expected a valid bearer token in the authorization header, but ${reason}`);
  };
  const [, token] = /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '') ?? [];
  return token === undefined ? refuse('there is none') : check(token).catch((error: Error) => refuse(error.message));
};
