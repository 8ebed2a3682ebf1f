import { coded, column, hidden, type Ledger } from './ledger.ts';
import * as words from './words.ts';

/** 投诉台账 */
export const complaints: Ledger = {
  id: 'complaints', name: '投诉台账', nameEn: 'Complaints', audience: 'complaint',
  table: 'app.complaint', key: 'complaintNo', caseNo: 'l.complaint_no', at: 'receivedAt', open: 'l.closed_at is null', due: 'l.due_overall', unit: 'site',
  search: ['l.complaint_no', 'l.customer_name', 'l.customer_no', 'l.business_ref'],
  columns: [
    column('complaintNo', 'complaint_no', '投诉编号', 'Complaint no.'),
    column('customerName', 'customer_name', '投诉人', 'Complainant', 'personal'),
    column('customerNo', 'customer_no', '客户号', 'Customer no.', 'text', hidden),
    coded('source', 'source', '投诉来源', 'Source', words.sources, hidden),
    coded('channel', 'channel', '渠道', 'Channel', words.channels),
    coded('category', 'category', '类别', 'Category', words.complaintCategories),
    coded('business', 'business', '涉及业务', 'Business', words.businesses, hidden),
    column('businessRef', 'business_ref', '业务编号', 'Reference', 'personal', hidden),
    column('site', 'site', '网点', 'Site', 'site', { filter: true }),
    column('amount', 'amount', '涉及金额', 'Amount', 'money', hidden),
    coded('complexity', 'complexity', '复杂程度', 'Complexity', words.complexities, hidden),
    coded('priority', 'priority', '优先级', 'Priority', words.priorities),
    column('receivedAt', 'received_at', '受理时间', 'Received', 'instant'),
    column('respondedAt', 'responded_at', '首次答复', 'First response', 'instant', hidden),
    column('dueOverall', 'due_overall', '全案期限', 'Due', 'instant'),
    column('closedAt', 'closed_at', '办结时间', 'Closed', 'instant'),
    coded('finding', 'finding', '核实结论', 'Finding', words.findings, hidden),
    column('measures', 'measures', '处理措施', 'Measures', 'codes', { options: words.measures, shown: false }),
    coded('outcome', 'outcome', '处理结果', 'Outcome', words.outcomes),
    column('satisfaction', 'satisfaction', '满意度', 'Satisfaction', 'number'),
    column('reopenCount', 'reopen_count', '重开次数', 'Reopened', 'number', hidden),
    column('extended', 'extended', '已延期', 'Extended', 'flag', hidden),
  ],
};

/** 补偿台账 */
export const compensations: Ledger = {
  id: 'compensations', name: '补偿台账', nameEn: 'Compensations', audience: 'complaint',
  table: 'app.compensation', key: 'compensationNo', caseNo: 'l.case_no', at: 'at', open: null, due: null, unit: 'site',
  search: ['l.compensation_no', 'l.case_no', 'l.party'],
  columns: [
    column('compensationNo', 'compensation_no', '补偿编号', 'Compensation no.'),
    column('caseNo', 'case_no', '案件号', 'Case no.'),
    column('site', '(select c.site from app.complaint c where c.complaint_no = l.case_no)', '网点', 'Site', 'site', { filter: true, shown: false }),
    column('party', 'party', '补偿对象', 'Recipient', 'personal'),
    coded('kind', 'kind', '补偿方式', 'Kind', words.compensationKinds),
    column('amount', 'amount', '金额', 'Amount', 'money'),
    coded('status', 'status', '状态', 'Status', words.compensationStates),
    column('at', 'at', '登记时间', 'Registered', 'instant'),
    column('reversedAt', 'reversed_at', '冲销时间', 'Reversed', 'instant'),
  ],
};
