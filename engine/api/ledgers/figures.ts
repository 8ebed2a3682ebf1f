import type { Figure } from './figure.ts';

const hours = (from: string, to: string): string => `extract(epoch from (${to} - ${from})) / 3600`;
const yes = (condition: string): string => `case when ${condition} then 1 else 0 end`;
/** A stage of the row's case has been late. */
const late = (caseNo: string, ...stages: string[]): string => `exists (select 1 from app.sla_breach b where b.case_no = ${caseNo} and b.stage in (${stages.map((stage) => `'${stage}'`).join(', ')}))`;

type Measure = Omit<Figure, 'ledger'>;

const complaint: Measure[] = [
  { id: 'complaint_registered_in_24h', name: '24 小时内登记', nameEn: 'Registered within 24 hours', unit: 'percent', at: 'l.received_at', where: 'l.accepted_at is not null', value: yes(`l.accepted_at - l.received_at <= interval '24 hours'`), by: 'avg', target: 'complaint_registered_in_24h' },
  { id: 'complaint_response_in_24h', name: '24 小时内首次答复', nameEn: 'First response within 24 hours', unit: 'percent', at: 'l.received_at', where: 'l.responded_at is not null', value: yes(`l.responded_at - l.received_at <= interval '24 hours'`), by: 'avg', target: 'complaint_response_in_24h' },
  { id: 'complaint_first_response', name: '平均首次答复', nameEn: 'Average first response', unit: 'hours', at: 'l.received_at', where: 'l.responded_at is not null', value: hours('l.received_at', 'l.responded_at'), by: 'avg', target: 'complaint_average_response' },
  { id: 'complaint_closed_in_20wd', name: '20 个工作日内办结', nameEn: 'Closed within 20 working days', unit: 'percent', at: 'l.closed_at', where: 'l.closed_at is not null', value: 'f.value', fact: 'complaint_closed_in_20wd', by: 'avg', target: 'complaint_closed_in_20wd' },
  { id: 'complaint_closed_in_target', name: '7/15 个工作日内办结', nameEn: 'Closed within 7 or 15 working days', unit: 'percent', at: 'l.closed_at', where: 'l.closed_at is not null', value: 'f.value', fact: 'complaint_closed_in_target', by: 'avg' },
  { id: 'complaint_satisfied', name: '投诉满意度', nameEn: 'Complaint satisfaction', unit: 'percent', at: 'l.closed_at', where: 'l.satisfaction is not null', value: yes('l.satisfaction >= 4'), by: 'avg', target: 'complaint_satisfaction' },
  { id: 'complaint_reopened', name: '重开率', nameEn: 'Reopened', unit: 'percent', at: 'l.received_at', value: yes('l.reopen_count > 0'), by: 'avg' },
  { id: 'complaint_extended', name: '延期率', nameEn: 'Extended', unit: 'percent', at: 'l.received_at', value: yes('l.extended'), by: 'avg' },
  { id: 'complaint_withdrawn', name: '撤诉', nameEn: 'Withdrawn', unit: 'count', at: 'l.closed_at', where: `l.outcome = 'withdrawn'`, value: '1', by: 'count' },
];

const appointment: Measure[] = [
  { id: 'appointment_confirmed_in_24h', name: '预约 24 小时内确认', nameEn: 'Appointments confirmed within 24 hours', unit: 'percent', at: 'l.registered_at', where: 'l.confirmed_at is not null', value: yes(`l.confirmed_at - l.registered_at <= interval '24 hours'`), by: 'avg', target: 'appointment_confirmed_in_24h' },
  { id: 'appointment_no_show', name: '未到场率', nameEn: 'No-shows', unit: 'percent', at: 'l.closed_at', where: `l.closed_at is not null and l.status in ('served', 'noshow')`, value: yes(`l.status = 'noshow'`), by: 'avg' },
  { id: 'appointment_counter_minutes', name: '柜面办理时长', nameEn: 'Handling at the counter', unit: 'minutes', at: 'l.finished_at', where: `l.started_at is not null and l.finished_at is not null and coalesce(l.mode, 'branch') = 'branch'`, value: `${hours('l.started_at', 'l.finished_at')} * 60`, by: 'avg', target: 'counter_minutes' },
  { id: 'appointment_phone_minutes', name: '电话办理时长', nameEn: 'Handling by phone', unit: 'minutes', at: 'l.finished_at', where: `l.started_at is not null and l.finished_at is not null and l.mode = 'phone'`, value: `${hours('l.started_at', 'l.finished_at')} * 60`, by: 'avg', target: 'phone_minutes' },
  { id: 'appointment_online', name: '线上预约占比', nameEn: 'Booked online', unit: 'percent', at: 'l.registered_at', where: 'l.channel is not null', value: yes(`l.channel in ('app', 'mobile_bank', 'web', 'official_account', 'online_chat')`), by: 'avg' },
];

