import { coded, column, hidden, type Ledger } from './ledger.ts';
import * as qualityWords from './quality-words.ts';
import * as riskWords from './risk-words.ts';

/** 检查台账 */
export const inspections: Ledger = {
  id: 'inspections', name: '检查台账', nameEn: 'Inspections', audience: 'inspection',
  table: 'app.inspection', key: 'inspectionNo', caseNo: 'l.inspection_no', at: 'registeredAt', open: 'l.closed_at is null', due: 'l.period_to', unit: 'dept',
  search: ['l.inspection_no', 'l.basis'],
  columns: [
    column('inspectionNo', 'inspection_no', '检查编号', 'Inspection no.'),
    coded('type', 'type', '检查类型', 'Type', qualityWords.inspectionTypes),
    column('scope', 'scope', '检查范围', 'Scope', 'codes', { options: qualityWords.inspectionScopes, shown: false }),
    coded('dept', 'dept', '被检查部门', 'Department', riskWords.departments),
    column('planned', 'planned', '计划抽查数', 'Planned', 'number', hidden),
    column('checked', 'checked', '已查数', 'Checked', 'number'),
    column('failed', 'failed', '不合格数', 'Failed', 'number'),
    column('score', 'score', '得分', 'Score', 'number'),
    coded('grade', 'grade', '等级', 'Grade', qualityWords.grades),
    column('serious', 'serious', '严重问题', 'Serious', 'flag', hidden),
    column('rounds', 'rounds', '整改轮次', 'Rounds', 'number', hidden),
    column('periodTo', 'period_to', '检查截止', 'To be done by', 'instant', hidden),
    column('registeredAt', 'registered_at', '登记时间', 'Registered', 'instant'),
    column('closedAt', 'closed_at', '办结时间', 'Closed', 'instant'),
  ],
};

/** 检查项台账: everything looked at. */
export const inspectionItems: Ledger = {
  id: 'inspection_items', name: '检查项台账', nameEn: 'Inspection items', audience: 'inspection',
  table: 'app.inspection_item', key: 'itemNo', caseNo: 'l.inspection_no', at: 'checkedAt', open: 'l.result is null', due: null, unit: null,
  search: ['l.inspection_no', 'l.item', 'l.ref', 'l.problem'],
  columns: [
    column('itemNo', `l.inspection_no || ':' || l.position`, '检查项编号', 'Item no.'),
    column('item', 'item', '检查项', 'Item'),
    coded('scope', 'scope', '检查范围', 'Scope', qualityWords.inspectionScopes),
    column('inspector', 'inspector', '检查人员', 'Inspector', 'person'),
    coded('result', 'result', '结果', 'Result', qualityWords.checkResults),
    column('score', 'score', '评分', 'Score', 'number'),
    column('problem', 'problem', '问题', 'Problem'),
    column('note', 'note', '观察与访谈记录', 'Observed and said', 'text', hidden),
    column('checkedAt', 'checked_at', '检查时间', 'Checked', 'instant'),
  ],
};

/** 检查问题台账 */
export const findings: Ledger = {
  id: 'findings', name: '检查问题台账', nameEn: 'Findings', audience: 'inspection',
  table: 'app.finding', key: 'findingNo', caseNo: 'l.inspection_no', at: 'foundAt', open: 'l.closed_at is null', due: 'l.due + 1', unit: 'dept',
  search: ['l.finding_no', 'l.inspection_no', 'l.issue'],
  columns: [
    column('findingNo', 'finding_no', '问题编号', 'Finding no.'),
    column('issue', 'issue', '问题', 'Issue'),
    coded('level', 'level', '级别', 'Level', qualityWords.findingLevels),
    coded('scope', 'scope', '检查范围', 'Scope', qualityWords.inspectionScopes, hidden),
    coded('dept', 'dept', '责任部门', 'Department', riskWords.departments),
    column('owner', 'owner', '责任人', 'Owner', 'person'),
    column('repeatCount', 'repeat_count', '重复次数', 'Repeated', 'number'),
    column('harm', 'harm', '造成损害', 'Harm', 'flag', hidden),
    column('due', 'due', '期限', 'Due', 'date'),
    column('foundAt', 'found_at', '发现时间', 'Found', 'instant'),
    column('referredAt', 'referred_at', '移交问责', 'Referred', 'instant', hidden),
    column('closedAt', 'closed_at', '关闭时间', 'Closed', 'instant'),
  ],
};

/** 考核台账: scores and grades of units and staff, for those who decide on them alone. */
export const qualityAssessments: Ledger = {
  id: 'quality_assessments', name: '考核台账', nameEn: 'Quality assessments', audience: 'assessment',
  table: 'app.quality_assessment', key: 'assessmentId', caseNo: 'l.assessment_no', at: 'scoredAt', open: `l.status = 'scored'`, due: null, unit: 'dept',
  search: ['l.assessment_no', 'l.subject', 'l.period'],
  columns: [
    column('assessmentId', `l.assessment_no || ':' || l.subject_kind || ':' || l.subject`, '记录', 'Record', 'text', hidden),
    column('assessmentNo', 'assessment_no', '考核编号', 'Assessment no.'),
    column('period', 'period', '周期', 'Period'),
    coded('subjectKind', 'subject_kind', '对象类别', 'Unit or staff', qualityWords.subjectKinds),
    coded('dept', 'dept', '部门', 'Department', riskWords.departments),
    column('person', `case when l.subject_kind = 'staff' then l.subject end`, '员工', 'Staff', 'person'),
    column('computed', 'computed', '计算得分', 'Computed', 'number', hidden),
    column('adjust', 'adjust', '调整分', 'Adjustment', 'number', hidden),
    column('score', 'score', '得分', 'Score', 'number'),
    coded('grade', 'grade', '等级', 'Grade', qualityWords.grades),
    column('award', 'award', '奖惩', 'Rewards', 'codes', { options: qualityWords.awards }),
    column('disputed', 'disputed', '有异议', 'Disputed', 'flag', hidden),
    coded('status', 'status', '状态', 'Status', qualityWords.assessmentStates),
    column('scoredAt', 'scored_at', '评分时间', 'Scored', 'instant'),
    column('approvedAt', 'approved_at', '批准时间', 'Approved', 'instant'),
  ],
};
