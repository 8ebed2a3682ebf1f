import { coded, column, hidden, type Ledger } from './ledger.ts';
import { departments, riskLevels, riskSources, riskTypes } from './risk-words.ts';
import { words } from './word-list.ts';
import { outcomes } from './words.ts';

const trends = words(`
  up=上升=Up
  flat=持平=Flat
  down=下降=Down`);

/** 风险评估台账 */
export const riskAssessments: Ledger = {
  id: 'risk_assessments', name: '风险评估台账', nameEn: 'Risk assessments', audience: 'risk',
  table: 'app.risk_assessment', key: 'assessmentNo', caseNo: 'l.assessment_no', at: 'registeredAt', open: 'l.closed_at is null', due: null, unit: null,
  search: ['l.assessment_no', 'l.period', 'l.report_no'],
  columns: [
    column('assessmentNo', 'assessment_no', '评估编号', 'Assessment no.'),
    column('period', 'period', '期间', 'Period'),
    column('depts', 'depts', '应报部门', 'Departments', 'codes', { options: departments }),
    column('missingDepts', 'missing_depts', '缺报部门', 'Missing', 'codes', { options: departments }),
    column('lateDepts', 'late_depts', '迟报部门', 'Late', 'codes', { options: departments, shown: false }),
    column('items', 'items', '风险项', 'Items', 'number'),
    column('high', 'high', '高', 'High', 'number'),
    column('medium', 'medium', '中', 'Medium', 'number'),
    column('low', 'low', '低', 'Low', 'number'),
    coded('trend', 'trend', '趋势', 'Trend', trends),
    column('conclusion', 'conclusion', '结论', 'Conclusion', 'text', hidden),
    column('reportNo', 'report_no', '报告编号', 'Report no.'),
    column('reportVersion', 'report_version', '版本', 'Version', 'number', hidden),
    column('approved', 'approved', '已批准', 'Approved', 'flag', hidden),
    column('registeredAt', 'registered_at', '登记时间', 'Registered', 'instant'),
    column('closedAt', 'closed_at', '办结时间', 'Closed', 'instant'),
    coded('outcome', 'outcome', '结果', 'Outcome', outcomes, hidden),
  ],
};

/** 风险库: every risk an approved assessment has rated. */
export const riskRegister: Ledger = {
  id: 'register', name: '风险库', nameEn: 'Risk register', audience: 'risk',
  table: 'app.risk_register', key: 'registerNo', caseNo: 'l.assessment_no', at: 'registeredAt', open: null, due: null, unit: 'dept',
  search: ['l.register_no', 'l.assessment_no', 'l.item', 'l.control'],
  columns: [
    column('registerNo', 'register_no', '编号', 'No.'),
    column('assessmentNo', 'assessment_no', '评估编号', 'Assessment no.'),
    coded('dept', 'dept', '部门', 'Department', departments),
    column('item', 'item', '风险', 'Risk'),
    coded('riskType', 'risk_type', '风险类型', 'Type', riskTypes),
    coded('riskSource', 'risk_source', '风险来源', 'Source', riskSources, hidden),
    column('likelihood', 'likelihood', '可能性', 'Likelihood', 'number'),
    column('impact', 'impact', '影响', 'Impact', 'number'),
    column('score', 'score', '评分', 'Score', 'number'),
    coded('riskLevel', 'risk_level', '风险等级', 'Level', riskLevels),
    column('control', 'control', '控制措施', 'Control'),
    column('owner', 'owner', '负责人', 'Owner', 'person'),
    column('threshold', 'threshold', '预警指标', 'Threshold', 'text', hidden),
    column('registeredAt', 'registered_at', '登记时间', 'Registered', 'instant'),
  ],
};

const watched = words(`
  complaints_week=周投诉量=Complaints in a week
  breach_rate=超时率=Share of stages that were late
  churn=客户流失率=Customers lost
  failed_login=登录失败次数=Failed sign-ins`);

/** 预警台账: every time a figure passed its threshold. */
export const thresholdAlerts: Ledger = {
  id: 'alerts', name: '预警台账', nameEn: 'Threshold alerts', audience: 'risk',
  table: 'app.threshold_alert', key: 'alert', caseNo: 'l.metric', at: 'at', open: null, due: null, unit: null,
  search: ['l.metric', 'l.period'],
  columns: [
    column('alert', `l.metric || ' ' || l.period`, '预警', 'Alert'),
    coded('metric', 'metric', '指标', 'Metric', watched),
    column('period', 'period', '期间', 'Period'),
    column('value', 'value', '实际值', 'Value', 'number'),
    column('threshold', 'threshold', '阈值', 'Threshold', 'number'),
    coded('level', 'level', '等级', 'Level', riskLevels),
    column('at', 'at', '时间', 'At', 'instant'),
  ],
};
