import type { Database } from '../../database/connect.ts';

interface SampleResource {
  id: string;
  group: string;
  site: string;
  name: string;
  nameEn: string;
  skills?: string[];
}

const resource = (id: string, group: string, site: string, name: string, nameEn: string, skills: string[] = []): SampleResource => ({ id, group, site, name: `示例 · ${name}`, nameEn: `Sample: ${nameEn}`, skills });

/** Rooms, counters and seats of the sample sites. */
const resources: readonly SampleResource[] = [
  resource('east_counter_1', 'counter_staff', 'branch_east', '城东支行 1 号预约窗口', 'east branch, appointment counter 1', ['assist']),
  resource('east_counter_2', 'counter_staff', 'branch_east', '城东支行 2 号预约窗口', 'east branch, appointment counter 2'),
  resource('east_wealth', 'wealth_advisor', 'branch_east', '城东支行理财室', 'east branch, wealth room', ['assist']),
  resource('east_manager', 'account_manager', 'branch_east', '城东支行客户经理室', 'east branch, relationship managers', ['assist']),
  resource('west_counter_1', 'counter_staff', 'branch_west', '城西支行预约窗口', 'west branch, appointment counter', ['assist', 'interpreter']),
  resource('west_wealth', 'wealth_advisor', 'branch_west', '城西支行理财室', 'west branch, wealth room'),
  resource('west_manager', 'account_manager', 'branch_west', '城西支行客户经理室', 'west branch, relationship managers'),
  resource('head_counter_1', 'counter_staff', 'head_office', '总行营业部预约窗口', 'head office, appointment counter', ['assist', 'interpreter']),
  resource('head_wealth', 'wealth_advisor', 'head_office', '总行营业部财富中心', 'head office, wealth center', ['assist', 'interpreter']),
  resource('head_manager', 'account_manager', 'head_office', '总行营业部贵宾室', 'head office, VIP room', ['assist', 'interpreter']),
  resource('head_credit', 'credit_officer', 'head_office', '总行营业部信贷洽谈室', 'head office, credit room', ['interpreter']),
  resource('head_corporate', 'financial_advisor', 'head_office', '总行营业部对公洽谈室', 'head office, corporate room', ['assist', 'interpreter']),
  resource('remote_manager', 'account_manager', 'hotline', '客服热线专属坐席', 'hotline, relationship seat', ['interpreter']),
  resource('remote_counter', 'counter_staff', 'hotline', '客服热线视频坐席', 'hotline, video seat', ['assist']),
  resource('remote_wealth', 'wealth_advisor', 'hotline', '客服热线理财坐席', 'hotline, wealth seat'),
];

/** Morning and afternoon of a working day. */
const hours = [
  { opens: '09:00', closes: '12:00' },
  { opens: '13:30', closes: '17:30' },
];

const product = (id: string, business: string, serviceClass: string, name: string, nameEn: string, risk: string | null, days: number | null) => ({ product: id, business, service_class: serviceClass, name: `示例 · ${name}`, name_en: `Sample: ${nameEn}`, product_risk: risk, execute_days: days, sample: true });

const products = [
  product('deposit_term', 'deposit_payment', 'basic', '定期存款', 'term deposit', null, 1),
  product('wealth_stable', 'wealth', 'comprehensive', '稳健理财', 'stable wealth plan', 'R2', 3),
  product('wealth_balanced', 'wealth', 'comprehensive', '平衡理财', 'balanced wealth plan', 'R3', 3),
  product('wealth_growth', 'wealth', 'comprehensive', '进取理财', 'growth wealth plan', 'R5', 3),
  product('fund_mixed', 'fund_securities', 'comprehensive', '混合型基金', 'mixed fund', 'R4', 3),
  product('loan_personal', 'credit', 'comprehensive', '个人消费贷款', 'personal loan', null, 5),
  product('loan_business', 'credit', 'comprehensive', '企业经营贷款', 'business loan', null, 10),
  product('insurance_pension', 'insurance', 'value_added', '养老年金保险', 'pension insurance', 'R2', null),
  product('card_standard', 'card', 'basic', '标准信用卡', 'standard credit card', null, 7),
];

/**
 * Gives the sample sites something to book and to apply for, once: only where the sample organization is installed and nobody
 * has entered resources or products of the institution.
 */
export async function installSampleServices(db: Database): Promise<void> {
  await db.transaction(async (trx) => {
    const sites: string[] = await trx('app.site').whereIn('id', [...new Set(resources.map((one) => one.site))]).pluck('id');
    const sample = await trx('app.app_user').where({ sample: true }).first();
    if (sample === undefined || sites.length === 0) return;
    if ((await trx('app.service_resource').first()) === undefined) {
      const added = resources.filter((one) => sites.includes(one.site));
      await trx('app.service_resource').insert(added.map((one) => ({ resource_id: one.id, group_id: one.group, site: one.site, name: one.name, name_en: one.nameEn, skills: one.skills ?? [], sample: true })));
      await trx('app.resource_hours').insert(added.flatMap((one) => hours.map((each) => ({ resource_id: one.id, ...each }))));
    }
    if ((await trx('app.service_catalogue').first()) === undefined) await trx('app.service_catalogue').insert(products);
  });
}
