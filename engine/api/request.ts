import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Page } from '../contract/api.ts';
import { ProductError } from '../contract/errors.ts';
import type { DirectoryUser } from '../identity/directory.ts';
import type { AuditEntry } from '../identity/audit.ts';
import { mayOpen, type Area } from '../identity/permissions.ts';

/** The person signed in, put there by the session. Throws `not_signed_in`. */
export function currentUser(response: Response): DirectoryUser {
  const user = response.locals['user'] as DirectoryUser | undefined;
  if (user === undefined) throw new ProductError('not_signed_in', 'Sign in first: there is no session, or it has ended');
  return user;
}

/** The person signed in, who must have the area open. Throws `forbidden`. */
export function userOf(response: Response, ...anyOf: Area[]): DirectoryUser {
  const user = currentUser(response);
  if (!anyOf.some((area) => mayOpen(user, area))) throw new ProductError('forbidden', `This needs one of the roles that open: ${anyOf.join(', ')}`);
  return user;
}

/** A key in the address. What is no key names nothing: `not_found`. */
export function keyParam(request: Request, name = 'key'): string {
  const value = textParam(request, name);
  if (!/^[1-9]\d{0,18}$/.test(value)) throw new ProductError('not_found', `'${value}' is not a key`);
  return value;
}

export function textParam(request: Request, name: string): string {
  const value = request.params[name];
  return typeof value === 'string' ? value : '';
}

/** `page` and `pageSize` of a list. */
export const paging = {
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(20),
};

export const pageQuery = z.object(paging);

/** A reason people must give for far-reaching actions. */
export const reason = z.string().trim().min(1).max(1000);

export interface Paging {
  page: number;
  pageSize: number;
}

export function pageOf<T>(items: T[], total: number | string, { page, pageSize }: Paging): Page<T> {
  return { items, total: Number(total), page, pageSize };
}

/** Entries that are counted and can be paged through; whoever has more narrows the question. */
export const MOST_COUNTED = 10_000;

/** A page of entries that were counted up to one more than `MOST_COUNTED`. */
export function pageOfMany<T>(items: T[], counted: number, paging: Paging): Page<T> {
  return counted > MOST_COUNTED ? { ...pageOf(items, MOST_COUNTED, paging), more: true } : pageOf(items, counted, paging);
}

export const offsetOf = ({ page, pageSize }: Paging): number => (page - 1) * pageSize;

/** Text for `ilike`, with its wildcards taken literally. */
export function containing(search: string): string {
  return `%${search.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

/** Who asks, for an audit entry. */
export function actorOf(request: Request, user: DirectoryUser): Pick<AuditEntry, 'actor' | 'role' | 'ip'> {
  return { actor: user.id, role: user.roles.join(','), ip: request.ip ?? null };
}

/** An instant as ISO 8601; null stays null. */
export function iso(at: Date): string;
export function iso(at: Date | null): string | null;
export function iso(at: Date | null): string | null {
  return at === null ? null : at.toISOString();
}
