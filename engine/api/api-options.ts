import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Clock } from '../contract/clock.ts';
import type { Database } from '../database/connect.ts';
import type { Notifier } from '../notifications/notifier.ts';
import type { Projection, RecordSource } from '../projection/index.ts';
import type { GatewayClient } from './gateway-client.ts';

/** What the API is made of. */
export interface ApiOptions {
  db: Database;
  projection: Projection;
  source: RecordSource;
  engine: GatewayClient;
  clock: Clock;
  /** IANA zone of the institution. */
  zone: string;
  /** Folder of uploaded files (`files/`) and the key they are encrypted with (`keys/`); created when missing. */
  dataDir: string;
  /** Built web application, served with a fallback to its `index.html`; null serves the API alone. */
  webDir: string | null;
  /** Offer and accept the sample people. Only when listening on loopback. */
  samplePeople: boolean;
  /** At least 32 characters; signs session cookies and CSRF tokens. */
  sessionSecret: string;
  /** Cookies for https only. Set whenever the API is reached over TLS (through a proxy in front, which is then trusted). */
  secureCookies: boolean;
  /** Folder with `processes/` and `forms/`. */
  shippedDir: string;
  log: Logger;
  /** Measurements of the rooms beside the API, given out with its own. */
  registries?: readonly Registry[];
  /** Way out for the codes customers ask for. @default one that keeps mail in the outbox */
  notifier?: Notifier;
  /** Failed sign-ins per address and name within 15 minutes. @default 10 */
  signInLimit?: number;
}

/** Longest wait for the read model to show one's own action, in ms. */
export const SETTLE_MS = 3000;
