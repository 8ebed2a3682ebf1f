import { Router, type Request, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { z } from 'zod';
import type { ApiError, Role, Session, User } from '../../contract/api.ts';
import { ProductError } from '../../contract/errors.ts';
import { checkPassword } from '../../identity/accounts.ts';
import { appendAudit } from '../../identity/audit.ts';
import { findUser, listUsers, type DirectoryUser } from '../../identity/directory.ts';
import { sampleTitles } from '../../identity/sample-organization.ts';
import type { ApiOptions } from '../api-options.ts';
import { actorOf } from '../request.ts';
import type { Security } from '../security.ts';

const credentials = z.union([z.object({ sampleUserId: z.string().max(64) }), z.object({ username: z.string().trim().min(1).max(64), password: z.string().min(1).max(256) })]);

const roleOrder: readonly Role[] = ['staff', 'owner', 'admin'];

/** What others may know of a person. */
export function publicUser(user: DirectoryUser): User {
  return { id: user.id, name: user.name, roles: roleOrder.filter((role) => user.roles.includes(role)), groups: user.groups };
}

/** /api/session: who is signed in, sign in, sign out. */
export function sessionRoutes(options: ApiOptions, security: Security): Router {
  const { db, clock, samplePeople: withSamplePeople, zone, signInLimit = 10 } = options;
  const router = Router();

  const describe = async (request: Request, response: Response, user: DirectoryUser | undefined, fresh: boolean): Promise<Session> => ({
    user: user === undefined ? null : publicUser(user),
    csrfToken: security.csrfToken(request, response, fresh),
    samplePeople: withSamplePeople ? (await listUsers(db)).filter((one) => one.sample).map((one) => ({ ...publicUser(one), title: one.title, titleEn: sampleTitles.get(one.title) ?? null })) : [],
    zone,
  });

  router.get('/', async (request, response) => {
    request.session.seen = true;
    response.json(await describe(request, response, response.locals['user'] as DirectoryUser | undefined, false));
  });

  const limit = rateLimit({
    windowMs: 15 * 60_000,
    limit: signInLimit,
    skipSuccessfulRequests: true,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (request) => `${request.ip ?? ''}|${String((request.body as { username?: unknown } | undefined)?.username ?? '')}`,
    validate: { keyGeneratorIpFallback: false },
    handler: (_request, response) => void response.status(429).json({ code: 'too_many', message: 'Too many failed sign-ins: wait a quarter of an hour' } satisfies ApiError),
  });

  router.post('/', limit, async (request, response) => {
    const given = credentials.parse(request.body);
    const user = 'sampleUserId' in given ? await sampleUser(given.sampleUserId) : await checkPassword(db, given.username, given.password);
    const at = clock.now();
    if (user === null || user.duty === 'suspended' || (user.sample && !withSamplePeople)) {
      await appendAudit(db, { at, actor: 'sampleUserId' in given ? given.sampleUserId : given.username, ip: request.ip ?? null, action: 'session.refused', object: 'session' });
      throw new ProductError('sign_in_failed', 'Name or password is wrong, or the account is not in use');
    }
    await regenerate(request);
    request.session.userId = user.id;
    request.session.seen = true;
    await appendAudit(db, { at, ...actorOf(request, user), action: 'session.start', object: `user:${user.id}` });
    response.json(await describe(request, response, user, true));
  });

  router.delete('/', async (request, response) => {
    const user = response.locals['user'] as DirectoryUser | undefined;
    if (user !== undefined) await appendAudit(db, { at: clock.now(), ...actorOf(request, user), action: 'session.end', object: `user:${user.id}` });
    await new Promise<void>((resolve, reject) => request.session.destroy((error: unknown) => (error ? reject(error as Error) : resolve())));
    response.clearCookie('guicheng.sid').status(204).end();
  });

  async function sampleUser(id: string): Promise<DirectoryUser | null> {
    if (!withSamplePeople) return null;
    const user = await findUser(db, id);
    return user?.sample === true ? user : null;
  }

  return router;
}

/** A new session id at sign-in: one an attacker may have planted is worth nothing. */
function regenerate(request: Request): Promise<void> {
  return new Promise((resolve, reject) => request.session.regenerate((error: unknown) => (error ? reject(error as Error) : resolve())));
}