const application: Measure[] = [
  { id: 'application_accepted_in_24h', name: '申请 24 小时内受理', nameEn: 'Applications accepted within 24 hours', unit: 'percent', at: 'l.registered_at', where: 'l.accepted_at is not null', value: yes(`l.accepted_at - l.registered_at <= interval '24 hours'`), by: 'avg', target: 'application_accepted_in_24h' },
  { id: 'application_first_pass', name: '一次通过率', nameEn: 'Passed the first time', unit: 'percent', at: 'l.closed_at', where: 'l.closed_at is not null', value: 'f.value', fact: 'application_first_pass', by: 'avg' },
  { id: 'application_handling', name: '业务办理时长', nameEn: 'Handling of applications', unit: 'hours', at: 'l.finished_at', where: 'l.accepted_at is not null and l.finished_at is not null', value: hours('l.accepted_at', 'l.finished_at'), by: 'avg' },
  { id: 'application_rejected', name: '申请不通过率', nameEn: 'Applications rejected', unit: 'percent', at: 'l.closed_at', where: 'l.closed_at is not null', value: yes(`l.outcome = 'rejected'`), by: 'avg' },
];

const change: Measure[] = [
  { id: 'change_by_institution', name: '机构原因延期与取消', nameEn: 'Delays and cancellations of ours', unit: 'count', at: 'l.registered_at', where: `coalesce(l."by", '') <> 'customer'`, value: '1', by: 'count' },
  { id: 'change_hours_ahead', name: '提前告知时长', nameEn: 'Notice ahead', unit: 'hours', at: 'l.registered_at', where: `l.hours_before is not null and coalesce(l."by", '') <> 'customer'`, value: 'l.hours_before', by: 'avg' },
];

const survey: Measure[] = [
  { id: 'survey_satisfied', name: '总体满意度', nameEn: 'Overall satisfaction', unit: 'percent', at: 'l.closed_at', where: 'l.score is not null', value: yes('l.score >= 4'), by: 'avg', target: 'satisfaction' },
  { id: 'survey_complaint_satisfied', name: '投诉调查满意度', nameEn: 'Satisfaction after complaints', unit: 'percent', at: 'l.closed_at', where: `l.score is not null and (l."trigger" = 'complaint' or l.case_no like 'TS%')`, value: yes('l.score >= 4'), by: 'avg', target: 'complaint_satisfaction' },
  { id: 'survey_score', name: '平均评分', nameEn: 'Average score', unit: 'score', at: 'l.closed_at', where: 'l.score is not null', value: 'l.score', by: 'avg' },
  { id: 'survey_answered', name: '调查答复率', nameEn: 'Answered', unit: 'percent', at: 'l.sent_at', where: `l.status <> 'open'`, value: yes(`l.status = 'answered'`), by: 'avg' },
  { id: 'survey_low', name: '低分（1–2 分）', nameEn: 'Low scores (1–2)', unit: 'count', at: 'l.closed_at', where: 'l.score <= 2', value: '1', by: 'count' },
];

const risk: Measure[] = [
  { id: 'risk_response_in_time', name: '2 小时内响应', nameEn: 'Response within 2 hours', unit: 'percent', at: 'l.registered_at', where: `not l.false_alarm`, value: yes(`not ${late('l.risk_no', 'response')}`), by: 'avg', target: 'risk_response_in_time' },
  { id: 'risk_dispose_in_time', name: '重大事件 4 小时内处置', nameEn: 'Major incidents handled within 4 hours', unit: 'percent', at: 'l.registered_at', where: `not l.false_alarm and l.risk_level = 'major'`, value: yes(`not ${late('l.risk_no', 'dispose')}`), by: 'avg', target: 'risk_major_in_time' },
  { id: 'risk_recovery', name: '平均恢复用时', nameEn: 'Mean recovery time', unit: 'minutes', at: 'l.registered_at', where: 'l.rto_minutes is not null', value: 'l.rto_minutes', by: 'avg' },
  { id: 'risk_registered', name: '风险事件', nameEn: 'Risk incidents', unit: 'count', at: 'l.registered_at', where: 'not l.false_alarm', value: '1', by: 'count' },
  { id: 'risk_repeat', name: '重复发生率', nameEn: 'Repeat incidents', unit: 'percent', at: 'l.closed_at', where: 'l.closed_at is not null', value: 'f.value', fact: 'risk_repeat', by: 'avg' },
];

