import type { LedgerState } from '../../contract/api.ts';

/** Rows of a ledger counted by a column; `age` by working days open. */
export interface Breakdown {
  id: string;
  name: string;
  nameEn: string;
  ledger: string;
  column: string;
  /** Count only rows in this state, whenever they came in. */
  state?: LedgerState;
}

/** A page of figures. */
export interface Dashboard {
  id: string;
  name: string;
  nameEn: string;
  /** Ledger that decides who opens it and which departments there are. */
  ledger: string;
  figures: readonly string[];
  breakdowns: readonly Breakdown[];
  /** Ledger whose rows are shown by month as they came and went. */
  flow: string | null;
  /** With likelihood by impact of open risks. */
  heat: boolean;
}

const by = (ledger: string, column: string, name: string, nameEn: string, state?: LedgerState): Breakdown => ({ id: `${ledger}_${column}${state === undefined ? '' : `_${state}`}`, name, nameEn, ledger, column, ...(state === undefined ? {} : { state }) });

/** Every dashboard, in the order shown (manual, shared data). */
export const dashboards: readonly Dashboard[] = [
  {
    id: 'complaints', name: '投诉看板', nameEn: 'Complaints', ledger: 'complaints', flow: 'complaints', heat: false,
    figures: ['complaint_registered_in_24h', 'complaint_response_in_24h', 'complaint_first_response', 'complaint_closed_in_20wd', 'complaint_closed_in_target', 'complaint_satisfied', 'complaint_reopened', 'complaint_extended', 'complaint_withdrawn', 'compensation_amount', 'improvement_registered', 'improvement_effective', 'improvement_days'],
    breakdowns: [by('complaints', 'category', '投诉类别', 'By category'), by('complaints', 'age', '在办时长', 'Open by age', 'open'), by('complaints', 'channel', '受理渠道', 'By channel'), by('complaints', 'business', '涉及业务', 'By business'), by('complaints', 'site', '网点', 'By site'), by('improvements', 'source', '改进来源', 'Improvements by source')],
  },
  {
    id: 'service', name: '服务看板', nameEn: 'Service', ledger: 'appointments', flow: 'applications', heat: false,
    figures: ['appointment_confirmed_in_24h', 'appointment_counter_minutes', 'appointment_phone_minutes', 'appointment_no_show', 'appointment_online', 'application_accepted_in_24h', 'application_first_pass', 'application_handling', 'application_rejected', 'change_by_institution', 'change_hours_ahead', 'consultation_first_answer', 'consultation_answered_in_24h', 'consultation_solved_in_72h', 'consultation_repeated'],
    breakdowns: [by('appointments', 'status', '预约状态', 'Appointments by status'), by('appointments', 'channel', '预约渠道', 'Appointments by channel'), by('applications', 'business', '申请业务', 'Applications by business'), by('applications', 'status', '申请状态', 'Applications by status'), by('changes', 'reasonKind', '延期与取消原因', 'Reasons of delays and cancellations'), by('consultations', 'category', '咨询类别', 'Inquiries by category')],
  },
  {
    id: 'satisfaction', name: '满意度看板', nameEn: 'Satisfaction', ledger: 'surveys', flow: 'surveys', heat: false,
    figures: ['survey_satisfied', 'survey_complaint_satisfied', 'survey_score', 'survey_answered', 'survey_low'],
    breakdowns: [by('surveys', 'trigger', '触发业务', 'By trigger'), by('surveys', 'status', '调查状态', 'By status'), by('feedback', 'channel', '反馈渠道', 'Feedback by channel')],
  },
  {
    id: 'risk', name: '风险看板', nameEn: 'Risk', ledger: 'risks', flow: 'risks', heat: true,
    figures: ['risk_response_in_time', 'risk_dispose_in_time', 'risk_recovery', 'risk_registered', 'risk_repeat', 'security_events', 'security_response_in_time', 'security_contain', 'threshold_alerts', 'assessment_missing'],
    breakdowns: [by('risks', 'riskLevel', '在办事件等级', 'Open by level', 'open'), by('risks', 'ownerDept', '在办事件部门', 'Open by department', 'open'), by('risks', 'riskSource', '风险来源', 'By source'), by('risks', 'causeKind', '原因类别', 'By cause')],
  },
  {
    id: 'accountability', name: '问责看板', nameEn: 'Accountability', ledger: 'violations', flow: 'violations', heat: false,
    figures: ['violation_registered', 'violation_in_time', 'violation_substantiated', 'violation_appealed', 'violation_revoked', 'violation_repeat', 'violation_loss'],
    breakdowns: [by('violations', 'violationType', '违规类型', 'By type'), by('violations', 'dept', '部门', 'By department'), by('violations', 'severityPrelim', '初步严重程度', 'By severity'), by('sanctions', 'type', '处理方式', 'Sanctions by type')],
  },
  {
    id: 'rectification', name: '整改看板', nameEn: 'Rectification', ledger: 'rectifications', flow: 'rectifications', heat: false,
    figures: ['rectification_in_time', 'rectification_days', 'rectification_good', 'rectification_repeated'],
    breakdowns: [by('rectifications', 'sourceKind', '来源', 'By source'), by('rectifications', 'weight', '在办项程度', 'Open by weight', 'open'), by('rectifications', 'effect', '整改效果', 'By effect')],
  },
  {
    id: 'supervision', name: '监督看板', nameEn: 'Supervision', ledger: 'inspections', flow: 'inspections', heat: false,
    figures: ['audits_done', 'inspections_done', 'inspection_in_time', 'inspection_passed', 'channel_health', 'findings_closed_in_time', 'findings_repeated', 'findings_serious'],
    breakdowns: [by('inspections', 'type', '检查类型', 'By type'), by('inspection_items', 'scope', '检查范围', 'Items by scope'), by('findings', 'level', '未关闭问题级别', 'Open findings by level', 'open'), by('findings', 'dept', '问题部门', 'Findings by department')],
  },
  {
    id: 'assessment', name: '考核看板', nameEn: 'Assessment', ledger: 'quality_assessments', flow: null, heat: false,
    figures: ['assessment_unit_score', 'assessment_staff_score', 'assessment_excellent', 'assessment_failed', 'assessment_disputed', 'assessment_days', 'audits_done', 'training_pass', 'training_awareness'],
    breakdowns: [by('quality_assessments', 'grade', '等级分布', 'By grade'), by('quality_assessments', 'dept', '部门', 'By department'), by('quality_assessments', 'subjectKind', '对象类别', 'Units and staff')],
  },
  {
    id: 'training', name: '培训看板', nameEn: 'Training', ledger: 'training_results', flow: 'trainings', heat: false,
    figures: ['training_coverage', 'training_pass', 'training_hours', 'training_awareness', 'trainings_done', 'certificates_expiring', 'certificates_issued'],
    breakdowns: [by('training_results', 'course', '培训主题', 'By topic'), by('training_results', 'dept', '参训部门', 'By department'), by('certificates', 'kind', '有效证书', 'Certificates in force', 'open')],
  },
];
