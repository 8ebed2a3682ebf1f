import type { Database } from '../database/connect.ts';

/** Colleagues of the sample people, so that work spreads over more than one pair of hands. Every name says that it is a sample. */
const colleagues: readonly { id: string; name: string; title: string; dept: string; groups: string[] }[] = [
  { id: 'qianhui', name: '钱慧', title: '首问受理人员', dept: 'service', groups: ['cs_frontdesk', 'remote_agent'] },
  { id: 'fengyu', name: '冯宇', title: '首问受理人员', dept: 'service', groups: ['cs_frontdesk', 'counter_staff'] },
  { id: 'tangli', name: '唐莉', title: '柜面服务人员', dept: 'service', groups: ['counter_staff'] },
  { id: 'xiaoke', name: '肖可', title: '远程客服人员', dept: 'service', groups: ['remote_agent', 'cs_frontdesk'] },
  { id: 'yuanjing', name: '袁静', title: '客服主管', dept: 'service', groups: ['cs_supervisor'] },
  { id: 'dongbo', name: '董博', title: '投诉处理专员', dept: 'service', groups: ['complaint_officer'] },
  { id: 'panyue', name: '潘越', title: '投诉调查员', dept: 'supervision', groups: ['complaint_investigator', 'service_supervision'] },
  { id: 'luojia', name: '罗佳', title: '客户经理', dept: 'business', groups: ['account_manager', 'wealth_advisor'] },
  { id: 'shenqi', name: '沈琪', title: '财务顾问', dept: 'business', groups: ['financial_advisor', 'account_manager', 'reviewer_first'] },
  { id: 'guomin', name: '郭敏', title: '复审员', dept: 'risk', groups: ['reviewer_second', 'risk_mgmt'] },
  { id: 'dengkai', name: '邓凯', title: '技术支持工程师', dept: 'it', groups: ['tech_support', 'emergency_team'] },
  { id: 'caoyan', name: '曹妍', title: '合规专员', dept: 'compliance', groups: ['compliance', 'rights_protection'] },
];

/** Adds the colleagues to the sample people. */
export async function installColleagues(db: Database): Promise<void> {
  await db('app.app_user')
    .insert(colleagues.map(({ id, name, title, dept, groups }) => ({ id, name: `示例 · ${name}`, title, roles: ['staff'], groups: [...groups, `dept_${dept}`], dept, email: `${id}@example.com`, sample: true })))
    .onConflict('id')
    .ignore();
}
