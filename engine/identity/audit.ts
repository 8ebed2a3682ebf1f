import { createHash } from 'node:crypto';
import type { JsonValue } from '../contract/json.ts';
import type { Database } from '../database/connect.ts';

/** One fact to be kept for good: who did what to which object. Never put the value of personal data into it. */
export interface AuditEntry {
  /** When it happened, epoch ms (the injected clock's). */
  at: number;
  /** User id, or `worker:<job type>`, or `system`. */
  actor: string;
  role?: string | null;
  ip?: string | null;
  /** Verb, e.g. `task.complete`, `worker.effect`. */
  action: string;
  /** What it was done to, e.g. `case:TS20261123-0001`. */
  object: string;
  reason?: string | null;
  before?: JsonValue;
  after?: JsonValue;
}

/** Outcome of `verifyAudit`: the first row that does not fit, if any. */
export interface AuditVerification {
  ok: boolean;
  rows: number;
  /** `seq` of the first row whose hash or link is wrong; null when all fit. */
  brokenAt: string | null;
  /** Hash of the last row: keep it elsewhere to notice a cut-off end. */
  lastHash: string;
}

interface AuditRow {
  seq: string;
  at: Date;
  actor: string;
  role: string | null;
  ip: string | null;
  action: string;
  object: string;
  reason: string | null;
  before: JsonValue;
  after: JsonValue;
  prev_hash: string;
  hash: string;
}

const GENESIS = '0'.repeat(64);
/** Any fixed number will do; it only has to be ours. */
const LOCK = 728_301;

/**
 * Appends one entry to the chain, in the caller's transaction when `db` is one. Appends wait for each other until that
 * transaction ends, so call it last in it.
 * @returns hash of the new row
 */
export async function appendAudit(db: Database, entry: AuditEntry): Promise<string> {
  if (!db.isTransaction) return db.transaction((trx) => appendAudit(trx, entry));
  await db.raw('select pg_advisory_xact_lock(?)', [LOCK]);
  const last = await db('app.audit_log').select('hash').orderBy('seq', 'desc').first<{ hash: string } | undefined>();
  const row = {
    at: new Date(entry.at),
    actor: entry.actor,
    role: entry.role ?? null,
    ip: entry.ip ?? null,
    action: entry.action,
    object: entry.object,
    reason: entry.reason ?? null,
    before: entry.before ?? null,
    after: entry.after ?? null,
    prev_hash: last?.hash ?? GENESIS,
  };
  const hash = hashOf(row);
  await db('app.audit_log').insert({ ...row, before: asJson(row.before), after: asJson(row.after), hash });
  return hash;
}

/** Recomputes the whole chain, in slices, and says where it breaks. */
export async function verifyAudit(db: Database): Promise<AuditVerification> {
  let previous = GENESIS;
  let after = '0';
  let rows = 0;
  for (;;) {
    const slice: AuditRow[] = await db('app.audit_log').where('seq', '>', after).orderBy('seq').limit(1000);
    for (const row of slice) {
      if (row.prev_hash !== previous || row.hash !== hashOf(row)) return { ok: false, rows, brokenAt: row.seq, lastHash: previous };
      previous = row.hash;
      after = row.seq;
      rows += 1;
    }
    if (slice.length < 1000) return { ok: true, rows, brokenAt: null, lastHash: previous };
  }
}

function hashOf(row: Omit<AuditRow, 'seq' | 'hash'>): string {
  const content = [row.prev_hash, row.at.toISOString(), row.actor, row.role, row.ip, row.action, row.object, row.reason, canonical(row.before), canonical(row.after)];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/** jsonb does not keep the order of keys, so the hash must not depend on it. */
function canonical(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, canonical(value[key] ?? null)]));
}

function asJson(value: JsonValue): string | null {
  return value === null ? null : JSON.stringify(value);
}
