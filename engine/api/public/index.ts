import express, { Router, type Request } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { z } from 'zod';
import type { ApiError, PublicLink } from '../../contract/api.ts';
import { ProductError } from '../../contract/errors.ts';
import type { JsonObject } from '../../contract/json.ts';
import type { ApiOptions } from '../api-options.ts';
import { commitmentRoutes } from './commitments.ts';
import { factsOf } from './link-facts.ts';
import { closedLink, openLink } from './open-link.ts';
import { formOfLink } from './public-form.ts';
import { progressRoutes } from './progress.ts';
import { filled, purposeOf } from './purposes.ts';
import { submissionRoutes } from './submissions.ts';
import { useLink } from './use-link.ts';

declare module 'express-serve-static-core' {
  interface Request {
    /** Token of a customer's link, taken out of the address so that no log line can hold it. */
    linkToken?: string;
  }
}

/** Requests per address within `WINDOW_MS`. Many customers may share one address of a mobile network. */
export const PUBLIC_LIMIT = 120;
const WINDOW_MS = 5 * 60_000;
const MAX_BODY = '64kb';

const submission = z.object({ values: z.record(z.string(), z.json()).default({}) });

/**
 * /api/public: what customers do without signing in. `links/:token` is a one-time link out of a message; `forms`, `submissions` and
 * `progress` bring something in and look it up; `commitments` are the time limits the institution keeps.
 *
 * Deliberately outside sessions and CSRF protection: these routes neither read nor set a cookie, so there is no authority in a
 * browser that another site could borrow. Whoever knows a link's token (192 random bits, only in the customer's message) may use
 * it, once; who does not, gets `not_found`.
 */
export function publicRoutes(options: ApiOptions): Router {
  const { db, clock, zone } = options;
  const router = Router();
  router.use(helmet());
  router.use(
    rateLimit({
      windowMs: WINDOW_MS,
      limit: PUBLIC_LIMIT,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      handler: (_request, response) => void response.status(429).json({ code: 'too_many', message: 'Too many requests from this address: wait five minutes' } satisfies ApiError),
    }),
  );
  router.use((request, response, next) => {
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-robots-tag', 'noindex');
    if (!request.url.startsWith('/links')) return next();
    const found = /^\/links\/([^/?]+)\/?(\?|$)/.exec(request.url);
    if (found === null) throw new ProductError('not_found', 'There is no such address below /api/public');
    request.linkToken = found[1]!;
    request.url = '/links/-';
    request.originalUrl = `${request.baseUrl}/links/-`;
    next();
  });

  router.get('/links/-', async (request, response) => {
    const link = await openLink(db, tokenOf(request), clock.now());
    if (!link.awaited) throw closedLink();
    const purpose = purposeOf(link);
    const { json, variables } = await formOfLink(db, link, purpose);
    const facts = await factsOf(db, link, purpose);
    const words = (text: { zh: string; en: string }) => filled(text, link.reference, facts);
    response.json({
      kind: purpose.kind,
      reference: link.reference,
      expiresAt: link.expiresAt.toISOString(),
      zone,
      title: words(purpose.title),
      intro: words(purpose.intro),
      submit: purpose.submit,
      thanks: { title: words(purpose.thanks.title), text: words(purpose.thanks.text) },
      form: json,
      variables,
    } satisfies PublicLink);
  });

  router.post('/links/-', express.json({ limit: MAX_BODY }), async (request, response) => {
    const { values } = submission.parse(request.body ?? {});
    response.json(await useLink(options, tokenOf(request), values as JsonObject, request.ip ?? null));
  });

  router.use(submissionRoutes(options));
  router.use(progressRoutes(options));
  router.use(commitmentRoutes(options));

  router.use(() => {
    throw new ProductError('not_found', 'There is no such address below /api/public; a link is read with GET and answered with POST');
  });
  return router;
}

function tokenOf(request: Request): string {
  return request.linkToken ?? '';
}
