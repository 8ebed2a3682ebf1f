import { coded, column, hidden, type Ledger } from './ledger.ts';
import * as riskWords from './risk-words.ts';
import * as words from './words.ts';

/** 风险事件台账 */
export const risks: Ledger = {
  id: 'risks', name: '风险事件台账', nameEn: 'Risk incidents', audience: 'risk',
  table: 'app.risk_incident', key: 'riskNo', caseNo: 'l.risk_no', at: 'registeredAt', open: `l.status = 'open'`, due: null, unit: 'ownerDept',
  search: ['l.risk_no', 'l.title', 'l.place'],
  columns: [
    column('riskNo', 'risk_no', '风险编号', 'Risk no.'),
    column('title', 'title', '标题', 'Title'),
    coded('riskLevel', 'risk_level', '风险等级', 'Level', riskWords.riskLevels),
    coded('riskType', 'risk_type', '风险类型', 'Type', riskWords.riskTypes),
    coded('riskSource', 'risk_source', '风险来源', 'Source', riskWords.riskSources, hidden),
    coded('stage', 'stage', '所处环节', 'Stage', riskWords.riskStages, hidden),
    coded('ownerDept', 'owner_dept', '责任部门', 'Owning department', riskWords.departments),
    column('place', 'place', '地点', 'Place', 'site', hidden),
    coded('impactScope', 'impact_scope', '影响范围', 'Scope', riskWords.impactScopes, hidden),
    column('customersAffected', 'customers_affected', '受影响客户数', 'Customers affected', 'number', hidden),
    column('lossEstimate', 'loss_estimate', '预计损失', 'Estimated loss', 'money', hidden),
    column('lossActual', 'loss_actual', '实际损失', 'Actual loss', 'money', hidden),
    column('likelihood', 'likelihood', '可能性', 'Likelihood', 'number', hidden),
    column('impact', 'impact', '影响', 'Impact', 'number', hidden),
    column('score', 'score', '评分', 'Score', 'number'),
    coded('causeKind', 'cause_kind', '原因类别', 'Cause', riskWords.causeKinds, hidden),
    coded('status', 'status', '状态', 'Status', riskWords.caseStates),
    column('occurredAt', 'occurred_at', '发生时间', 'Occurred', 'instant'),
    column('registeredAt', 'registered_at', '登记时间', 'Registered', 'instant'),
    column('recoveredAt', 'recovered_at', '恢复时间', 'Recovered', 'instant'),
    column('rtoMinutes', 'rto_minutes', '恢复用时（分钟）', 'Recovery (minutes)', 'number', hidden),
    column('closedAt', 'closed_at', '办结时间', 'Closed', 'instant'),
    column('falseAlarm', 'false_alarm', '误报', 'False alarm', 'flag', hidden),
  ],
};

/** 安全事件台账 */
export const securityEvents: Ledger = {
  id: 'security', name: '安全事件台账', nameEn: 'Security events', audience: 'security',
  table: 'app.security_event', key: 'eventNo', caseNo: 'l.event_no', at: 'registeredAt', open: 'l.closed_at is null', due: null, unit: null,
  search: ['l.event_no', 'l.source_no', 'l.system'],
  columns: [
    column('eventNo', 'event_no', '事件编号', 'Event no.'),
    column('sourceNo', 'source_no', '来源编号', 'Source no.', 'text', hidden),
    coded('type', 'type', '事件类型', 'Type', riskWords.securityTypes),
    coded('level', 'level', '等级', 'Level', riskWords.riskLevels),
    column('system', 'system', '涉及系统', 'System'),
    column('dataClasses', 'data_classes', '数据类别', 'Data classes', 'codes', { options: riskWords.dataClasses, shown: false }),
    column('recordsAffected', 'records_affected', '涉及记录数', 'Records affected', 'number'),
    column('affectedCount', 'affected_count', '受影响客户数', 'Customers affected', 'number', hidden),
    column('detectedAt', 'detected_at', '发现时间', 'Detected', 'instant', hidden),
    column('registeredAt', 'registered_at', '登记时间', 'Registered', 'instant'),
    column('respondedAt', 'responded_at', '响应时间', 'Responded', 'instant', hidden),
    column('containedAt', 'contained_at', '控制时间', 'Contained', 'instant'),
    column('notifiedAt', 'notified_at', '告知客户', 'Customers told', 'instant', hidden),
    column('rtoMinutes', 'rto_minutes', '恢复用时（分钟）', 'Recovery (minutes)', 'number', hidden),
    coded('causeKind', 'cause_kind', '原因类别', 'Cause', riskWords.securityCauses, hidden),
    column('leak', 'leak', '是否泄露', 'Leak', 'flag', hidden),
    column('closedAt', 'closed_at', '办结时间', 'Closed', 'instant'),
    coded('outcome', 'outcome', '结果', 'Outcome', words.outcomes, hidden),
  ],
};

/** 整改台账 */
export const rectifications: Ledger = {
  id: 'rectifications', name: '整改台账', nameEn: 'Rectifications', audience: 'rectification',
  table: 'app.rectification', key: 'rectNo', caseNo: 'l.rect_no', at: 'openedAt', open: `l.status = 'open'`, due: 'l.due + 1', unit: null,
  search: ['l.rect_no', 'l.source_no', 'l.problem', 'l.requirement'],
  columns: [
    column('rectNo', 'rect_no', '整改编号', 'Rectification no.'),
    column('problem', 'problem', '问题', 'Problem'),
    column('requirement', 'requirement', '整改要求', 'Requirement', 'text', hidden),
    coded('sourceKind', 'source_kind', '来源', 'Source', riskWords.violationSources),
    column('sourceNo', 'source_no', '来源编号', 'Source no.'),
    column('owner', 'owner', '责任人', 'Owner', 'person'),
    coded('weight', 'weight', '程度', 'Weight', words.weights),
    column('due', 'due', '期限', 'Due', 'date'),
    column('progress', 'progress', '进度 %', 'Progress %', 'number'),
    column('rounds', 'rounds', '轮次', 'Rounds', 'number', hidden),
    coded('effect', 'effect', '整改效果', 'Effect', words.effects),
    coded('status', 'status', '状态', 'Status', riskWords.caseStates),
    column('openedAt', 'opened_at', '立项时间', 'Opened', 'instant'),
    column('closedAt', 'closed_at', '关闭时间', 'Closed', 'instant'),
  ],
};
