import { coded, column, hidden, type Ledger } from './ledger.ts';
import { words } from './word-list.ts';

const archiveClasses = words(`
  communication=沟通记录=Communication
  service=服务=Service
  complaint=投诉=Complaint
  survey=满意度调查=Survey
  supervision=监督检查=Supervision
  training=培训=Training
  improve=改进=Improvement
  risk=风险=Risk
  security=信息安全=Security
  violation=违规问责=Violation
  customer_info=客户信息=Customer information
  drill=应急演练=Drill`);

const dataClasses = words(`
  customer_info=客户信息=Customer information
  txn_data=交易数据=Transactions
  op_record=业务操作记录=Operations
  internal=内部资料=Internal papers`);

const sensitivities = words(`
  public=公开=Public
  internal=内部=Internal
  confidential=机密=Confidential
  core=核心=Core`);

/** 档案台账: what is filed, of which data class and how sensitive it is. */
export const archives: Ledger = {
  id: 'archives', name: '档案台账', nameEn: 'Archive', audience: 'archive', confidential: true,
  table: 'app.archive_item', key: 'archiveNo', caseNo: 'l.case_no', at: 'storedAt', open: null, due: null, unit: null,
  search: ['l.archive_no', 'l.case_no'],
  columns: [
    column('archiveNo', 'archive_no', '档案编号', 'Archive no.'),
    column('caseNo', 'case_no', '案件编号', 'Case no.'),
    coded('class', 'class', '档案类别', 'Class', archiveClasses),
    coded('dataClass', 'data_class', '数据类别', 'Data class', dataClasses),
    coded('sensitivity', 'sensitivity', '密级', 'Sensitivity', sensitivities),
    column('storedAt', 'stored_at', '归档时间', 'Filed', 'instant'),
    column('retainUntil', 'retain_until', '保存至', 'Kept until', 'instant'),
    column('destroyedAt', 'destroyed_at', '销毁时间', 'Destroyed', 'instant', hidden),
    column('sha256', 'sha256', '校验值', 'SHA-256', 'text', hidden),
  ],
};
