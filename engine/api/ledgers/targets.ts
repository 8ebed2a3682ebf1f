import { status } from '@grpc/grpc-js';
import type { Request } from 'express';
import { z } from 'zod';
import type { KpiTarget, KpiTargets } from '../../contract/api.ts';
import { ProductError } from '../../contract/errors.ts';
import type { Database } from '../../database/connect.ts';
import { appendAudit } from '../../identity/audit.ts';
import type { DirectoryUser } from '../../identity/directory.ts';
import { mayChangeTargets } from '../../identity/permissions.ts';
import type { ApiOptions } from '../api-options.ts';
import { GatewayError } from '../gateway-client.ts';
import { actorOf, reason } from '../request.ts';
import { settle } from '../settle.ts';
import { targetMetrics, targetsDmn } from './targets-dmn.ts';

/** Name of the decision and of its file. */
const DECISION = 'kpi_targets';
const RESOURCE = 'processes/shared/kpi-targets.dmn';

interface Known {
  revision: string;
  targets: ReadonlyMap<string, KpiTarget>;
}

const kept = new WeakMap<Database, Known>();

/** The targets as the published decision gives them, asked anew only after a publication; none without the decision. */
export async function readTargets({ db, engine }: Pick<ApiOptions, 'db' | 'engine'>): Promise<Known> {
  const newest: { key: string } | undefined = await db('read_model.decision').select('key').where({ decision_id: DECISION, deleted: false }).orderBy('version', 'desc').first();
  const revision = newest === undefined ? '0' : String(newest.key);
  const before = kept.get(db);
  if (before?.revision === revision) return before;
  const found = newest === undefined ? [] : await Promise.all(targetMetrics.map(async (metric) => targetOf(metric, await engine.evaluateDecision(DECISION, { metric }))));
  const known = { revision, targets: new Map(found.flatMap((target) => (target === null ? [] : [[target.metric, target]]))) };
  kept.set(db, known);
  return known;
}

/** The targets as a page shows them. */
export async function targetsView(options: ApiOptions, user: DirectoryUser): Promise<KpiTargets> {
  const { revision, targets } = await readTargets(options);
  return { revision, mayChange: mayChangeTargets(user), targets: [...targets.values()] };
}

const change = z.object({ revision: z.string(), reason, targets: z.array(z.object({ metric: z.string(), target: z.number().min(0).max(1_000_000) })).min(1).max(200) });

/**
 * Publishes the decision anew with other values; what an owner has published is theirs from then on.
 * @throws ProductError `targets_changed` when somebody else has published meanwhile, `forbidden` without the right
 */
export async function changeTargets(options: ApiOptions, request: Request, user: DirectoryUser): Promise<KpiTargets> {
  if (!mayChangeTargets(user)) throw new ProductError('forbidden', 'Targets are changed by process owners and administrators');
  const { db, engine, clock } = options;
  const wanted = change.parse(request.body);
  const key = await db.transaction(async (trx) => {
    await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`publish:${DECISION}`]);
    const before = await readTargets(options);
    if (before.revision !== wanted.revision) throw new ProductError('targets_changed', 'The targets have been changed by somebody else since they were shown: look at them anew');
    const unknown = wanted.targets.find(({ metric }) => !before.targets.has(metric));
    if (unknown !== undefined) throw new ProductError('bad_request', `Expected targets of known metrics, but '${unknown.metric}' has none`);
    const values = new Map(wanted.targets.map(({ metric, target }) => [metric, target]));
    const changed = [...before.targets.values()].filter((target) => values.has(target.metric) && values.get(target.metric) !== target.target);
    if (changed.length === 0) return null;
    const deployed = await deploy(targetsDmn([...before.targets.values()].map((target) => ({ ...target, target: values.get(target.metric) ?? target.target }))));
    const at = new Date(clock.now());
    await trx('app.publication').insert({ bpmn_process_id: DECISION, version: deployed.version, at, user_id: user.id, by_name: user.name, comment: wanted.reason, resources: JSON.stringify([{ kind: 'decision', id: 'drg_kpi_targets' }]) });
    await appendAudit(trx, { at: at.getTime(), ...actorOf(request, user), action: 'kpi_targets.change', object: `decision:${DECISION}`, reason: wanted.reason, before: Object.fromEntries(changed.map((target) => [target.metric, target.target])), after: Object.fromEntries(changed.map((target) => [target.metric, values.get(target.metric)!])) });
    return deployed.key;
  });
  if (key !== null) await settle(options, key, async () => (await readTargets(options)).revision !== wanted.revision);
  return targetsView(options, user);

  async function deploy(content: string): Promise<{ key: string; version: number }> {
    try {
      const resources = await engine.deployResources([{ name: RESOURCE, content }]);
      return resources[0]!;
    } catch (error) {
      if (error instanceof GatewayError && error.code === status.INVALID_ARGUMENT) throw new ProductError('not_deployable', error.message, {}, { cause: error });
      throw error;
    }
  }
}

const row = z.object({ target: z.number(), direction: z.enum(['min', 'max']), unit: z.string(), source: z.string().nullish(), name: z.string(), nameEn: z.string() });

function targetOf(metric: string, value: unknown): KpiTarget | null {
  if (value === null) return null;
  const parsed = row.safeParse(value);
  if (!parsed.success) throw new ProductError('internal', `The decision '${DECISION}' gives '${metric}' ${JSON.stringify(value)}, which is no target: it needs target (number), direction (min or max), unit, name, nameEn`);
  return { metric, ...parsed.data, source: parsed.data.source ?? '' };
}
