import type { Database } from '../../database/connect.ts';
import { once, type Effect } from '../effect.ts';
import { numberOf, objectOf, requiredText } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';

/** Closes a survey (`surveyNo`) and keeps its `answers` and `score` (1 to 5), if any; its link stops working, and the service it asked about is noted with what the customer said. */
export const surveyClose: JobWorker = {
  type: 'survey.close',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const surveyNo = requiredText(job, 'surveyNo');
      const at = new Date(context.clock.now());
      const answers = objectOf(job, 'answers');
      const answered = Object.keys(answers).length > 0;
      // First the link, as the customer's answer does it: the other way round they would wait for each other.
      await trx('app.public_link').where({ kind: 'survey', process_instance_key: job.processInstanceKey }).whereNull('used_at').update({ used_at: at });
      const score = numberOf(job, 'score');
      const closed = await trx('app.survey').where({ survey_no: surveyNo }).update({ status: answered ? 'answered' : 'closed', closed_at: at, ...(score === null ? {} : { score: Math.round(score) }) });
      if (closed === 0) throw new Error(`there is no survey ${surveyNo}`);
      if (answered) await trx('app.survey_answer').insert({ survey_no: surveyNo, answers: JSON.stringify(answers), at }).onConflict('survey_no').ignore();
      if (answered || score !== null) await noteFeedback(trx, surveyNo, score, answers['comment']);
      return { variables: { surveyClosed: true }, audit: { surveyNo, answered } };
    }),
};

/** Writes the customer's view beside the record of the service: `5/5` with the comment, if any. */
async function noteFeedback(trx: Database, surveyNo: string, score: number | null, comment: unknown): Promise<void> {
  const feedback = [score === null ? null : `${Math.round(score)}/5`, typeof comment === 'string' && comment.trim() !== '' ? comment.trim() : null].filter((part) => part !== null).join(' ');
  if (feedback === '') return;
  const survey: { case_no: string | null } = await trx('app.survey').select('case_no').where({ survey_no: surveyNo }).first();
  if (survey.case_no !== null) await trx('app.customer_interaction').where({ case_no: survey.case_no }).whereIn('kind', ['service', 'application', 'explanation']).whereNull('feedback').update({ feedback });
}
