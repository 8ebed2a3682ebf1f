import { coded, column, hidden, type Ledger } from './ledger.ts';
import * as qualityWords from './quality-words.ts';
import * as riskWords from './risk-words.ts';

const dept = '(select u.dept from app.app_user u where u.id = l.staff_no)';

/** 培训台账 */
export const trainings: Ledger = {
  id: 'trainings', name: '培训台账', nameEn: 'Trainings', audience: 'training',
  table: 'app.training_session', key: 'sessionNo', caseNo: 'l.training_no', at: 'bookedAt', open: 'l.finished_at is null', due: null, unit: null,
  search: ['l.session_no', 'l.training_no', 'l.source_no', 'l.teacher'],
  columns: [
    column('sessionNo', 'session_no', '场次编号', 'Session no.'),
    column('trainingNo', 'training_no', '培训编号', 'Training no.'),
    column('sourceNo', 'source_no', '来源编号', 'Source no.', 'text', hidden),
    coded('course', 'course', '培训主题', 'Topic', qualityWords.courses),
    coded('method', 'method', '方式', 'Method', qualityWords.methods),
    column('teacher', 'teacher', '讲师', 'Trainer'),
    column('hours', 'hours', '学时', 'Hours', 'number'),
    column('trainees', 'cardinality(l.staff)', '参训人数', 'Trainees', 'number'),
    column('coverage', 'coverage', '覆盖率 %', 'Coverage %', 'number'),
    column('passRate', 'pass_rate', '合格率 %', 'Passed %', 'number'),
    column('sessionAt', 'session_at', '培训时间', 'Session', 'instant'),
    column('bookedAt', 'at', '登记时间', 'Booked', 'instant', hidden),
    column('closedAt', 'finished_at', '完成时间', 'Finished', 'instant'),
  ],
};

/** 培训结果台账: one row for each person and training. */
export const trainingResults: Ledger = {
  id: 'training_results', name: '培训结果台账', nameEn: 'Training results', audience: 'training',
  table: 'app.training_result', key: 'resultNo', caseNo: 'l.training_no', at: 'at', open: null, due: null, unit: 'dept',
  search: ['l.training_no', 'l.staff_no'],
  columns: [
    column('resultNo', `l.training_no || ':' || l.staff_no`, '记录', 'Record', 'text', hidden),
    column('trainingNo', 'training_no', '培训编号', 'Training no.'),
    column('staffNo', 'staff_no', '人员', 'Person', 'person'),
    coded('dept', dept, '部门', 'Department', riskWords.departments),
    coded('course', 'course', '培训主题', 'Topic', qualityWords.courses),
    column('present', 'present', '到场', 'Present', 'flag'),
    column('hours', 'hours', '学时', 'Hours', 'number'),
    column('theoryScore', 'theory_score', '理论分', 'Theory', 'number'),
    column('practiceScore', 'practice_score', '实操分', 'Practice', 'number', hidden),
    column('caseScore', 'case_score', '案例分', 'Case', 'number', hidden),
    column('passed', 'passed', '合格', 'Passed', 'flag'),
    column('attempts', 'attempts', '补考次数', 'Retries', 'number', hidden),
    column('at', 'at', '登记时间', 'Entered', 'instant'),
  ],
};

/** 学时台账: hours of each person and year. */
export const trainingHours: Ledger = {
  id: 'training_hours', name: '学时台账', nameEn: 'Training hours', audience: 'training',
  table: 'app.training_hours', key: 'hoursNo', caseNo: `l.staff_no || ':' || l.year`, at: 'updatedAt', open: null, due: null, unit: 'dept',
  search: ['l.staff_no'],
  columns: [
    column('hoursNo', `l.staff_no || ':' || l.year`, '记录', 'Record', 'text', hidden),
    column('year', 'year', '年度', 'Year', 'number'),
    column('staffNo', 'staff_no', '人员', 'Person', 'person'),
    coded('dept', dept, '部门', 'Department', riskWords.departments),
    column('hours', 'hours', '学时', 'Hours', 'number'),
    column('updatedAt', 'updated_at', '更新时间', 'Updated', 'instant'),
  ],
};

/** 证书台账: certificates and confidentiality agreements; open are those in force, overdue those that have run out. */
export const certificates: Ledger = {
  id: 'certificates', name: '证书台账', nameEn: 'Certificates', audience: 'training',
  table: 'app.certificate', key: 'certNo', caseNo: 'l.training_no', at: 'issuedAt', open: 'l.superseded_at is null', due: 'l.valid_until + 1', unit: 'dept',
  search: ['l.cert_no', 'l.staff_no', 'l.training_no'],
  columns: [
    column('certNo', 'cert_no', '证书编号', 'Certificate no.'),
    column('staffNo', 'staff_no', '人员', 'Person', 'person'),
    coded('dept', dept, '部门', 'Department', riskWords.departments),
    coded('kind', 'kind', '证书', 'Certificate', qualityWords.certificates),
    column('issuedAt', 'issued_at', '发放时间', 'Issued', 'instant'),
    column('validUntil', 'valid_until', '有效期至', 'Valid until', 'date'),
    column('renewalAt', 'renewal_at', '复训安排', 'Renewal begun', 'instant', hidden),
    column('closedAt', 'superseded_at', '更换时间', 'Replaced', 'instant', hidden),
    column('trainingNo', 'training_no', '培训编号', 'Training no.', 'text', hidden),
  ],
};
