import { createHash, randomBytes } from 'node:crypto';
import express, { Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { z } from 'zod';
import type { ApiError, BilingualText, PublicForm, PublicSubmission, PublicTicket } from '../../contract/api.ts';
import { ProductError } from '../../contract/errors.ts';
import { validateForm } from '../../contract/forms/index.ts';
import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { appendAudit } from '../../identity/audit.ts';
import type { ApiOptions } from '../api-options.ts';
import { FormInvalidError } from '../errors.ts';
import { formForCustomers } from './public-form.ts';
import { text } from './words.ts';

/** What customers may bring in without signing in. */
interface Intake {
  kind: PublicForm['kind'];
  formId: string;
  /** Start message the answer becomes. */
  message: string;
  title: BilingualText;
  intro: BilingualText;
  submit: BilingualText;
  /** Fields the way in answers itself. */
  fixed: JsonObject;
}

const intakes: readonly Intake[] = [
  {
    kind: 'complaint',
    formId: 'F-C01',
    message: 'complaint_received',
    title: text('提交投诉', 'Make a complaint'),
    intro: text('请告诉我们发生了什么、您希望怎样解决。我们会在 24 小时内登记并与您联系。', 'Tell us what happened and how you would like it solved. We register it and get in touch within 24 hours.'),
    submit: text('提交投诉', 'Send my complaint'),
    fixed: { source: 'external', channel: 'web', isAgent: false },
  },
  {
    kind: 'feedback',
    formId: 'F-O01',
    message: 'feedback_received',
    title: text('提交反馈', 'Give feedback'),
    intro: text('建议、表扬、咨询都可以写在这里。留下联系方式我们会答复您；也可以匿名提交。', 'Suggestions, praise and questions are all welcome. Leave a contact and we will answer; or stay anonymous.'),
    submit: text('提交反馈', 'Send my feedback'),
    fixed: { channel: 'web' },
  },
];

/** Submissions per address within an hour. */
export const SUBMISSION_LIMIT = 20;
const HOUR_MS = 3_600_000;
/** How long the page that has sent something may ask for its number, in ms. */
const TICKET_MS = 30 * 60_000;

const submission = z.object({ values: z.record(z.string(), z.json()) });
const ticket = z.object({ ticket: z.string().min(20).max(64) });

/** /forms/:kind and /submissions below /api/public: a complaint or feedback without an account. Nothing of it stands in an address. */
export function submissionRoutes(options: ApiOptions): Router {
  const { db, clock, zone, engine } = options;
  const router = Router();
  const limit = rateLimit({ windowMs: HOUR_MS, limit: SUBMISSION_LIMIT, standardHeaders: 'draft-8', legacyHeaders: false, handler: (_request, response) => void response.status(429).json({ code: 'too_many', message: 'Too many submissions from this address: wait an hour' } satisfies ApiError) });

  router.get('/forms/:kind', async (request, response) => {
    const intake = intakeOf(request.params['kind']);
    const { json, variables } = await formForCustomers(db, intake.formId, intake);
    response.json({ kind: intake.kind, zone, title: intake.title, intro: intake.intro, submit: intake.submit, form: json, variables } satisfies PublicForm);
  });

  router.post('/forms/:kind', limit, express.json({ limit: '64kb' }), async (request, response) => {
    const intake = intakeOf(request.params['kind']);
    const { values } = submission.parse(request.body ?? {});
    const { schema, variables } = await formForCustomers(db, intake.formId, intake);
    const now = clock.now();
    const { data, errors } = validateForm(schema, values as JsonObject, { variables, now, zone, sources: {} });
    if (Object.keys(errors).length > 0) throw new FormInvalidError(errors);
    const [ref, secret] = [randomBytes(16).toString('hex'), randomBytes(24).toString('base64url')];
    await db.transaction(async (trx) => {
      await trx('app.public_submission').insert({ ref, kind: intake.kind, ticket_hash: hash(secret), created_at: new Date(now), expires_at: new Date(now + TICKET_MS) });
      await appendAudit(trx, { at: now, actor: 'customer', ip: request.ip ?? null, action: 'public.submit', object: `submission:${ref}`, after: { kind: intake.kind, message: intake.message } });
    });
    // After the commit: the case may be registered before this answers, and finds its row then.
    await engine.publishMessage({ name: intake.message, correlationKey: '', messageId: `public:${ref}`, variables: { ...data, ...intake.fixed, submissionRef: ref } });
    response.status(201).json({ ticket: secret, receivedAt: new Date(now).toISOString() } satisfies PublicTicket);
  });

  router.post('/submissions', express.json({ limit: '4kb' }), async (request, response) => {
    const found = await openTicket(db, ticket.parse(request.body ?? {}).ticket, clock.now());
    response.json({ kind: found.kind, recordNo: found.record_no, receivedAt: found.created_at.toISOString() } satisfies PublicSubmission);
  });
  return router;
}

interface SubmissionRow {
  kind: PublicForm['kind'];
  record_no: string | null;
  created_at: Date;
}

/** The submission a ticket belongs to. Throws `not_found` when nobody issued it or it has run out. */
export async function openTicket(db: Database, secret: string, now: number): Promise<SubmissionRow> {
  const row: SubmissionRow | undefined = await db('app.public_submission').select('kind', 'record_no', 'created_at').where({ ticket_hash: hash(secret) }).where('expires_at', '>', new Date(now)).first();
  if (row === undefined) throw new ProductError('not_found', 'There is no such submission, or it was too long ago: look it up by its number');
  return row;
}

function intakeOf(kind: unknown): Intake {
  const found = intakes.find((one) => one.kind === kind);
  if (found === undefined) throw new ProductError('not_found', 'There is no such form: complaint or feedback');
  return found;
}

const hash = (secret: string): string => createHash('sha256').update(`ticket:${secret}`).digest('hex');
