import type { Database } from '../database/connect.ts';
import { isResidentIdNumber } from '../workers/identity/id-number.ts';
import { Dice } from './dice.ts';

/** A customer nobody is: every name says so, and numbers are of regions and blocks that are not given out. */
export interface SampleCustomer {
  no: string;
  name: string;
  company: string | null;
  type: 'individual' | 'corporate' | 'cross_border';
  tier: 'basic' | 'advanced' | 'vip';
  phone: string;
  email: string;
  idType: 'id_card' | 'passport' | 'license';
  idNo: string;
  preferred: 'sms' | 'email' | 'app' | 'phone';
}

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文'];
const womens = ['秀英', '桂兰', '丽华', '淑珍', '玉梅', '晓燕', '婷婷', '雨欣', '思琪', '佳怡', '雅雯', '春梅', '海燕', '慧敏', '静怡', '若兰', '诗涵', '美玲', '雪莹', '颖', '芳', '敏', '倩', '琳', '洁'];
const mens = ['建国', '志强', '国华', '伟民', '俊杰', '浩然', '子轩', '宇航', '文博', '天佑', '海波', '永福', '德明', '立新', '家豪', '振宇', '晓东', '明辉', '少华', '嘉诚', '磊', '鹏', '斌', '涛', '勇'];
const companyNames = ['青禾', '云杉', '恒远', '博川', '星野', '海棠湾', '瑞枫', '启明山', '南屿', '金穗', '蓝岸', '拓原', '知返', '润泽', '万里桥', '松果', '晴川', '合众里'];
const companyKinds = ['商贸有限公司', '科技有限公司', '建材有限公司', '餐饮管理有限公司', '物流有限公司', '纺织有限公司', '农业发展有限公司', '医疗器械有限公司'];

/** So many customers, always the same for a seed. At least 40, so that no one comes back all the time. */
export function makeCustomers(seed: string, count: number): SampleCustomer[] {
  return Array.from({ length: Math.max(40, count) }, (_, index) => makeCustomer(seed, index + 1));
}

function makeCustomer(seed: string, number: number): SampleCustomer {
  const dice = new Dice(seed, 'customer', number);
  const type = dice.weighted({ individual: 84, corporate: 12, cross_border: 4 });
  const company = type === 'corporate' ? `示例 · ${dice.pick(companyNames)}${dice.pick(companyKinds)}` : null;
  const person = `${dice.pick(surnames)}${dice.chance(0.5) ? dice.pick(womens) : dice.pick(mens)}`;
  const idType = type === 'corporate' ? 'license' : type === 'cross_border' || dice.chance(0.06) ? 'passport' : 'id_card';
  return {
    no: `C${type === 'corporate' ? 3 : 8}${String(number).padStart(5, '0')}`,
    name: company ?? `示例 · ${person}`,
    company,
    type,
    tier: dice.weighted({ basic: 66, advanced: 23, vip: 11 }),
    phone: `1390${String(1_000_000 + number)}`,
    email: `sample${number}@example.com`,
    idType,
    idNo: idType === 'id_card' ? residentNumber(dice, number) : idType === 'license' ? `9999${String(number).padStart(13, '0')}X` : `E${String(90_000_000 + number)}`,
    preferred: dice.weighted({ sms: 58, app: 18, email: 14, phone: 10 }),
  };
}

/** A number of the right form whose region (99) does not exist. */
function residentNumber(dice: Dice, number: number): string {
  const born = `${dice.between(1950, 2004)}${String(dice.between(1, 12)).padStart(2, '0')}${String(dice.between(1, 28)).padStart(2, '0')}`;
  const first = `99${String(number % 10_000).padStart(4, '0')}${born}${String(dice.between(0, 999)).padStart(3, '0')}`;
  return [...'0123456789X'].map((check) => `${first}${check}`).find(isResidentIdNumber)!;
}

/** Enters them as the institution's customers, marked as samples. */
export async function installCustomers(db: Database, customers: readonly SampleCustomer[], at: number): Promise<void> {
  const rows = customers.map((one) => ({ customer_no: one.no, name: one.name, type: one.type, tier: one.tier, risk_rating: 'general', phone: one.phone, email: one.email, id_type: one.idType, id_no: one.idNo, preferred_channel: one.preferred, tags: [], sample: true, created_at: new Date(at) }));
  await db.batchInsert('app.customer', rows, 500);
}
