import { coded, column, hidden, type Ledger } from './ledger.ts';
import * as words from './words.ts';

/** 预约台账 */
export const appointments: Ledger = {
  id: 'appointments', name: '预约台账', nameEn: 'Appointments', audience: 'service',
  table: 'app.appointment', key: 'appointmentNo', caseNo: 'l.appointment_no', at: 'registeredAt', open: 'l.closed_at is null', due: null, unit: 'site',
  search: ['l.appointment_no', 'l.customer_no'],
  columns: [
    column('appointmentNo', 'appointment_no', '预约编号', 'Appointment no.'),
    column('customerNo', 'customer_no', '客户号', 'Customer no.'),
    coded('customerType', 'customer_type', '客户类型', 'Customer type', words.customerTypes, hidden),
    coded('channel', 'channel', '渠道', 'Channel', words.channels),
    column('site', 'site', '网点', 'Site', 'site', { filter: true }),
    coded('mode', 'mode', '办理方式', 'Mode', words.modes, hidden),
    coded('serviceClass', 'service_class', '服务类别', 'Service class', words.serviceClasses, hidden),
    coded('business', 'business', '涉及业务', 'Business', words.businesses),
    column('amount', 'amount', '金额', 'Amount', 'money', hidden),
    column('resourceGroup', 'resource_group', '服务人员组', 'Served by', 'group', { filter: true, shown: false }),
    coded('status', 'status', '状态', 'Status', words.appointmentStates),
    column('startAt', 'start_at', '预约时间', 'Appointed for', 'instant'),
    column('registeredAt', 'registered_at', '登记时间', 'Registered', 'instant'),
    column('confirmedAt', 'confirmed_at', '确认时间', 'Confirmed', 'instant'),
    column('startedAt', 'started_at', '开始办理', 'Started', 'instant', hidden),
    column('finishedAt', 'finished_at', '办理完成', 'Finished', 'instant', hidden),
    column('closedAt', 'closed_at', '结束时间', 'Closed', 'instant'),
    coded('outcome', 'outcome', '结果', 'Outcome', words.outcomes, hidden),
  ],
};

/** 申请台账 */
export const applications: Ledger = {
  id: 'applications', name: '申请台账', nameEn: 'Applications', audience: 'service',
  table: 'app.service_application', key: 'applicationNo', caseNo: 'l.application_no', at: 'registeredAt', open: 'l.closed_at is null', due: null, unit: 'site',
  search: ['l.application_no', 'l.customer_no', 'l.appointment_no', 'l.product'],
  columns: [
    column('applicationNo', 'application_no', '申请编号', 'Application no.'),
    column('appointmentNo', 'appointment_no', '预约编号', 'Appointment no.', 'text', hidden),
    column('customerNo', 'customer_no', '客户号', 'Customer no.'),
    coded('customerType', 'customer_type', '客户类型', 'Customer type', words.customerTypes, hidden),
    coded('channel', 'channel', '渠道', 'Channel', words.channels, hidden),
    column('site', 'site', '网点', 'Site', 'site', { filter: true }),
    coded('business', 'business', '涉及业务', 'Business', words.businesses),
    column('product', 'product', '产品', 'Product', 'product'),
    column('amount', 'amount', '金额', 'Amount', 'money'),
    column('termMonths', 'term_months', '期限（月）', 'Term (months)', 'number', hidden),
    coded('productRisk', 'product_risk', '产品风险', 'Product risk', words.productRisks, hidden),
    coded('riskTolerance', 'risk_tolerance', '风险承受能力', 'Risk tolerance', words.productRisks, hidden),
    column('reviewLevels', 'review_levels', '审核级数', 'Review levels', 'number', hidden),
    coded('status', 'status', '状态', 'Status', words.applicationStates),
    column('registeredAt', 'registered_at', '登记时间', 'Registered', 'instant'),
    column('acceptedAt', 'accepted_at', '受理时间', 'Accepted', 'instant'),
    column('finishedAt', 'finished_at', '办理完成', 'Finished', 'instant', hidden),
    column('closedAt', 'closed_at', '结束时间', 'Closed', 'instant'),
    coded('outcome', 'outcome', '结果', 'Outcome', words.outcomes),
  ],
};

/** 延期取消台账 */
export const changes: Ledger = {
  id: 'changes', name: '延期与取消台账', nameEn: 'Delays and cancellations', audience: 'service',
  table: 'app.service_change', key: 'changeNo', caseNo: 'l.change_no', at: 'registeredAt', open: 'l.closed_at is null', due: null, unit: 'site',
  search: ['l.change_no', 'l.target_no'],
  columns: [
    column('changeNo', 'change_no', '变更编号', 'Change no.'),
    column('targetNo', 'target_no', '预约或申请编号', 'Appointment or application'),
    column('site', 'coalesce((select a.site from app.appointment a where a.appointment_no = l.target_no), (select s.site from app.service_application s where s.application_no = l.target_no))', '网点', 'Site', 'site', { filter: true, shown: false }),
    coded('type', 'type', '变更类型', 'Type', words.changeTypes),
    coded('by', 'l."by"', '提出方', 'Requested by', words.changedBy),
    coded('reasonKind', 'reason_kind', '原因类别', 'Reason', words.changeReasons),
    column('reason', 'reason', '原因说明', 'Explanation', 'text', hidden),
    column('hoursBefore', 'hours_before', '提前小时数', 'Hours ahead', 'number'),
    column('oldAt', 'old_at', '原时间', 'Old time', 'instant'),
    column('newAt', 'new_at', '新时间', 'New time', 'instant'),
    coded('compensationKind', 'compensation_kind', '补偿方式', 'Compensation', words.compensationKinds),
    column('compensationNo', 'compensation_no', '补偿编号', 'Compensation no.', 'text', hidden),
    column('registeredAt', 'registered_at', '登记时间', 'Registered', 'instant'),
    column('notifiedAt', 'notified_at', '通知时间', 'Notified', 'instant', hidden),
    column('closedAt', 'closed_at', '结束时间', 'Closed', 'instant'),
    coded('outcome', 'outcome', '结果', 'Outcome', words.outcomes),
  ],
};
