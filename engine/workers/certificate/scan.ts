import type { Database } from '../../database/connect.ts';
import { addDays, localDate } from '../calendar/zone-time.ts';
import { once, type Effect } from '../effect.ts';
import type { Job, JobWorker, WorkerContext } from '../job-worker.ts';
import { addToStaffRecord } from '../ledgers/sanction.ts';
import { requiredOf } from './requirement.ts';

/** What kinds are called in tables. */
const kindNames: Readonly<Record<string, string>> = { service: '服务上岗证书', banking: '银行业从业资格', securities: '证券从业资格', fund: '基金从业资格', insurance: '保险从业资格' };

interface Held {
  cert_no: string;
  staff_no: string;
  kind: string;
  until: string;
}

/**
 * Looks through the certificates: those that run out within `withinDays` (header, default 30) and have no renewal yet are marked for one; of
 * several kinds the most frequent comes first, the others at the next scan. Whoever's needed certificate has run out is restricted
 * from duty. Returns `expiring` [{certNo, staffNo, name, kind, kindName, validUntil}], `trainees`, `certKind` (null when nothing expires), `lapsed` (numbers).
 */
export const certificateScan: JobWorker = {
  type: 'certificate.scan',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const days = Number(job.customHeaders['withinDays'] ?? '30');
      if (!(days >= 0)) throw new Error(`the header "withinDays" must be a number of days, not "${job.customHeaders['withinDays'] ?? ''}"`);
      const today = localDate(context.clock.now(), context.zone);
      const lapsed = await restrictLapsed(trx, context, job, today);
      const due: Held[] = await current(trx).whereNull('renewal_at').whereBetween('valid_until', [today, addDays(today, days)]).orderBy(['valid_until', 'staff_no']).forUpdate();
      const certKind = mostFrequent(due.map((one) => one.kind));
      const expiring = due.filter((one) => one.kind === certKind);
      if (expiring.length > 0) await trx('app.certificate').whereIn('cert_no', expiring.map((one) => one.cert_no)).update({ renewal_at: new Date(context.clock.now()) });
      const names = new Map(((await trx('app.app_user').select('id', 'name').whereIn('id', expiring.map((one) => one.staff_no))) as { id: string; name: string }[]).map((one) => [one.id, one.name]));
      return {
        variables: { expiring: expiring.map((one) => ({ certNo: one.cert_no, staffNo: one.staff_no, name: names.get(one.staff_no) ?? one.staff_no, kind: one.kind, kindName: kindNames[one.kind] ?? one.kind, validUntil: one.until })), trainees: [...new Set(expiring.map((one) => one.staff_no))], certKind, lapsed },
        audit: { expiring: expiring.map((one) => one.cert_no), lapsed },
      };
    }),
};

const current = (trx: Database) => trx('app.certificate').select('cert_no', 'staff_no', 'kind', trx.raw(`to_char(valid_until, 'YYYY-MM-DD') as until`)).whereNull('superseded_at');

async function restrictLapsed(trx: Database, context: WorkerContext, job: Job, today: string): Promise<string[]> {
  const at = new Date(context.clock.now());
  const run: Held[] = await current(trx).whereNull('lapsed_at').where('valid_until', '<', today).orderBy('cert_no').forUpdate();
  for (const one of run) {
    await trx('app.certificate').where({ cert_no: one.cert_no }).update({ lapsed_at: at });
    const person: { groups: string[]; duty: string } | undefined = await trx('app.app_user').select('groups', 'duty').where({ id: one.staff_no }).forUpdate().first();
    if (person === undefined || !(await requiredOf(context, person.groups)).includes(one.kind)) continue;
    if (person.duty === 'on') await trx('app.app_user').where({ id: one.staff_no }).update({ duty: 'restricted' });
    await addToStaffRecord(trx, job, one.staff_no, 'duty', { status: 'restricted', certNo: one.cert_no, kind: one.kind, validUntil: one.until }, at);
  }
  return run.map((one) => one.cert_no);
}

function mostFrequent(kinds: readonly string[]): string | null {
  const count = new Map<string, number>();
  for (const kind of kinds) count.set(kind, (count.get(kind) ?? 0) + 1);
  return [...count].sort(([a, m], [b, n]) => n - m || a.localeCompare(b))[0]?.[0] ?? null;
}
