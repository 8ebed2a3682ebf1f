import { listUsers } from '../../identity/directory.ts';
import { addToInbox } from '../../notifications/inbox.ts';
import { once, type Effect } from '../effect.ts';
import { caseNoOf, requiredText, textOf, textsOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';
import { nextNumber } from '../ledgers/record.ts';

/** Puts `text` on the board for `audience` (staff, customer, all; default staff); staff find it in their inbox too. Returns `annNo`. */
export const announcementPublish: JobWorker = {
  type: 'announcement.publish',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const annNo = await nextNumber(trx, context, 'GG');
      const text = requiredText(job, 'text');
      const audience = textOf(job, 'audience') ?? 'staff';
      const at = context.clock.now();
      await trx('app.announcement').insert({ ann_no: annNo, text, audience, channels: textsOf(job, 'channels'), case_no: caseNoOf(job), published_at: new Date(at) });
      const readers = audience === 'customer' ? [] : await listUsers(trx);
      for (const reader of readers) await addToInbox(trx, { userId: reader.id, at, title: '公告', titleEn: 'Announcement', text, textEn: text, onceKey: `${annNo}:${reader.id}` });
      return { variables: { annNo }, audit: { annNo, audience, readers: readers.length } };
    }),
};
