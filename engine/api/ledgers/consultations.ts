import { coded, column, hidden, type Ledger } from './ledger.ts';
import { departments } from './risk-words.ts';
import { words } from './word-list.ts';
import { channels, outcomes } from './words.ts';

const categories = words(`
  account=账户=Account
  product=产品=Product
  fee=费用=Fees
  risk=风险=Risk
  process=流程=Process
  complaint=投诉=Complaint`);

const handled = words(`
  yes=当场答复=Answered at once
  transfer=转部门=Transferred
  complaint=转投诉=Handed over as complaint`);

/** 咨询台账 */
export const consultations: Ledger = {
  id: 'consultations', name: '咨询台账', nameEn: 'Inquiries', audience: 'service',
  table: 'app.consultation', key: 'consultationNo', caseNo: 'l.consultation_no', at: 'registeredAt', open: 'l.closed_at is null', due: 'l.due_solved', unit: null,
  search: ['l.consultation_no', 'l.customer_no', 'l.question', 'l.answer'],
  columns: [
    column('consultationNo', 'consultation_no', '咨询编号', 'Inquiry no.'),
    column('sourceNo', 'source_no', '来源编号', 'Source no.', 'text', hidden),
    column('customerNo', 'customer_no', '客户号', 'Customer no.'),
    coded('channel', 'channel', '渠道', 'Channel', channels),
    coded('category', 'category', '类别', 'Category', categories),
    column('question', 'question', '问题', 'Question'),
    column('answer', 'answer', '答复', 'Answer', 'text', hidden),
    coded('handled', 'handled', '处理方式', 'Handled', handled),
    coded('dept', 'dept', '部门', 'Department', departments),
    column('articles', `array_to_string(l.articles, ', ')`, '所用知识条目', 'Articles used', 'text', hidden),
    column('repeated', 'repeated', '重复咨询', 'Asked again', 'flag'),
    column('registeredAt', 'registered_at', '登记时间', 'Registered', 'instant'),
    column('answeredAt', 'answered_at', '答复时间', 'Answered', 'instant'),
    column('solvedAt', 'solved_at', '解决时间', 'Solved', 'instant', hidden),
    column('dueSolved', 'due_solved', '应解决时间', 'Due', 'instant', hidden),
    column('closedAt', 'closed_at', '结束时间', 'Closed', 'instant'),
    coded('outcome', 'outcome', '结果', 'Outcome', outcomes),
  ],
};
