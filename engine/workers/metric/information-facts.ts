import type { Database } from '../../database/connect.ts';

type Fact = { metric: string; value: number; unit: string | null };

const HOUR_MS = 3_600_000;

/** Figures of a released piece of information, by audience: share read (percent), mean hours to the reading, missed, an urgent one out within the hour (1 = yes, 0 = no). */
export async function informationFacts(trx: Database, caseNo: string): Promise<Fact[]> {
  const row: { ann_no: string; level: string | null; audience: string; published_at: Date; raised_at: Date | null; read_count: number | null; missed_count: number | null } | undefined = await trx('app.announcement').where({ case_no: caseNo }).whereNotNull('level').orderBy('published_at', 'desc').first();
  if (row === undefined) return [];
  const unit = row.audience;
  const facts: Fact[] = [];
  const [read, missed] = [row.read_count ?? 0, row.missed_count ?? 0];
  if (read + missed > 0) facts.push({ metric: 'information_read_rate', value: Math.round((read / (read + missed)) * 1000) / 10, unit }, { metric: 'information_missed', value: missed, unit });
  const times: Date[] = await trx('app.announcement_receipt').where({ ann_no: row.ann_no }).whereNotNull('read_at').pluck('read_at');
  if (times.length > 0) facts.push({ metric: 'information_read_hours', value: Math.round((times.reduce((sum, at) => sum + at.getTime() - row.published_at.getTime(), 0) / times.length / HOUR_MS) * 100) / 100, unit });
  if (row.level === 'urgent' && row.raised_at !== null) facts.push({ metric: 'information_urgent_in_time', value: row.published_at.getTime() - row.raised_at.getTime() <= HOUR_MS ? 1 : 0, unit });
  return facts;
}
