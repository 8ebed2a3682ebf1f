import { ProductError } from '../contract/errors.ts';
import type { Role } from '../contract/api.ts';
import type { Database } from '../database/connect.ts';
import { appendAudit } from './audit.ts';
import { findUser, type DirectoryUser } from './directory.ts';
import { hashPassword, MIN_PASSWORD_LENGTH, verifyPassword } from './passwords.ts';

/** A local account to be made. */
export interface NewAccount {
  /** Name typed at sign-in: letters, digits, `.`, `_`, `-`. */
  id: string;
  /** As shown. */
  name: string;
  /** At least 12 characters. */
  password: string;
  roles: readonly Role[];
  groups?: readonly string[];
  title?: string;
  email?: string | null;
}

/**
 * Creates a local account; for the command line and the first administrator.
 * @param actor who creates it, for the audit log
 * @throws ProductError `bad_request` for a name or password that will not do, `exists` when the name is taken.
 */
export async function createAccount(db: Database, account: NewAccount, actor: string, at: number): Promise<DirectoryUser> {
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(account.id)) throw new ProductError('bad_request', `Expected an account name of small letters, digits, '.', '_' and '-', but got '${account.id}'`);
  if ([...account.password].length < MIN_PASSWORD_LENGTH) throw new ProductError('bad_request', `Expected a password of at least ${MIN_PASSWORD_LENGTH} characters`, { min: MIN_PASSWORD_LENGTH });
  const password_hash = await hashPassword(account.password);
  return db.transaction(async (trx) => {
    const added = await trx('app.app_user')
      .insert({ id: account.id, name: account.name, title: account.title ?? '', email: account.email ?? null, roles: [...account.roles], groups: [...(account.groups ?? [])], password_hash, sample: false })
      .onConflict('id')
      .ignore()
      .returning('id');
    if (added.length === 0) throw new ProductError('exists', `Expected to create account '${account.id}', but there is one of this name`);
    await appendAudit(trx, { at, actor, action: 'account.create', object: `user:${account.id}`, after: { roles: [...account.roles], groups: [...(account.groups ?? [])] } });
    return (await findUser(trx, account.id))!;
  });
}

/** The person whose name and password these are, else null. Takes as long for an unknown name as for a wrong password. */
export async function checkPassword(db: Database, username: string, password: string): Promise<DirectoryUser | null> {
  const row: { id: string; password_hash: string | null } | undefined = await db('app.app_user').select('id', 'password_hash').where({ id: username }).first();
  const right = await verifyPassword(password, row?.password_hash ?? null);
  return right && row !== undefined ? findUser(db, row.id) : null;
}

/** True when somebody can sign in with a password. */
export async function hasAccounts(db: Database): Promise<boolean> {
  return (await db('app.app_user').select('id').whereNotNull('password_hash').first()) !== undefined;
}
