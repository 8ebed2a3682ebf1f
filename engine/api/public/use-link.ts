import type { PublicReceipt } from '../../contract/api.ts';
import { validateForm } from '../../contract/forms/index.ts';
import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { appendAudit } from '../../identity/audit.ts';
import type { ApiOptions } from '../api-options.ts';
import { FormInvalidError } from '../errors.ts';
import { closedLink, openLink, type OpenLink } from './open-link.ts';
import { formOfLink } from './public-form.ts';
import { purposeOf } from './purposes.ts';

/**
 * Takes a customer's answer: checks it against the link's form, publishes the link's message, stores a survey's answer, marks the
 * link used and writes the audit row, in one transaction. The link's id is the message's, so an answer whose transaction was lost
 * after the message had gone out arrives once when it is sent again. Throws as `openLink`, `link_closed`, and FormInvalidError.
 */
export async function useLink({ db, engine, clock, zone }: Pick<ApiOptions, 'db' | 'engine' | 'clock' | 'zone'>, token: string, values: JsonObject, ip: string | null): Promise<PublicReceipt> {
  return db.transaction(async (trx) => {
    const now = clock.now();
    const link = await openLink(trx, token, now, { lock: true });
    const purpose = purposeOf(link);
    const { schema, variables } = await formOfLink(trx, link, purpose);
    const { data, errors } = validateForm(schema, values, { variables, now, zone, sources: {} });
    if (Object.keys(errors).length > 0) throw new FormInvalidError(errors);
    const fresh = await engine.publishMessage({
      name: link.message,
      correlationKey: link.correlationKey,
      messageId: `link:${link.id}`,
      variables: purpose.variables === undefined ? data : purpose.variables(data),
      // A case that does not wait for it yet gets it when it does. Where nothing waits any more, nothing is kept, and only a
      // message that had arrived before is known to the engine.
      ttlMs: link.awaited ? link.expiresAt.getTime() - now : 0,
    });
    if (fresh && !link.awaited) throw closedLink();
    const at = new Date(now);
    await trx('app.public_link').where({ token_hash: link.id }).update({ used_at: at });
    const surveyNo = link.kind === 'survey' ? await storeAnswer(trx, link, data, at) : null;
    await appendAudit(trx, {
      at: now,
      actor: link.message.startsWith('violation_') ? 'subject' : 'customer',
      ip,
      action: 'link.use',
      object: link.reference === null ? `instance:${link.processInstanceKey}` : `case:${link.reference}`,
      after: { kind: purpose.kind, message: link.message, ...(surveyNo === null ? {} : { surveyNo }) },
    });
    return { receivedAt: at.toISOString() };
  });
}

/** Keeps the answer with the survey this link was sent for: the one of its case that went out at the same moment. */
async function storeAnswer(trx: Database, link: OpenLink, answers: JsonObject, at: Date): Promise<string | null> {
  const survey: { survey_no: string } | undefined = await trx('app.survey')
    .select('survey_no')
    .where({ process_instance_key: link.processInstanceKey })
    .orderByRaw('abs(extract(epoch from sent_at - ?::timestamptz))', [link.createdAt])
    .first();
  if (survey === undefined) return null;
  await trx('app.survey').where(survey).update({ status: 'answered', closed_at: at });
  await trx('app.survey_answer').insert({ ...survey, answers: JSON.stringify(answers), at }).onConflict('survey_no').ignore();
  return survey.survey_no;
}
