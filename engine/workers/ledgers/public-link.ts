import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../../database/connect.ts';
import type { Job, WorkerContext } from '../job-worker.ts';

export interface LinkOrder {
  kind: 'message' | 'survey';
  /** Message the link publishes when it is used. */
  message: string;
  correlationKey: string;
  /** Form shown behind the link; null for a plain confirmation. */
  formId: string | null;
  /** Valid for so many days. */
  days: number;
}

/** Makes a one-time link for a customer. Only the digest of its token is stored, so the table does not open anything. */
export async function issueLink(trx: Database, context: WorkerContext, job: Job, order: LinkOrder): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  const now = context.clock.now();
  await trx('app.public_link').insert({ token_hash: linkHash(token), kind: order.kind, message: order.message, correlation_key: order.correlationKey, form_id: order.formId, process_instance_key: job.processInstanceKey, created_at: new Date(now), expires_at: new Date(now + order.days * 86_400_000) });
  return `${context.publicUrl}/p/${token}`;
}

/** Digest a link's token is found by. */
export function linkHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
