import { coded, column, type Ledger } from './ledger.ts';
import * as words from './words.ts';

/** 反馈台账: every piece of feedback, from the register of cases. */
export const feedback: Ledger = {
  id: 'feedback', name: '反馈台账', nameEn: 'Feedback', audience: 'service',
  table: 'app.record', only: `l.process_id = 'customer_feedback'`, key: 'recordNo', caseNo: 'l.record_no', at: 'registeredAt', open: 'l.closed_at is null', due: null, unit: 'site',
  search: ['l.record_no', 'l.source_no'],
  columns: [
    column('recordNo', 'record_no', '反馈编号', 'Feedback no.'),
    column('sourceNo', 'source_no', '来源编号', 'Source no.'),
    coded('channel', 'channel', '渠道', 'Channel', words.channels),
    column('site', 'site', '网点', 'Site', 'site', { filter: true }),
    column('registeredAt', 'registered_at', '登记时间', 'Registered', 'instant'),
    column('closedAt', 'closed_at', '结束时间', 'Closed', 'instant'),
    coded('outcome', 'outcome', '结果', 'Outcome', words.outcomes),
  ],
};

/** 满意度调查台账 */
export const surveys: Ledger = {
  id: 'surveys', name: '满意度调查台账', nameEn: 'Satisfaction surveys', audience: 'service',
  table: 'app.survey', key: 'surveyNo', caseNo: 'l.case_no', at: 'sentAt', open: `l.status = 'open'`, due: 'l.expires_at', unit: null,
  search: ['l.survey_no', 'l.case_no', 'l.customer_no'],
  columns: [
    column('surveyNo', 'survey_no', '调查编号', 'Survey no.'),
    column('caseNo', 'case_no', '案件号', 'Case no.'),
    column('customerNo', 'customer_no', '客户号', 'Customer no.'),
    coded('trigger', 'l."trigger"', '触发业务', 'Trigger', words.surveyTriggers),
    coded('channel', 'channel', '方式', 'Way', words.surveyWays, { shown: false }),
    coded('status', 'status', '状态', 'Status', words.surveyStates),
    column('score', 'score', '评分', 'Score', 'number'),
    column('sentAt', 'sent_at', '发出时间', 'Sent', 'instant'),
    column('expiresAt', 'expires_at', '有效至', 'Expires', 'instant'),
    column('closedAt', 'closed_at', '结束时间', 'Closed', 'instant'),
  ],
};
