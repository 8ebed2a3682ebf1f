import express, { Router } from 'express';
import { z } from 'zod';
import type { BilingualText, PublicProgress, PublicProgressStep } from '../../contract/api.ts';
import { ProductError } from '../../contract/errors.ts';
import type { Database } from '../../database/connect.ts';
import { createNotifier } from '../../notifications/notifier.ts';
import type { ApiOptions } from '../api-options.ts';
import { CODE_MS, sendCode, useCode } from './progress-code.ts';
import { openTicket } from './submissions.ts';

const recordNo = z.string().trim().toUpperCase().regex(/^[A-Z]{2}\d{8}-\d{4,}$/);
const asking = z.object({ recordNo });
const opening = z.union([z.object({ recordNo, code: z.string().trim().regex(/^\d{6}$/) }), z.object({ ticket: z.string().min(20).max(64) })]);

/** /progress below /api/public: how far a case is, by its number and a one-time code, or by the ticket of who has just sent it in. */
export function progressRoutes(options: ApiOptions): Router {
  const { db, clock, zone } = options;
  const notifier = options.notifier ?? createNotifier();
  const router = Router();
  router.use(express.json({ limit: '4kb' }));

  router.post('/progress/code', async (request, response) => {
    await sendCode(db, notifier, asking.parse(request.body ?? {}).recordNo, clock.now(), request.ip ?? null);
    response.status(202).json({ minutes: CODE_MS / 60_000 });
  });

  router.post('/progress', async (request, response) => {
    const by = opening.parse(request.body ?? {});
    if ('code' in by) await useCode(db, by.recordNo, by.code, clock.now(), request.ip ?? null);
    const number = 'code' in by ? by.recordNo : (await openTicket(db, by.ticket, clock.now())).record_no;
    if (number === null) throw new ProductError('not_found', 'This submission has no number yet: ask again in a moment');
    response.json({ ...(await progressOf(db, number)), zone } satisfies PublicProgress);
  });
  return router;
}

async function progressOf(db: Database, number: string): Promise<Omit<PublicProgress, 'zone'>> {
  const record: { series: string; registered_at: Date; closed_at: Date | null; outcome: string | null } = await db('app.record').select('series', 'registered_at', 'closed_at', 'outcome').where({ record_no: number }).first();
  const complaint: { due_overall: Date | null } | undefined = record.series === 'TS' ? await db('app.complaint').select('due_overall').where({ complaint_no: number }).first() : undefined;
  const notes: { at: Date; status: string; eta: Date | null }[] = await db('app.progress_note').select('at', 'status', 'eta').where({ ref_no: number }).orderBy('at');
  const told: { created_at: Date; subject_zh: string; subject_en: string }[] = await db('app.notification as n')
    .join('app.notification_template as t', 't.id', 'n.template')
    .select('n.created_at', 't.subject_zh', 't.subject_en')
    .where({ 'n.case_no': number })
    // The log holds who was told; staff stand in it by their ids.
    .whereExists(db('app.notification_log as l').select(db.raw('1')).whereRaw('l.notification_no = n.notification_no').whereLike('l.recipient', 'customer:%'))
    .orderBy('n.created_at');
  const steps: PublicProgressStep[] = [
    ...notes.map((note) => ({ at: note.at.toISOString(), status: note.status, title: null, eta: note.eta?.toISOString() ?? null })),
    ...told.map((one) => ({ at: one.created_at.toISOString(), status: null, title: titleOf(one, number), eta: null })),
  ].sort((a, b) => a.at.localeCompare(b.at));
  return { recordNo: number, series: record.series, registeredAt: record.registered_at.toISOString(), dueAt: record.closed_at === null ? (complaint?.due_overall?.toISOString() ?? null) : null, closedAt: record.closed_at?.toISOString() ?? null, outcome: record.outcome, steps };
}

/** The subject of a message with the number in it; what else it would name stays out. */
function titleOf(template: { subject_zh: string; subject_en: string }, number: string): BilingualText {
  const put = (words: string): string => words.replaceAll(/\{\{(caseNo|recordNo)\}\}/g, number).replaceAll(/\{\{\w+\}\}/g, '…');
  return { zh: put(template.subject_zh), en: put(template.subject_en) };
}
