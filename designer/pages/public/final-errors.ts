import { ApiFailure } from '../../api/index.ts';

/** Reasons a link can no longer be used; trying again changes nothing. */
export const finalCodes = ['link_used', 'link_expired', 'link_closed', 'not_found'] as const;

export function isFinal(error: unknown): error is ApiFailure {
  return error instanceof ApiFailure && (finalCodes as readonly string[]).includes(error.code);
}
