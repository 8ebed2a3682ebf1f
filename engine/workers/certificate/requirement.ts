import type { Database } from '../../database/connect.ts';
import type { WorkerContext } from '../job-worker.ts';

/** Certificates and agreements somebody needs for the groups they belong to, by the decision `cert_requirement`, each once. */
export async function requiredOf(context: WorkerContext, groups: readonly string[]): Promise<string[]> {
  const required = new Set<string>();
  // Somebody in no group is asked for what everybody needs.
  for (const role of groups.length === 0 ? [null] : groups) {
    const found = await context.engine.evaluateDecision('cert_requirement', { role });
    const kinds: unknown = found !== null && typeof found === 'object' && !Array.isArray(found) ? (found as { certificates?: unknown }).certificates : found;
    if (Array.isArray(kinds)) for (const kind of kinds) required.add(String(kind));
  }
  return [...required].sort();
}

/** What of `required` a person does not hold on `day` (ISO date): never issued, replaced or run out. */
export async function missingOf(trx: Database, staffNo: string, required: readonly string[], day: string): Promise<string[]> {
  const held: string[] = await trx('app.certificate')
    .where({ staff_no: staffNo })
    .whereNull('superseded_at')
    .where((valid) => void valid.whereNull('valid_until').orWhere('valid_until', '>=', day))
    .pluck('kind');
  return required.filter((kind) => !held.includes(kind));
}
