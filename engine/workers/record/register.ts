import type { JsonObject, JsonValue } from '../../contract/json.ts';
import { isoWithOffset, localDate } from '../calendar/zone-time.ts';
import { once } from '../effect.ts';
import { requiredHeader, textOf } from '../job-input.ts';
import type { JobWorker } from '../job-worker.ts';
import { insertAssessment } from '../ledgers/assessment.ts';
import { insertChange } from '../ledgers/change.ts';
import { insertComplaint } from '../ledgers/complaint.ts';
import { insertConsultation } from '../ledgers/consultation.ts';
import { insertImprovement } from '../ledgers/improvement.ts';
import { insertInspection } from '../ledgers/inspection.ts';
import { nextNumber } from '../ledgers/record.ts';
import { insertSecurityEvent } from '../ledgers/security.ts';
import { insertApplication, insertAppointment } from '../ledgers/service.ts';
import { insertViolation } from '../ledgers/violation.ts';

/** Variable a series' number also goes by. */
const ownName: Readonly<Record<string, string>> = {
  TS: 'complaintNo', YY: 'appointmentNo', SQ: 'applicationNo', YQ: 'changeNo', ZX: 'consultationNo', FK: 'feedbackNo', FX: 'riskNo', AQ: 'eventNo',
  JC: 'inspectionNo', PX: 'trainingNo', YL: 'drillNo', GJ: 'improvementNo', DY: 'accessNo', BG: 'processChangeNo', KH: 'assessmentNo', FP: 'riskAssessmentNo', FB: 'releaseNo',
};

/**
 * Gives a case its number and ledger row. Header `series`. Returns `recordNo`, `caseNo`, the number under its own name,
 * `receivedAt` (kept when the channel supplied one not in the future), the process's settings and counters at zero.
 */
export const recordRegister: JobWorker = {
  type: 'record.register',
  handle: (job, context) =>
    once(job, context, async (trx) => {
      const series = requiredHeader(job, 'series');
      const number = await nextNumber(trx, context, series);
      const now = context.clock.now();
      const said = Date.parse(textOf(job, 'receivedAt') ?? '');
      const received = Number.isNaN(said) || said > now ? now : said;
      const receivedAt = isoWithOffset(received, context.zone);
      await trx('app.record').insert({ record_no: number, series, process_id: job.bpmnProcessId, process_instance_key: job.processInstanceKey, source_no: textOf(job, 'sourceNo'), site: textOf(job, 'site'), channel: textOf(job, 'channel'), registered_at: new Date(now) });
      if (series === 'TS') await insertComplaint(trx, job, number, new Date(received), new Date(now));
      const openViolations = series === 'WG' ? await insertViolation(trx, job, number, new Date(now)) : {};
      if (series === 'YY' && job.bpmnProcessId === 'service_appointment') await insertAppointment(trx, job, number, new Date(now));
      // Series SQ also numbers terminations, which are no applications.
      if (series === 'SQ' && job.bpmnProcessId === 'service_application') await insertApplication(trx, job, number, new Date(now));
      if (series === 'AQ') await insertSecurityEvent(trx, job, number, new Date(now));
      if (series === 'JC') await insertInspection(trx, job, number, new Date(now));
      if (series === 'YQ') await insertChange(trx, job, number, new Date(now));
      if (series === 'ZX') await insertConsultation(trx, job, number, new Date(now));
      if (series === 'GJ') await insertImprovement(trx, job, number, new Date(now));
      if (series === 'FP') await insertAssessment(trx, job, number, localDate(now, context.zone).slice(0, 7), new Date(now));
      // What a customer brought in without signing in finds its number so.
      const submission = textOf(job, 'submissionRef');
      if (submission !== null) await trx('app.public_submission').where({ ref: submission }).whereNull('record_no').update({ record_no: number });
      const settings: { name: string; value: JsonValue }[] = await trx('app.process_setting').select('name', 'value').where({ process_id: job.bpmnProcessId }).whereNot({ name: 'slaProfile' });
      const variables: JsonObject = {
        recordNo: number,
        caseNo: number,
        receivedAt,
        reopenCount: 0,
        attempt: 0,
        round: 0,
        ...Object.fromEntries(settings.map(({ name, value }) => [name, value])),
        ...(ownName[series] === undefined ? {} : { [ownName[series]]: number }),
        ...(series === 'TS' ? { investigateFrom: receivedAt } : {}),
        ...openViolations,
      };
      return { variables, audit: { recordNo: number } };
    }),
};
