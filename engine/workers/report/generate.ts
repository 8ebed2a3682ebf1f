import { createHash } from 'node:crypto';
import { localDate } from '../calendar/zone-time.ts';
import { once, type Effect } from '../effect.ts';
import { caseNoOf, objectOf, requiredHeader } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';
import { nextNumber } from '../ledgers/record.ts';
import { analysisOf } from './analyses.ts';
import { customerData } from './customer-data.ts';
import { renderLetter } from './letters.ts';

/**
 * Writes a letter (header `template`) from the process's variables and `data`, as HTML; `customer_data_export` from
 * what is stored about the customer, `complaint_analysis` and `risk_quarterly` from the ledgers (with variables of their own, and `reportUrl`, where staff read it). A second letter of the same kind for the
 * same case is its next version under the same number. Returns `reportNo`, `reportVersion`, `file`.
 */
export const reportGenerate: JobWorker = {
  type: 'report.generate',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const template = requiredHeader(job, 'template');
      const caseNo = caseNoOf(job);
      const earlier: { report_no: string; version: number } | undefined = caseNo === null ? undefined : await trx('app.report').select('report_no', 'version').where({ case_no: caseNo, template }).orderBy('version', 'desc').first();
      const reportNo = earlier?.report_no ?? (await nextNumber(trx, context, 'HJ'));
      const version = (earlier?.version ?? 0) + 1;
      const analysis = await analysisOf(template, trx, job, context);
      const content = analysis?.content ?? renderLetter(template, { ...job.variables, ...(template === 'customer_data_export' ? await customerData(trx, job, context.zone) : {}), ...objectOf(job, 'data') }, localDate(context.clock.now(), context.zone));
      const sha256 = createHash('sha256').update(content).digest('hex');
      await trx('app.report').insert({ report_no: reportNo, version, template, case_no: caseNo, process_instance_key: job.processInstanceKey, media_type: 'text/html; charset=utf-8', content, sha256, at: new Date(context.clock.now()) });
      return { variables: { ...(analysis === null ? {} : { ...analysis.variables, reportUrl: `${context.publicUrl}/api/reports/${reportNo}` }), reportNo, reportVersion: version, file: `${reportNo}-v${version}.html` }, audit: { reportNo, version, template, sha256 } };
    }),
};
