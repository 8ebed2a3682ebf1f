import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { once, type Effect } from '../effect.ts';
import { requiredText, textsOf } from '../job-input.ts';
import type { Job, JobWorker } from '../job-worker.ts';
import { markContained } from '../ledgers/security.ts';

interface Lock {
  id: string;
  kind: 'account' | 'archive';
  ref: string;
  before: JsonObject;
}

/** An archive item under a security event is not destroyed before this. */
const HELD_UNTIL = new Date('9999-12-31T00:00:00Z');

/**
 * Contains a security event. `accounts`: people who can no longer sign in or be given work, and whose sessions end at once;
 * `records`: archive items whose access grants are revoked and that nobody may destroy. What is contained already stays as it is.
 * Header `action` `release` gives back what this event has contained, except for the accounts in `keep`; what another event
 * contains too stays so. Returns `containment` [{kind, ref}], or `released` (how many).
 */
export const securityContain: JobWorker = {
  type: 'security.contain',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const eventNo = requiredText(job, 'caseNo');
      const action = job.customHeaders['action'] ?? 'contain';
      const at = new Date(context.clock.now());
      if (action === 'release') {
        const released = await release(trx, eventNo, textsOf(job, 'keep'), at);
        return { variables: { released: released.length }, audit: { eventNo, released } };
      }
      if (action !== 'contain') throw new Error(`the header "action" must be contain or release, not "${action}"`);
      const [accounts, records] = [textsOf(job, 'accounts'), textsOf(job, 'records')];
      for (const account of new Set(accounts)) await lockAccount(trx, job, eventNo, account, at);
      for (const archiveNo of new Set(records)) await lockArchive(trx, job, eventNo, archiveNo, at);
      if (accounts.length + records.length > 0) await markContained(trx, eventNo, at);
      const locks: Lock[] = await trx('app.security_lock').select('kind', 'ref').where({ event_no: eventNo }).whereNull('released_at').orderBy('id');
      return { variables: { containment: locks.map(({ kind, ref }) => ({ kind, ref })) }, audit: { eventNo, accounts, records } };
    }),
};

async function lockAccount(trx: Database, job: Job, eventNo: string, account: string, at: Date): Promise<void> {
  const user: { duty: string } | undefined = await trx('app.app_user').select('duty').where({ id: account }).forUpdate().first();
  if (user === undefined) throw new Error(`there is no account "${account}": correct the case, then resolve this incident`);
  await addLock(trx, job, { kind: 'account', ref: account, before: { duty: user.duty } }, eventNo, at);
  await trx('app.app_user').where({ id: account }).update({ duty: 'suspended' });
  // Without the API there is no table of sessions.
  const { sessions } = (await trx.raw(`select to_regclass('app.session') is not null as sessions`)).rows[0] as { sessions: boolean };
  if (sessions) await trx('app.session').whereRaw(`sess ->> 'userId' = ?`, [account]).delete();
}

async function lockArchive(trx: Database, job: Job, eventNo: string, archiveNo: string, at: Date): Promise<void> {
  const item: { hold_until: Date | null } | undefined = await trx('app.archive_item').select('hold_until').where({ archive_no: archiveNo }).forUpdate().first();
  if (item === undefined) throw new Error(`there is no archive item "${archiveNo}": correct the case, then resolve this incident`);
  await addLock(trx, job, { kind: 'archive', ref: archiveNo, before: { holdUntil: item.hold_until?.toISOString() ?? null } }, eventNo, at);
  await trx('app.archive_item').where({ archive_no: archiveNo }).update({ hold_until: HELD_UNTIL });
  await trx('app.access_grant').where({ archive_no: archiveNo }).whereNull('revoked_at').update({ revoked_at: at });
}

/** When another event holds it already, what was before is what that event found. */
async function addLock(trx: Database, job: Job, lock: Omit<Lock, 'id'>, eventNo: string, at: Date): Promise<void> {
  const earlier: { before: JsonObject } | undefined = await trx('app.security_lock').select('before').where({ kind: lock.kind, ref: lock.ref }).whereNull('released_at').orderBy('id').first();
  await trx('app.security_lock')
    .insert({ event_no: eventNo, process_instance_key: job.processInstanceKey, kind: lock.kind, ref: lock.ref, before: JSON.stringify(earlier?.before ?? lock.before), locked_at: at })
    .onConflict(trx.raw('(event_no, kind, ref) where released_at is null'))
    .ignore();
}

async function release(trx: Database, eventNo: string, keep: readonly string[], at: Date): Promise<string[]> {
  const locks: Lock[] = await trx('app.security_lock').select('id', 'kind', 'ref', 'before').where({ event_no: eventNo }).whereNull('released_at').orderBy('id').forUpdate();
  const free = locks.filter((lock) => lock.kind !== 'account' || !keep.includes(lock.ref));
  for (const lock of free) {
    await trx('app.security_lock').where({ id: lock.id }).update({ released_at: at });
    const other = await trx('app.security_lock').select('id').where({ kind: lock.kind, ref: lock.ref }).whereNull('released_at').first();
    if (other === undefined) await restore(trx, lock);
  }
  return free.map(({ kind, ref }) => `${kind}:${ref}`);
}

async function restore(trx: Database, { kind, ref, before }: Lock): Promise<void> {
  if (kind === 'archive') {
    await trx('app.archive_item').where({ archive_no: ref }).update({ hold_until: typeof before['holdUntil'] === 'string' ? new Date(before['holdUntil']) : null });
    return;
  }
  // An interim measure of an accountability case keeps the person suspended.
  const measure = await trx('app.sanction').select('sanction_no').where({ staff_no: ref, status: 'in_force', interim: true, type: 'suspend' }).first();
  if (measure === undefined) await trx('app.app_user').where({ id: ref, duty: 'suspended' }).update({ duty: before['duty'] });
}
