import connectPgSimple from 'connect-pg-simple';
import { doubleCsrf } from 'csrf-csrf';
import type { Express, Request, Response } from 'express';
import session from 'express-session';
import helmet from 'helmet';
import type { Pool } from 'pg';
import type { Database } from '../database/connect.ts';
import { findUser } from '../identity/directory.ts';
import type { ApiOptions } from './api-options.ts';

declare module 'express-session' {
  interface SessionData {
    userId: string;
    /** Keeps a session that nobody has signed in to, so that its CSRF token stays valid. */
    seen: true;
  }
}

const SESSION_MS = 12 * 3_600_000;

export interface Security {
  /** The token this session must send back in `x-csrf-token`. `fresh` replaces an older one. */
  csrfToken(request: Request, response: Response, fresh: boolean): string;
  close(): void;
}

/** Headers, sessions, CSRF and the person signed in, for every request. */
export function secure(app: Express, { db, sessionSecret, secureCookies, samplePeople }: ApiOptions): Security {
  if (sessionSecret.length < 32) throw new Error('sessionSecret must have at least 32 characters');
  if (secureCookies) app.set('trust proxy', 1);
  app.disable('x-powered-by');
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'"],
          // antd and bpmn-js write styles inline.
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:', 'blob:'],
          fontSrc: ["'self'", 'data:'],
          connectSrc: ["'self'"],
          workerSrc: ["'self'", 'blob:'],
          objectSrc: ["'none'"],
          frameAncestors: ["'self'"],
          upgradeInsecureRequests: secureCookies ? [] : null,
        },
      },
      strictTransportSecurity: secureCookies,
      crossOriginEmbedderPolicy: false,
    }),
  );
  const store = new (connectPgSimple(session))({ pool: poolOf(db), schemaName: 'app', tableName: 'session', createTableIfMissing: false });
  app.use('/api', session({ name: 'guicheng.sid', secret: sessionSecret, store, resave: false, saveUninitialized: false, cookie: { httpOnly: true, sameSite: 'lax', secure: secureCookies, maxAge: SESSION_MS } }));
  app.use('/api', (request, _response, next) => {
    request.cookies = readCookies(request.headers.cookie);
    next();
  });
  const csrf = doubleCsrf({
    getSecret: () => sessionSecret,
    getSessionIdentifier: (request) => request.session.id,
    cookieName: secureCookies ? '__Host-guicheng.csrf' : 'guicheng.csrf',
    cookieOptions: { sameSite: 'strict', path: '/', secure: secureCookies, httpOnly: true },
  });
  app.use('/api', csrf.doubleCsrfProtection);
  app.use('/api', async (request, response, next) => {
    response.setHeader('cache-control', 'no-store');
    const { userId } = request.session;
    if (userId !== undefined) {
      const user = await findUser(db, userId);
      // Rights are read anew each time, so that a change takes effect at once.
      if (user !== null && user.duty !== 'suspended' && (!user.sample || samplePeople)) response.locals['user'] = user;
    }
    next();
  });
  return {
    csrfToken: (request, response, fresh) => csrf.generateCsrfToken(request, response, { overwrite: fresh }),
    close: () => void store.close(),
  };
}

/** The session store speaks to a pg pool; ours is knex's. */
function poolOf(db: Database): Pool {
  const client = db.client as { acquireConnection(): Promise<{ query(sql: string, params: unknown[]): Promise<unknown> }>; releaseConnection(connection: unknown): Promise<void> };
  return {
    async query(sql: string, params: unknown[]) {
      const connection = await client.acquireConnection();
      try {
        return await connection.query(sql, params);
      } finally {
        await client.releaseConnection(connection);
      }
    },
  } as unknown as Pool;
}

function readCookies(header: string | undefined): Record<string, string> {
  const cookies: Record<string, string> = {};
  for (const pair of header?.split(';') ?? []) {
    const equals = pair.indexOf('=');
    if (equals > 0) cookies[pair.slice(0, equals).trim()] = decoded(pair.slice(equals + 1).trim());
  }
  return cookies;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a foreign cookie need not be encoded; ours are
  }
}
