/** A candidate group of the manual (procedures, Part 0.3). */
export interface Group {
  id: string;
  name: string;
  nameEn: string;
}

/** Every group the shipped procedures name, in the manual's order. */
export const manualGroups: readonly Group[] = [
  { id: 'cs_frontdesk', name: '首问受理人员', nameEn: 'First-contact agents' },
  { id: 'counter_staff', name: '柜面服务人员', nameEn: 'Counter staff' },
  { id: 'remote_agent', name: '远程客服人员', nameEn: 'Remote agents' },
  { id: 'account_manager', name: '客户经理', nameEn: 'Relationship managers' },
  { id: 'wealth_advisor', name: '理财顾问', nameEn: 'Wealth advisers' },
  { id: 'financial_advisor', name: '财务顾问', nameEn: 'Corporate financial advisers' },
  { id: 'credit_officer', name: '信贷审批员', nameEn: 'Credit approvers' },
  { id: 'reviewer_first', name: '初审员', nameEn: 'First reviewers' },
  { id: 'reviewer_second', name: '复审员', nameEn: 'Second reviewers' },
  { id: 'reviewer_final', name: '终审员', nameEn: 'Final reviewers' },
  { id: 'cs_supervisor', name: '客服主管', nameEn: 'Customer-service supervisors' },
  { id: 'cs_manager', name: '客户服务部负责人', nameEn: 'Head of customer service' },
  { id: 'complaint_officer', name: '投诉处理专员', nameEn: 'Complaint officers' },
  { id: 'complaint_investigator', name: '投诉调查员', nameEn: 'Complaint investigators' },
  { id: 'complaint_committee', name: '投诉处理委员会', nameEn: 'Complaint handling committee' },
  { id: 'rights_protection', name: '客户权益保护部', nameEn: 'Customer rights protection' },
  { id: 'service_supervision', name: '服务监督部', nameEn: 'Service supervision' },
  { id: 'compliance', name: '合规部', nameEn: 'Compliance' },
  { id: 'compliance_head', name: '合规部负责人', nameEn: 'Head of compliance' },
  { id: 'risk_mgmt', name: '风险管理部', nameEn: 'Risk management' },
  { id: 'risk_mgmt_head', name: '风险管理部负责人', nameEn: 'Head of risk management' },
  { id: 'internal_audit', name: '内部审计部', nameEn: 'Internal audit' },
  { id: 'security_dept', name: '服务安全管理部', nameEn: 'Service security' },
  { id: 'tech_support', name: '技术支持组', nameEn: 'Technical support' },
  { id: 'emergency_team', name: '应急处置小组', nameEn: 'Emergency response team' },
  { id: 'accountability_committee', name: '问责委员会', nameEn: 'Accountability committee' },
  { id: 'hr', name: '人力资源部', nameEn: 'Human resources' },
  { id: 'training_admin', name: '培训管理员', nameEn: 'Training administrators' },
  { id: 'archive_admin', name: '档案管理员', nameEn: 'Records administrators' },
  { id: 'regulator_liaison', name: '监管联络员', nameEn: 'Regulator liaison' },
  { id: 'senior_mgmt', name: '高级管理层', nameEn: 'Senior management' },
  { id: 'process_owner', name: '流程负责人', nameEn: 'Process owners' },
  { id: 'sys_admin', name: '系统管理员', nameEn: 'Administrators' },
  // Departments, for what a case leaves to the department that owns it (`dept_` and the department's code).
  { id: 'dept_service', name: '客户服务部（责任部门）', nameEn: 'Customer service (department in charge)' },
  { id: 'dept_business', name: '业务部门（责任部门）', nameEn: 'Business (department in charge)' },
  { id: 'dept_it', name: '信息科技部（责任部门）', nameEn: 'Information technology (department in charge)' },
  { id: 'dept_risk', name: '风险管理部（责任部门）', nameEn: 'Risk management (department in charge)' },
  { id: 'dept_compliance', name: '合规部（责任部门）', nameEn: 'Compliance (department in charge)' },
  { id: 'dept_security', name: '安全管理部（责任部门）', nameEn: 'Security (department in charge)' },
  { id: 'dept_rights', name: '权益保护部（责任部门）', nameEn: 'Rights protection (department in charge)' },
  { id: 'dept_supervision', name: '服务监督部（责任部门）', nameEn: 'Supervision (department in charge)' },
  { id: 'dept_hr', name: '人力资源部（责任部门）', nameEn: 'Human resources (department in charge)' },
];
