import { coded, column, hidden, type Ledger } from './ledger.ts';
import { words } from './word-list.ts';

const levels = words(`
  general=一般=General
  important=重要=Important
  urgent=紧急=Urgent`);

const audiences = words(`
  staff=员工=Staff
  dept=部门=Department
  customer=客户=Customers
  all=全体=Everybody`);

/** 信息发布台账 */
export const announcements: Ledger = {
  id: 'announcements', name: '信息发布台账', nameEn: 'Information released', audience: 'complaint',
  table: 'app.announcement', key: 'annNo', caseNo: 'l.case_no', at: 'publishedAt', open: 'l.withdrawn_at is null', due: 'l.withdraw_at', unit: null,
  search: ['l.ann_no', 'l.case_no', 'l.title'],
  columns: [
    column('annNo', 'ann_no', '公告编号', 'Announcement no.'),
    column('caseNo', 'case_no', '案件编号', 'Case no.'),
    column('title', 'title', '标题', 'Title'),
    coded('level', 'level', '信息级别', 'Level', levels),
    coded('audience', 'audience', '受众', 'Audience', audiences),
    column('asked', 'asked', '应签收', 'Asked', 'number'),
    column('readCount', 'read_count', '已签收', 'Received', 'number'),
    column('missedCount', 'missed_count', '未签收', 'Missed', 'number'),
    column('publishedAt', 'published_at', '发布时间', 'Published', 'instant'),
    column('effectiveAt', 'effective_at', '生效时间', 'Effective', 'instant', hidden),
    column('withdrawAt', 'withdraw_at', '定于撤回', 'To withdraw', 'instant', hidden),
    column('withdrawnAt', 'withdrawn_at', '撤回时间', 'Withdrawn', 'instant'),
  ],
};
