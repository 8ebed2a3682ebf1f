import type { Database } from '../database/connect.ts';
import { appendAudit } from '../identity/audit.ts';
import type { DirectoryUser } from '../identity/directory.ts';
import { addDays } from '../workers/calendar/zone-time.ts';
import type { SampleCustomer } from './customers.ts';
import { Dice } from './dice.ts';
import type { OfficeHours } from './office-hours.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const AT_ONCE = 1000;

export interface PhoneLogOptions {
  db: Database;
  seed: string;
  hours: OfficeHours;
  from: number;
  until: number;
  /** Calls on a usual working day. */
  perDay: number;
  users: readonly DirectoryUser[];
  customers: readonly SampleCustomer[];
}

/** Writes the calls of the hotline, as an administrator imports them from the telephone system. Returns how many. */
export async function importPhoneLog({ db, seed, hours, from, until, perDay, users, customers }: PhoneLogOptions): Promise<number> {
  const agents = users.filter((user) => user.groups.includes('remote_agent'));
  const administrator = users.find((user) => user.roles.includes('admin'));
  if (agents.length === 0 || administrator === undefined) return 0;
  const rows: { agent: string; started_at: Date; answered_at: Date | null; ended_at: Date; customer_no: string | null }[] = [];
  for (let date = addDays(hours.date(from), 1); date < hours.date(until); date = addDays(date, 1)) {
    for (const agent of agents) {
      const dice = new Dice(seed, 'calls', date, agent.id);
      for (const [begin, end] of hours.of(date)) {
        const gap = ((end - begin) * 2 * agents.length) / perDay;
        for (let at = begin + dice.next() * gap; at < end - 20 * MINUTE_MS; ) {
          const waited = Math.round(Math.max(2, dice.skewed(14, 0.8))) * SECOND_MS;
          const missed = dice.chance(0.04);
          const spoken = missed ? 0 : Math.round(Math.min(40, Math.max(1, dice.skewed(6, 0.6))) * 60) * SECOND_MS;
          const started = Math.floor(at / SECOND_MS) * SECOND_MS;
          const ended = started + waited + spoken;
          rows.push({ agent: agent.id, started_at: new Date(started), answered_at: missed ? null : new Date(started + waited), ended_at: new Date(ended), customer_no: dice.chance(0.7) ? dice.pick(customers).no : null });
          at = Math.max(ended + 20 * SECOND_MS, at + gap * (0.3 + 1.4 * dice.next()));
        }
      }
    }
  }
  await db.transaction(async (trx) => {
    const [row] = (await trx('app.phone_call_import').insert({ at: new Date(until), user_id: administrator.id, by_name: administrator.name, reason: '导入客服热线近三个月通话记录', imported: rows.length, known: 0 }).returning('id')) as { id: string }[];
    for (let first = 0; first < rows.length; first += AT_ONCE) await trx('app.phone_call').insert(rows.slice(first, first + AT_ONCE).map((call) => ({ ...call, import_id: row!.id })));
    await appendAudit(trx, { at: until, actor: administrator.id, role: administrator.roles.join(','), ip: '127.0.0.1', action: 'calls.import', object: `phone_call_import:${row!.id}`, reason: '导入客服热线近三个月通话记录', after: { imported: rows.length, known: 0 } });
  });
  return rows.length;
}
