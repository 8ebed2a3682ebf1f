import { coded, column, hidden, type Ledger } from './ledger.ts';
import { words } from './word-list.ts';
import { outcomes } from './words.ts';

const causes = words(`
  staff=人员=Staff
  process=流程=Process
  system=系统=System
  product=产品=Product
  disclosure=信息披露=Disclosure
  partner=第三方=Third party
  customer=客户自身=Customer`);

const sources = words(`
  complaint=投诉=Complaint
  survey=满意度调查=Survey
  risk=风险事件=Risk
  audit=审计=Audit
  idea=员工与客户建议=Idea
  violation=违规案件=Violation`);

/** 改进台账 */
export const improvements: Ledger = {
  id: 'improvements', name: '改进台账', nameEn: 'Improvements', audience: 'complaint',
  table: 'app.improvement', key: 'improvementNo', caseNo: 'l.improvement_no', at: 'registeredAt', open: 'l.closed_at is null', due: 'l.due_at', unit: null,
  search: ['l.improvement_no', 'l.source_no', 'l.title'],
  columns: [
    column('improvementNo', 'improvement_no', '改进编号', 'Improvement no.'),
    column('title', 'title', '标题', 'Title'),
    coded('source', 'source', '来源', 'Source', sources),
    column('sourceNo', 'source_no', '来源编号', 'Source no.'),
    column('causes', 'causes', '原因分类', 'Causes', 'codes', { options: causes, shown: false }),
    column('owner', 'owner', '负责人', 'Owner', 'person'),
    column('metricName', 'metric_name', '指标', 'Metric', 'text', hidden),
    column('metricNow', 'metric_now', '改进前', 'Before', 'number', hidden),
    column('target', 'target', '目标值', 'Target', 'number'),
    column('metricAfter', 'metric_after', '改进后', 'After', 'number'),
    column('progress', 'progress', '进度 %', 'Progress %', 'number', hidden),
    column('round', 'round', '轮次', 'Round', 'number', hidden),
    column('processChangeNo', 'process_change_no', '流程变更编号', 'Process change no.', 'text', hidden),
    column('improved', 'improved', '是否达标', 'Improved', 'flag'),
    column('dueAt', 'due_at', '期限', 'Due', 'instant'),
    column('registeredAt', 'registered_at', '登记时间', 'Registered', 'instant'),
    column('closedAt', 'closed_at', '结束时间', 'Closed', 'instant'),
    coded('outcome', 'outcome', '结果', 'Outcome', outcomes),
  ],
};
