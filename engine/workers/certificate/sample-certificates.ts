import type { Database } from '../../database/connect.ts';
import { addDays, localDate } from '../calendar/zone-time.ts';

/** Qualifications the groups of the manual need, as the shipped decision `cert_requirement` says. */
const qualification: Readonly<Record<string, string>> = { wealth_advisor: 'fund', financial_advisor: 'securities', account_manager: 'banking', credit_officer: 'banking', reviewer_first: 'banking', reviewer_second: 'banking', reviewer_final: 'banking' };

/** Gives the sample people the certificates of their groups and a signed confidentiality agreement, once; other people get nothing. */
export async function installSampleCertificates(db: Database, now: number, zone: string): Promise<void> {
  const people: { id: string; groups: string[] }[] = await db('app.app_user').select('id', 'groups').where({ sample: true });
  const held: string[] = await db('app.certificate').distinct('staff_no').pluck('staff_no');
  const until = addDays(localDate(now, zone), 364);
  const rows = people.filter((one) => !held.includes(one.id)).flatMap(({ id, groups }) =>
    ['confidentiality', 'service', ...new Set(groups.flatMap((group) => qualification[group] ?? []))].map((kind) => ({ cert_no: `SAMPLE-${id}-${kind}`, staff_no: id, kind, process_instance_key: '0', issued_at: new Date(now), valid_until: kind === 'confidentiality' ? null : until })),
  );
  if (rows.length > 0) await db('app.certificate').insert(rows).onConflict('cert_no').ignore();
}
