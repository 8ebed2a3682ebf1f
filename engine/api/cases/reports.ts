import { Router } from 'express';
import { ProductError } from '../../contract/errors.ts';
import { appendAudit } from '../../identity/audit.ts';
import { ledgerSight, type LedgerAudience } from '../../identity/permissions.ts';
import type { ApiOptions } from '../api-options.ts';
import { actorOf, textParam, userOf } from '../request.ts';
import { requireCase } from './case-access.ts';
import { markedReport } from './report-mark.ts';

interface ReportRow {
  report_no: string;
  version: number;
  template: string;
  process_instance_key: string;
  content: string;
}

/** Reports about a whole ledger: whoever oversees it reads them, without having part in the case. */
const aboutLedgers: Readonly<Record<string, LedgerAudience>> = { complaint_analysis: 'complaint', risk_quarterly: 'risk', risk_report: 'risk' };

/** The page can do nothing but show itself. */
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; sandbox`;

/** /api/reports/:no: a stored report or letter as a page, the newest version or `?version=`. For who works on its case, or oversees what it is about; each reading is audited, and stands on the page as a watermark. */
export function reportRoutes({ db, clock, zone }: ApiOptions): Router {
  const router = Router();
  router.get('/:no', async (request, response) => {
    const user = userOf(response, 'tasks', 'monitor');
    const number = textParam(request, 'no');
    const version = /^[1-9]\d{0,5}$/.exec(String(request.query['version'] ?? ''))?.[0];
    const row: ReportRow | undefined = await db('app.report').select('report_no', 'version', 'template', 'process_instance_key', 'content').where({ report_no: number, ...(version === undefined ? {} : { version }) }).orderBy('version', 'desc').first();
    if (row === undefined) throw new ProductError('not_found', `There is no report '${number}'${version === undefined ? '' : ` of version ${version}`}`);
    const audience = aboutLedgers[row.template];
    if (audience === undefined || ledgerSight(user, audience) !== 'full') await requireCase(db, user, String(row.process_instance_key), true);
    await appendAudit(db, { at: clock.now(), ...actorOf(request, user), action: 'report.read', object: `report:${row.report_no}`, after: { version: row.version } });
    response.set({ 'content-security-policy': POLICY, 'cache-control': 'no-store' }).type('html').send(markedReport(row.content, user, clock.now(), zone));
  });
  return router;
}
