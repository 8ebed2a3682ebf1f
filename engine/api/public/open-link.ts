import { ProductError } from '../../contract/errors.ts';
import type { Database } from '../../database/connect.ts';
import { linkHash } from '../../workers/ledgers/public-link.ts';

/** A link that may be used now. */
export interface OpenLink {
  /** Digest of the token, the link's id. */
  id: string;
  kind: string;
  message: string;
  correlationKey: string;
  formId: string | null;
  processInstanceKey: string;
  /** Procedure of the case; null when the pages do not know the case yet. */
  processId: string | null;
  createdAt: Date;
  expiresAt: Date;
  /** Number of the case; null when it has none. */
  reference: string | null;
  /** False when the case has ended, or no longer waits for this. */
  awaited: boolean;
}

/** The failure of a link that is no longer awaited. */
export const closedLink = (): ProductError => new ProductError('link_closed', 'The case has ended, or no longer waits for this answer');

interface LinkRow {
  token_hash: string;
  kind: string;
  message: string;
  correlation_key: string;
  form_id: string | null;
  process_instance_key: string;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
}

/**
 * The link a token opens at `now`; `lock` keeps others from using it until the transaction ends.
 * Throws `not_found`, `link_used`, `link_expired`.
 */
export async function openLink(db: Database, token: string, now: number, { lock = false }: { lock?: boolean } = {}): Promise<OpenLink> {
  const query = db('app.public_link').where({ token_hash: linkHash(token) }).first();
  const row = (await (lock ? query.forUpdate() : query)) as LinkRow | undefined;
  if (row === undefined) throw new ProductError('not_found', 'There is no such link: copy it completely from the message');
  if (row.used_at !== null) throw new ProductError('link_used', 'This link has been used or closed: it works once');
  if (row.expires_at.getTime() <= now) throw new ProductError('link_expired', `This link was valid until ${row.expires_at.toISOString()}`);
  const instance: { state: string; case_no: string | null; bpmn_process_id: string } | undefined = await db('read_model.process_instance').select('state', 'case_no', 'bpmn_process_id').where({ key: row.process_instance_key }).first();
  return {
    id: row.token_hash,
    kind: row.kind,
    message: row.message,
    correlationKey: row.correlation_key,
    formId: row.form_id,
    processInstanceKey: row.process_instance_key,
    processId: instance?.bpmn_process_id ?? null,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    reference: instance?.case_no ?? null,
    awaited: (instance === undefined || instance.state === 'active') && !(await noLongerAwaited(db, row)),
  };
}

/**
 * True when the case has waited for the message since the link was made and does so no more. One that does not wait yet
 * (a withdrawal while the identity is being checked) will: the message is kept for it as long as the link is valid.
 */
async function noLongerAwaited(db: Database, row: LinkRow): Promise<boolean> {
  const states: string[] = await db('read_model.message_subscription')
    .where({ process_instance_key: row.process_instance_key, message_name: row.message, correlation_key: row.correlation_key })
    .where('at', '>=', row.created_at)
    .pluck('state');
  // A subscription that does not interrupt stays open when a message has come.
  return states.length > 0 && !states.includes('waiting') && !(row.message === 'complaint_supplement' && states.includes('correlated'));
}
