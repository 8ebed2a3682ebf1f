import type { Database } from '../../database/connect.ts';
import type { OpenLink } from './open-link.ts';
import type { Purpose } from './purposes.ts';

/** Values of the variables a purpose may show, out of the case's own scope; dates without the letter T. Missing ones are left out. */
export async function factsOf(db: Database, link: OpenLink, { facts = [] }: Purpose): Promise<Record<string, string>> {
  if (facts.length === 0) return {};
  const names = [...new Set(facts.map((fact) => fact.split('.')[0]!))];
  const rows: { name: string; value: string }[] = await db('read_model.variable_value').select('name', 'value').where({ scope_key: link.processInstanceKey }).whereIn('name', names);
  const values = new Map(rows.map((row) => [row.name, JSON.parse(row.value) as unknown]));
  const found: Record<string, string> = {};
  for (const fact of facts) {
    const value = fact.split('.').slice(1).reduce<unknown>((at, part) => (at !== null && typeof at === 'object' ? (at as Record<string, unknown>)[part] : undefined), values.get(fact.split('.')[0]!));
    if (typeof value === 'string') found[fact] = value.replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}).*$/, '$1 $2');
  }
  return found;
}
