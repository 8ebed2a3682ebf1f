import type { JsonObject } from '../../contract/json.ts';
import { once, type Effect } from '../effect.ts';
import { caseNoOf, numberOf, textOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';
import { queryOf } from './search-words.ts';

interface ArticleRow {
  article_no: string;
  category: string;
  title: string;
  summary: string;
  body: string;
  rank: number;
}

/** Articles returned unless `max` says otherwise. */
const MOST = 5;

/**
 * Searches the knowledge base (S1 2.2) for `text`; articles of `category` come first among equals. Returns `articles`
 * [{articleNo, title, category, summary, body, score}], best first, at most `max` (default 5), and `articleOptions` for a form.
 * What was found for the case is written down; what was used of it, `kb.use` says.
 */
export const kbSearch: JobWorker = {
  type: 'kb.search',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const query = queryOf(textOf(job, 'text') ?? '');
      const category = textOf(job, 'category');
      const rows: ArticleRow[] =
        query === null
          ? []
          : await trx('app.knowledge_article')
              .select('article_no', 'category', 'title', 'summary', 'body', trx.raw(`ts_rank('{0.1, 0.2, 0.6, 1.0}', words, ?::tsquery) * case when category = ? then 1.5 else 1 end as rank`, [query, category ?? '']))
              .where({ active: true })
              .whereRaw('words @@ ?::tsquery', [query])
              .orderBy([{ column: 'rank', order: 'desc' }, { column: 'article_no' }])
              .limit(Math.max(1, Math.floor(numberOf(job, 'max') ?? MOST)));
      await trx('app.knowledge_search').insert({ case_no: caseNoOf(job), process_instance_key: job.processInstanceKey, category, found: rows.map((row) => row.article_no), at: new Date(context.clock.now()) });
      const articles = rows.map((row): JsonObject => ({ articleNo: row.article_no, title: row.title, category: row.category, summary: row.summary, body: row.body, score: Math.round(row.rank * 1000) / 1000 }));
      return { variables: { articles, articleOptions: rows.map((row): JsonObject => ({ value: row.article_no, label: `${row.article_no} ${row.title}` })) }, audit: { found: rows.map((row) => row.article_no) } };
    }),
};