const security: Measure[] = [
  { id: 'security_response_in_time', name: '安全事件 2 小时内响应', nameEn: 'Security events answered within 2 hours', unit: 'percent', at: 'l.registered_at', value: yes(`not ${late('l.event_no', 'response')}`), by: 'avg', target: 'risk_response_in_time' },
  { id: 'security_contain', name: '平均控制用时', nameEn: 'Mean time to contain', unit: 'minutes', at: 'l.registered_at', where: 'l.contained_at is not null', value: `${hours('l.registered_at', 'l.contained_at')} * 60`, by: 'avg' },
  { id: 'security_events', name: '安全事件', nameEn: 'Security events', unit: 'count', at: 'l.registered_at', value: '1', by: 'count', target: 'security_events_per_quarter', perQuarter: true },
];

const rectification: Measure[] = [
  { id: 'rectification_in_time', name: '整改按期完成', nameEn: 'Rectified in time', unit: 'percent', at: 'l.closed_at', where: `l.status = 'closed' and l.due is not null`, value: yes('l.closed_at < l.due + 1'), by: 'avg', target: 'rectification_in_time' },
  { id: 'rectification_days', name: '平均整改天数', nameEn: 'Mean days to rectify', unit: 'days', at: 'l.closed_at', where: `l.status = 'closed'`, value: `${hours('l.opened_at', 'l.closed_at')} / 24`, by: 'avg' },
  { id: 'rectification_good', name: '效果良好', nameEn: 'Good effect', unit: 'percent', at: 'l.closed_at', where: 'l.effect is not null', value: yes(`l.effect = 'good'`), by: 'avg' },
  { id: 'rectification_repeated', name: '多轮整改', nameEn: 'More than one round', unit: 'percent', at: 'l.closed_at', where: `l.status = 'closed'`, value: yes('l.rounds > 1'), by: 'avg' },
];

const violation: Measure[] = [
  { id: 'violation_registered', name: '违规案件', nameEn: 'Violation cases', unit: 'count', at: 'l.registered_at', value: '1', by: 'count' },
  { id: 'violation_substantiated', name: '属实率', nameEn: 'Substantiated', unit: 'percent', at: 'l.registered_at', where: 'l.conclusion is not null', value: yes(`l.conclusion in ('substantiated', 'partly', 'judicial')`), by: 'avg' },
  { id: 'violation_in_time', name: '各阶段按期', nameEn: 'Every stage in time', unit: 'percent', at: 'l.registered_at', value: yes('not exists (select 1 from app.sla_breach b where b.case_no = l.case_no)'), by: 'avg' },
  { id: 'violation_appealed', name: '申诉率', nameEn: 'Appealed', unit: 'percent', at: 'l.registered_at', where: 'l.closed_at is not null', value: yes('l.appeal_result is not null'), by: 'avg' },
  { id: 'violation_revoked', name: '申诉撤销率', nameEn: 'Revoked on appeal', unit: 'percent', at: 'l.registered_at', where: 'l.appeal_result is not null', value: yes(`l.appeal_result = 'revoke'`), by: 'avg' },
  { id: 'violation_repeat', name: '重复违规率', nameEn: 'Repeat violations', unit: 'percent', at: 'l.registered_at', where: 'l.subject_no is not null', value: yes('exists (select 1 from app.violation_case e where e.subject_no = l.subject_no and e.registered_at < l.registered_at)'), by: 'avg' },
  { id: 'violation_loss', name: '造成客户损失', nameEn: 'With loss to customers', unit: 'count', at: 'l.registered_at', where: 'l.loss > 0', value: '1', by: 'count' },
];

