import { coded, column, hidden, type Ledger } from './ledger.ts';
import * as riskWords from './risk-words.ts';
import * as words from './words.ts';

/** 违规台账: for compliance, audit and human resources alone (manual, D). */
export const violations: Ledger = {
  id: 'violations', name: '违规台账', nameEn: 'Violations', audience: 'accountability',
  table: 'app.violation_case', key: 'caseNo', caseNo: 'l.case_no', at: 'registeredAt', open: 'l.closed_at is null', due: null, unit: 'dept',
  search: ['l.case_no', 'l.source_no', 'l.subject_no'],
  columns: [
    column('caseNo', 'case_no', '案件号', 'Case no.'),
    coded('sourceKind', 'source_kind', '线索来源', 'Source', riskWords.violationSources),
    column('sourceNo', 'source_no', '来源编号', 'Source no.', 'text', hidden),
    coded('violationType', 'violation_type', '违规类型', 'Type', riskWords.violationTypes),
    column('subjectNo', 'subject_no', '被调查人', 'Subject', 'person'),
    coded('dept', '(select u.dept from app.app_user u where u.id = l.subject_no)', '部门', 'Department', riskWords.departments),
    coded('severityPrelim', 'severity_prelim', '初步严重程度', 'Preliminary severity', riskWords.severities),
    coded('conclusion', 'conclusion', '结论', 'Conclusion', riskWords.conclusions),
    column('systemic', 'systemic', '系统性问题', 'Systemic', 'flag', hidden),
    coded('harm', 'harm', '损害程度', 'Harm', riskWords.harms, hidden),
    column('customersAffected', 'customers_affected', '受影响客户数', 'Customers affected', 'number', hidden),
    column('loss', 'loss', '损失金额', 'Loss', 'money', hidden),
    coded('appealResult', 'appeal_result', '复核结论', 'Appeal', riskWords.appealResults),
    column('registeredAt', 'registered_at', '登记时间', 'Registered', 'instant'),
    column('closedAt', 'closed_at', '办结时间', 'Closed', 'instant'),
    coded('outcome', 'outcome', '结果', 'Outcome', words.outcomes, hidden),
  ],
};

/** 处分台账 */
export const sanctions: Ledger = {
  id: 'sanctions', name: '处分台账', nameEn: 'Sanctions', audience: 'accountability',
  table: 'app.sanction', key: 'sanctionNo', caseNo: 'l.case_no', at: 'at', open: `l.status = 'in_force'`, due: null, unit: 'dept',
  search: ['l.sanction_no', 'l.case_no', 'l.staff_no'],
  columns: [
    column('sanctionNo', 'sanction_no', '处分编号', 'Sanction no.'),
    column('caseNo', 'case_no', '案件号', 'Case no.'),
    column('staffNo', 'staff_no', '人员', 'Person', 'person'),
    coded('dept', '(select u.dept from app.app_user u where u.id = l.staff_no)', '部门', 'Department', riskWords.departments),
    coded('type', 'type', '处理方式', 'Type', riskWords.sanctionTypes),
    column('interim', 'interim', '临时措施', 'Interim', 'flag'),
    column('amount', `case when l.type = 'perf_deduct' then null else l.amount end`, '金额', 'Amount', 'money'),
    column('points', `case when l.type = 'perf_deduct' then l.amount end`, '扣减绩效分', 'Points deducted', 'number'),
    column('months', 'months', '期限（月）', 'Months', 'number', hidden),
    column('fromAt', 'from_at', '起', 'From', 'instant'),
    column('toAt', 'to_at', '止', 'To', 'instant'),
    column('reason', 'reason', '原因', 'Reason', 'text', hidden),
    coded('status', 'status', '状态', 'Status', riskWords.sanctionStates),
    column('at', 'at', '登记时间', 'Registered', 'instant', hidden),
    column('liftedAt', 'lifted_at', '解除时间', 'Lifted', 'instant', hidden),
  ],
};
