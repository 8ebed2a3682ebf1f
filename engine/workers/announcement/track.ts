import type { JsonObject } from '../../contract/json.ts';
import { instantOf } from '../calendar/zone-time.ts';
import { once, type Effect } from '../effect.ts';
import { requiredText, rowsOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';

/**
 * Writes down who has read the announcement `annNo`: one row for each of `acks` ({receiver, read, question, at}), and the sums beside the
 * announcement. Returns `readCount`, `missedCount`, `readRate` (percent; null when nobody was asked), `missed` (user ids) and `questions`.
 */
export const announcementTrack: JobWorker = {
  type: 'announcement.track',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const annNo = requiredText(job, 'annNo');
      const acks = rowsOf(job, 'acks').flatMap((one) => (typeof one['receiver'] === 'string' ? [receipt(one, one['receiver'], context.zone)] : []));
      if (acks.length > 0) await trx('app.announcement_receipt').insert(acks.map(({ userId, ...ack }) => ({ ann_no: annNo, user_id: userId, read: ack.read, read_at: ack.at, question: ack.question })));
      const missed = acks.filter((ack) => !ack.read).map((ack) => ack.userId);
      const readCount = acks.length - missed.length;
      const changed = await trx('app.announcement').where({ ann_no: annNo }).update({ read_count: readCount, missed_count: missed.length });
      if (changed === 0) throw new Error(`there is no published announcement ${annNo}`);
      const questions: JsonObject[] = acks.flatMap((ack) => (ack.question === null ? [] : [{ receiver: ack.userId, question: ack.question }]));
      return { variables: { readCount, missedCount: missed.length, readRate: acks.length === 0 ? null : Math.round((readCount / acks.length) * 1000) / 10, missed, questions }, audit: { annNo, asked: acks.length, read: readCount } };
    }),
};

function receipt(ack: JsonObject, userId: string, zone: string): { userId: string; read: boolean; at: Date | null; question: string | null } {
  const at = instantOfText(String(ack['at'] ?? ''), zone);
  return { userId, read: ack['read'] === true, at: Number.isNaN(at) ? null : new Date(at), question: typeof ack['question'] === 'string' && ack['question'] !== '' ? ack['question'] : null };
}

/** An engine may write an instant with its zone's name, behind the offset (`+08:00[Asia/Shanghai]`) or instead of it (`@Asia/Shanghai`). */
function instantOfText(said: string, zone: string): number {
  const [, day, time, offset = '', named] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?(?:[[@]([^\]]+)\]?)?$/.exec(said) ?? [];
  if (day === undefined || time === undefined) return Number.NaN;
  return offset === '' ? instantOf(day, time, named ?? zone) : Date.parse(`${day}T${time}${offset}`);
}