const inspection: Measure[] = [
  { id: 'audits_done', name: '内部审计', nameEn: 'Internal audits', unit: 'count', at: 'l.closed_at', where: `l.closed_at is not null and l.type = 'audit'`, value: '1', by: 'count', target: 'audits_per_quarter', perQuarter: true },
  { id: 'inspections_done', name: '完成检查', nameEn: 'Inspections done', unit: 'count', at: 'l.closed_at', where: 'l.closed_at is not null', value: '1', by: 'count' },
  { id: 'inspection_in_time', name: '检查按期完成', nameEn: 'Checked in time', unit: 'percent', at: 'l.closed_at', where: 'l.closed_at is not null', value: yes(`not ${late('l.inspection_no', 'check')}`), by: 'avg' },
  { id: 'channel_health', name: '渠道健康指数', nameEn: 'Channel health', unit: 'score', at: 'l.closed_at', where: `l.closed_at is not null and l.type = 'channel' and l.score is not null`, value: 'l.score', by: 'avg' },
];

const inspectionItem: Measure[] = [
  { id: 'inspection_passed', name: '检查合格率', nameEn: 'Items passed', unit: 'percent', at: 'l.checked_at', where: `l.result in ('pass', 'fail')`, value: yes(`l.result = 'pass'`), by: 'avg' },
];

const finding: Measure[] = [
  { id: 'findings_closed_in_time', name: '问题按期关闭', nameEn: 'Findings closed in time', unit: 'percent', at: 'l.closed_at', where: 'l.closed_at is not null and l.due is not null', value: yes('l.closed_at < l.due + 1'), by: 'avg' },
  { id: 'findings_repeated', name: '问题重复率', nameEn: 'Repeated findings', unit: 'percent', at: 'l.found_at', value: yes('l.repeat_count > 0'), by: 'avg' },
  { id: 'findings_serious', name: '严重问题', nameEn: 'Serious findings', unit: 'count', at: 'l.found_at', where: `l.level = 'serious'`, value: '1', by: 'count' },
];

const qualityAssessment: Measure[] = [
  { id: 'assessment_unit_score', name: '部门平均得分', nameEn: 'Average score of units', unit: 'score', at: 'l.scored_at', where: `l.subject_kind = 'unit'`, value: 'l.score', by: 'avg' },
  { id: 'assessment_staff_score', name: '员工平均得分', nameEn: 'Average score of staff', unit: 'score', at: 'l.scored_at', where: `l.subject_kind = 'staff'`, value: 'l.score', by: 'avg' },
  { id: 'assessment_excellent', name: '优秀占比', nameEn: 'Grade A', unit: 'percent', at: 'l.scored_at', value: yes(`l.grade = 'A'`), by: 'avg' },
  { id: 'assessment_failed', name: '不合格', nameEn: 'Grade D', unit: 'count', at: 'l.scored_at', where: `l.grade = 'D'`, value: '1', by: 'count' },
  { id: 'assessment_disputed', name: '异议率', nameEn: 'Disputed', unit: 'percent', at: 'l.scored_at', where: `l.subject_kind = 'unit'`, value: yes('l.disputed'), by: 'avg' },
  { id: 'assessment_days', name: '评分到批准', nameEn: 'From score to approval', unit: 'days', at: 'l.approved_at', where: 'l.approved_at is not null', value: `${hours('l.scored_at', 'l.approved_at')} / 24`, by: 'avg' },
];

const trainingResult: Measure[] = [
  { id: 'training_coverage', name: '培训覆盖率', nameEn: 'Training coverage', unit: 'percent', at: 'l.at', value: yes('l.present'), by: 'avg', target: 'training_coverage' },
  { id: 'training_pass', name: '培训合格率', nameEn: 'Training passed', unit: 'percent', at: 'l.at', where: 'l.present', value: yes('l.passed'), by: 'avg', target: 'training_pass' },
  { id: 'training_awareness', name: '风险意识得分', nameEn: 'Risk awareness score', unit: 'score', at: 'l.at', where: `l.present and l.case_score is not null and l.course in ('security', 'ethics', 'law', 'emergency')`, value: 'l.case_score', by: 'avg', target: 'training_awareness' },
];

const trainingHour: Measure[] = [
  { id: 'training_hours', name: '人均年学时', nameEn: 'Training hours per person and year', unit: 'hours', at: 'l.updated_at', value: 'l.hours', by: 'avg', target: 'training_hours' },
];

