import type { Role } from '../contract/api.ts';
import type { Database } from '../database/connect.ts';
import { installGroups } from './directory.ts';

interface SamplePerson {
  id: string;
  name: string;
  title: string;
  titleEn: string;
  roles: Role[];
  groups: string[];
  dept: string;
}

const person = (id: string, name: string, title: string, titleEn: string, dept: string, groups: string[], roles: Role[] = ['staff']): SamplePerson => ({ id, name: `示例 · ${name}`, title, titleEn, roles, groups, dept });

/** Invented people, so that a fresh machine has somebody in every group of the procedures. */
export const samplePeople: readonly SamplePerson[] = [
  person('wanglei', '王蕾', '首问受理人员', 'First-contact agent', 'service', ['cs_frontdesk', 'remote_agent', 'counter_staff']),
  person('liqiang', '李强', '客服主管', 'Customer-service supervisor', 'service', ['cs_supervisor', 'dept_service']),
  person('chenjing', '陈静', '客户服务部负责人', 'Head of customer service', 'service', ['cs_manager']),
  person('liuyang', '刘洋', '投诉处理专员', 'Complaint officer', 'service', ['complaint_officer']),
  person('zhangmin', '张敏', '投诉调查员', 'Complaint investigator', 'service', ['complaint_investigator']),
  person('zhouning', '周宁', '投诉调查员', 'Complaint investigator', 'rights', ['complaint_investigator', 'rights_protection', 'dept_rights']),
  person('wutao', '吴涛', '合规部负责人', 'Head of compliance', 'compliance', ['complaint_committee', 'compliance', 'compliance_head', 'regulator_liaison', 'dept_compliance']),
  person('zhengjie', '郑洁', '风险管理部负责人', 'Head of risk management', 'risk', ['complaint_committee', 'risk_mgmt', 'risk_mgmt_head', 'accountability_committee', 'reviewer_final', 'dept_risk']),
  person('sunyi', '孙毅', '分管副总裁', 'Vice president in charge', 'management', ['complaint_committee', 'senior_mgmt', 'accountability_committee']),
  person('hefang', '何芳', '服务监督部主任', 'Director of service supervision', 'supervision', ['service_supervision', 'internal_audit', 'dept_supervision']),
  person('majun', '马俊', '服务安全工程师', 'Service security engineer', 'security', ['security_dept', 'tech_support', 'emergency_team', 'dept_security']),
  person('huangli', '黄丽', '人力资源与档案管理', 'Human resources and archives', 'hr', ['hr', 'training_admin', 'archive_admin', 'accountability_committee', 'dept_hr']),
  person('gaoxiang', '高翔', '客户经理', 'Relationship manager', 'business', ['account_manager', 'wealth_advisor', 'financial_advisor', 'reviewer_first', 'dept_business']),
  person('xunuo', '许诺', '信贷审批员', 'Credit approver', 'business', ['credit_officer', 'reviewer_second']),
  person('lintao', '林涛', '流程负责人', 'Process owner', 'process', ['process_owner'], ['staff', 'owner']),
  person('zhaoyu', '赵宇', '系统管理员', 'System administrator', 'it', ['sys_admin', 'dept_it'], ['staff', 'owner', 'admin']),
];

const furtherTitles = { 柜面服务人员: 'Counter staff', 远程客服人员: 'Remote agent', 财务顾问: 'Financial advisor', 复审员: 'Second reviewer', 技术支持工程师: 'Support engineer', 合规专员: 'Compliance officer' };

/** English titles of sample people, of a played sample's too, by the Chinese ones. */
export const sampleTitles: ReadonlyMap<string, string> = new Map([...samplePeople.map((one): [string, string] => [one.title, one.titleEn]), ...Object.entries(furtherTitles)]);

const customers = [
  { customer_no: 'C100001', name: '示例客户 · 甲', tier: 'basic', phone: '13900000001', email: 'customer1@example.com', preferred_channel: 'sms', id_type: 'id_card', id_no: '11010519491231002X' },
  { customer_no: 'C100002', name: '示例客户 · 乙', tier: 'vip', phone: '13900000002', email: 'customer2@example.com', preferred_channel: 'email', id_type: 'id_card', id_no: '440524188001010014' },
  { customer_no: 'C100003', name: '示例客户 · 丙', tier: 'advanced', phone: '13900000003', email: 'customer3@example.com', preferred_channel: 'app', id_type: 'passport', id_no: 'E00000003' },
  { customer_no: 'C200001', name: '示例企业 · 丁', tier: 'vip', type: 'corporate', phone: '13900000004', email: 'customer4@example.com', preferred_channel: 'email', id_type: 'license', id_no: '91110000000000004X' },
];

const sites = [
  { id: 'head_office', name: '示例 · 总行营业部', name_en: 'Sample: head office' },
  { id: 'branch_east', name: '示例 · 城东支行', name_en: 'Sample: east branch' },
  { id: 'branch_west', name: '示例 · 城西支行', name_en: 'Sample: west branch' },
  { id: 'hotline', name: '示例 · 客服热线', name_en: 'Sample: hotline' },
];

/** Fills groups, people, customers and sites for a first look. Running it again changes nothing. */
export async function installSampleOrganization(db: Database): Promise<void> {
  await db.transaction(async (trx) => {
    await installGroups(trx);
    await trx('app.app_user').insert(samplePeople.map(({ id, name, title, roles, groups, dept }) => ({ id, name, title, roles, groups, dept, email: `${id}@example.com`, sample: true }))).onConflict('id').ignore();
    await trx('app.customer').insert(customers.map((one) => ({ type: 'individual', risk_rating: 'general', tags: [], ...one, sample: true }))).onConflict('customer_no').ignore();
    await trx('app.site').insert(sites).onConflict('id').ignore();
  });
}
