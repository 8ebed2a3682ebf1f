import type { EntryRule, ProductEntry, ResourceEntry } from '../../contract/administration.ts';
import type { Database } from '../../database/connect.ts';
import { businesses, productRisks, serviceClasses } from '../ledgers/words.ts';

/** Ids go into processes and files: small letters, digits and underscores. */
const ID = /^[a-z][a-z0-9_]{1,39}$/;
/** What a resource can be asked for beyond the ordinary (F-A01: needAssist, needInterpreter). */
const skills: readonly string[] = ['assist', 'interpreter'];
/** Businesses whose products have a risk customers are held against. */
const risky: readonly string[] = ['wealth', 'fund_securities', 'insurance'];
const MAX_DAYS = 365;

const named = ({ name, nameEn }: { name: string; nameEn: string }): boolean => [name, nameEn].every((one) => one !== '' && one.length <= 100);

/** The first thing wrong with a resource; null when it is right. */
export async function resourceRule(db: Database, entry: ResourceEntry): Promise<EntryRule | null> {
  if (!ID.test(entry.resourceId)) return 'id';
  if (!named(entry)) return 'name';
  if ((await db('app.user_group').where({ id: entry.groupId }).first()) === undefined) return 'group';
  if (entry.site !== null && (await db('app.site').where({ id: entry.site }).first()) === undefined) return 'site';
  if (entry.skills.some((skill) => !skills.includes(skill)) || new Set(entry.skills).size < entry.skills.length) return 'skills';
  const hours = [...entry.hours].sort((a, b) => a.opens.localeCompare(b.opens));
  if (hours.some(({ opens, closes }) => closes <= opens)) return 'hours_order';
  if (hours.some(({ opens }, index) => index > 0 && opens < hours[index - 1]!.closes)) return 'hours_overlap';
  return entry.active && hours.length === 0 ? 'hours_none' : null;
}

/** The first thing wrong with a product; null when it is right. */
export function productRule(entry: ProductEntry): EntryRule | null {
  if (!ID.test(entry.product)) return 'id';
  if (!named(entry)) return 'name';
  if (!businesses.some((one) => one.value === entry.business) || (entry.serviceClass !== null && !serviceClasses.some((one) => one.value === entry.serviceClass))) return 'business';
  if (entry.productRisk === null ? risky.includes(entry.business) : !productRisks.some((one) => one.value === entry.productRisk)) return 'risk';
  if (entry.executeDays !== null && !(Number.isInteger(entry.executeDays) && entry.executeDays >= 1 && entry.executeDays <= MAX_DAYS)) return 'days';
  return null;
}