const training: Measure[] = [
  { id: 'trainings_done', name: '完成培训', nameEn: 'Trainings done', unit: 'count', at: 'l.finished_at', where: 'l.finished_at is not null', value: '1', by: 'count' },
];

const certificate: Measure[] = [
  { id: 'certificates_expiring', name: '进入到期前 30 日的证书', nameEn: 'Certificates within 30 days of their end', unit: 'count', at: `(l.valid_until - 30)::timestamptz`, where: 'l.valid_until is not null and l.superseded_at is null', value: '1', by: 'count' },
  { id: 'certificates_issued', name: '发放证书', nameEn: 'Certificates issued', unit: 'count', at: 'l.issued_at', value: '1', by: 'count' },
];

const compensation: Measure[] = [
  { id: 'compensation_amount', name: '补偿金额', nameEn: 'Compensation', unit: 'money', at: 'l.at', where: `l.status = 'registered'`, value: 'l.amount', by: 'sum' },
];

const consultation: Measure[] = [
  { id: 'consultation_first_answer', name: '首问解决率', nameEn: 'Answered at first contact', unit: 'percent', at: 'l.registered_at', where: 'l.handled is not null', value: yes(`l.handled = 'yes'`), by: 'avg' },
  { id: 'consultation_answered_in_24h', name: '咨询 24 小时内答复', nameEn: 'Inquiries answered within 24 hours', unit: 'percent', at: 'l.registered_at', where: 'l.answered_at is not null', value: yes(`l.answered_at - l.registered_at <= interval '24 hours'`), by: 'avg' },
  { id: 'consultation_solved_in_72h', name: '咨询 72 小时内解决', nameEn: 'Inquiries solved within 72 hours', unit: 'percent', at: 'l.registered_at', where: 'l.solved_at is not null', value: yes(`l.solved_at - l.registered_at <= interval '72 hours'`), by: 'avg' },
  { id: 'consultation_repeated', name: '重复咨询率', nameEn: 'Asked again', unit: 'percent', at: 'l.registered_at', value: yes('l.repeated'), by: 'avg' },
];

const improvement: Measure[] = [
  { id: 'improvement_registered', name: '改进立项', nameEn: 'Improvements begun', unit: 'count', at: 'l.registered_at', value: '1', by: 'count' },
  { id: 'improvement_effective', name: '改进达标率', nameEn: 'Improvements that worked', unit: 'percent', at: 'l.closed_at', where: 'l.closed_at is not null', value: yes(`l.outcome = 'improved'`), by: 'avg' },
  { id: 'improvement_days', name: '平均改进天数', nameEn: 'Mean days to improve', unit: 'days', at: 'l.closed_at', where: 'l.closed_at is not null', value: `${hours('l.registered_at', 'l.closed_at')} / 24`, by: 'avg' },
];

const riskAssessment: Measure[] = [
  { id: 'assessment_missing', name: '自评缺报迟报', nameEn: 'Self-assessments late or missing', unit: 'count', at: 'l.registered_at', value: 'cardinality(l.missing_depts) + cardinality(l.late_depts)', by: 'sum' },
];

const alert: Measure[] = [
  { id: 'threshold_alerts', name: '阈值预警', nameEn: 'Threshold alerts', unit: 'count', at: 'l.at', value: '1', by: 'count' },
];

const on = (ledger: string, measures: Measure[]): Figure[] => measures.map((measure) => ({ ledger, ...measure }));

/** Every figure of the dashboards. */
export const figures: readonly Figure[] = [
  ...on('complaints', complaint), ...on('appointments', appointment), ...on('applications', application), ...on('changes', change), ...on('surveys', survey),
  ...on('risks', risk), ...on('security', security), ...on('rectifications', rectification), ...on('violations', violation), ...on('compensations', compensation),
  ...on('inspections', inspection), ...on('inspection_items', inspectionItem), ...on('findings', finding), ...on('quality_assessments', qualityAssessment), ...on('training_results', trainingResult), ...on('training_hours', trainingHour), ...on('trainings', training), ...on('certificates', certificate),
  ...on('consultations', consultation), ...on('improvements', improvement), ...on('risk_assessments', riskAssessment), ...on('alerts', alert),
];
