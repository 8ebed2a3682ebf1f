import { once, type Effect } from '../effect.ts';
import { requiredText, textsOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';

/**
 * Links the knowledge articles an answer was taken from (`usedArticles`, numbers) to the case, each once. Returns `articlesUsed`, how many.
 * @throws when there is no such article
 */
export const kbUse: JobWorker = {
  type: 'kb.use',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const used = [...new Set(textsOf(job, 'usedArticles'))];
      const caseNo = requiredText(job, 'caseNo');
      const known: string[] = await trx('app.knowledge_article').whereIn('article_no', used).pluck('article_no');
      const unknown = used.filter((one) => !known.includes(one));
      if (unknown.length > 0) throw new Error(`there is no knowledge article ${unknown.join(', ')}`);
      if (used.length > 0) {
        await trx('app.knowledge_use')
          .insert(used.map((article_no) => ({ article_no, case_no: caseNo, process_instance_key: job.processInstanceKey, at: new Date(context.clock.now()) })))
          .onConflict(['article_no', 'case_no'])
          .ignore();
      }
      return { variables: { articlesUsed: used.length }, audit: { articles: used } };
    }),
};
