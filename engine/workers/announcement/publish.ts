import { listUsers } from '../../identity/directory.ts';
import { addToInbox } from '../../notifications/inbox.ts';
import { once, type Effect } from '../effect.ts';
import { caseNoOf, requiredText, textOf, textsOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';
import { nextNumber } from '../ledgers/record.ts';

/**
 * Puts `text` on the board for `audience` (staff, dept, customer, all; default staff), under `title` when there is one. Staff find it in their inbox
 * too: those of `receivers` where the diagram names them, else everybody. `level`, `receiverDept`, `effectiveAt`, `withdrawAt` are kept with it. Returns `annNo`.
 */
export const announcementPublish: JobWorker = {
  type: 'announcement.publish',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const annNo = await nextNumber(trx, context, 'GG');
      const text = requiredText(job, 'text');
      const audience = textOf(job, 'audience') ?? 'staff';
      // What other procedures hold under these names is not meant for the board.
      const own = job.bpmnProcessId === 'information_release';
      const title = own ? textOf(job, 'title') : null;
      const at = context.clock.now();
      const named = own ? textsOf(job, 'receivers') : [];
      const readers = audience === 'customer' ? [] : named.length > 0 ? named : (await listUsers(trx)).map((one) => one.id);
      await trx('app.announcement').insert({
        ann_no: annNo, text, title, audience, channels: textsOf(job, 'channels'), case_no: caseNoOf(job), published_at: new Date(at), process_instance_key: job.processInstanceKey,
        ...(own ? { level: textOf(job, 'level'), dept: textOf(job, 'receiverDept'), effective_at: instant(textOf(job, 'effectiveAt')), withdraw_at: instant(textOf(job, 'withdrawAt')), asked: readers.length, raised_at: instant(textOf(job, 'receivedAt')) } : {}),
      });
      for (const userId of readers) await addToInbox(trx, { userId, at, title: title === null ? '公告' : `公告：${title}`, titleEn: title === null ? 'Announcement' : `Announcement: ${title}`, text, textEn: text, onceKey: `${annNo}:${userId}` });
      return { variables: { annNo }, audit: { annNo, audience, readers: readers.length } };
    }),
};

function instant(said: string | null): Date | null {
  const at = Date.parse(said ?? '');
  return Number.isNaN(at) ? null : new Date(at);
}
