import { createContext, useContext } from 'react';
import type { Session, User } from '../../engine/contract/api.ts';

export type SignedIn = Session & { user: User };

export const SignedInContext = createContext<SignedIn | null>(null);

/** The person signed in and their session. Only on pages behind sign-in. */
export function useSignedIn(): SignedIn {
  const session = useContext(SignedInContext);
  if (!session) throw new Error('expected a page behind sign-in, but there is no session');
  return session;
}
