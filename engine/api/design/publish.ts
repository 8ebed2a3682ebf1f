import { status } from '@grpc/grpc-js';
import type { Request } from 'express';
import type { PublishedChange } from '../../contract/api.ts';
import { ProductError } from '../../contract/errors.ts';
import { appendAudit } from '../../identity/audit.ts';
import type { DirectoryUser } from '../../identity/directory.ts';
import type { ApiOptions } from '../api-options.ts';
import { GatewayError, type DeployedResource, type ResourceToDeploy } from '../gateway-client.ts';
import { actorOf, iso } from '../request.ts';
import { settle } from '../settle.ts';
import { checkProcedure } from './check-procedure.ts';
import { readResources, resourcesOf, type ResourceState } from './resource-states.ts';

const endings = { process: 'bpmn', form: 'form', decision: 'dmn' } as const;

/**
 * Publishes all drafts of a procedure in one deployment, under the names they were deployed by before.
 * @throws ProductError `not_deployable` with the check's or the engine's reasons, `bad_request` when there is no draft
 */
export async function publishProcedure(options: ApiOptions, request: Request, user: DirectoryUser, bpmnProcessId: string, comment: string): Promise<PublishedChange> {
  const { db, engine, clock } = options;
  const published = await db.transaction(async (trx) => {
    await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`publish:${bpmnProcessId}`]);
    await trx('app.design_draft').select('id').whereNotNull('content').forUpdate();
    const all = await readResources(trx);
    const resources = resourcesOf(all, bpmnProcessId);
    if (resources.length === 0) throw new ProductError('not_found', `Expected to find procedure '${bpmnProcessId}', but it is neither deployed nor drafted`);
    const drafts = resources.filter((each) => each.draft !== null);
    if (drafts.length === 0) throw new ProductError('bad_request', `Expected procedure '${bpmnProcessId}' to have a draft to publish, but it has none`);
    const errors = checkProcedure(all, bpmnProcessId).filter((problem) => problem.severity === 'error' && drafts.some((draft) => draft.kind === problem.kind && draft.id === problem.resourceId));
    if (errors.length > 0) throw new ProductError('not_deployable', errors.map((problem) => `${problem.kind} '${problem.resourceId}'${problem.elementId === null ? '' : ` at '${problem.elementId}'`}: ${problem.message}`).join('\n'), { count: errors.length });
    const deployed = await deploy(options, drafts.map(toDeploy));
    const process = deployed.find((each) => each.kind === 'process' && each.id === bpmnProcessId);
    const version = process?.version ?? resources[0]?.published?.version ?? 0;
    const at = clock.now();
    const changed = drafts.map(({ kind, id }) => ({ kind, id }));
    await trx('app.publication').insert({ bpmn_process_id: bpmnProcessId, version, at: new Date(at), user_id: user.id, by_name: user.name, comment, resources: JSON.stringify(changed) });
    for (const { kind, id } of changed) await trx('app.design_draft').where({ kind, id }).update({ content: null, revision: trx.raw('revision + 1'), changed_at: new Date(at), changed_by: user.name });
    await appendAudit(trx, { at, ...actorOf(request, user), action: 'design.publish', object: `process:${bpmnProcessId}`, reason: comment, after: { version, resources: changed } });
    return { change: { version, at: iso(new Date(at)), by: user.name, comment, resources: changed } satisfies PublishedChange, deployed };
  });
  const newest = published.deployed.at(-1);
  if (newest !== undefined) await settle(options, newest.key, async () => (await db('read_model.process_definition').where({ bpmn_process_id: bpmnProcessId, version: published.change.version }).first()) !== undefined);
  return published.change;

  async function deploy(_options: ApiOptions, resources: ResourceToDeploy[]): Promise<DeployedResource[]> {
    try {
      return await engine.deployResources(resources);
    } catch (error) {
      if (error instanceof GatewayError && error.code === status.INVALID_ARGUMENT) throw new ProductError('not_deployable', error.message, {}, { cause: error });
      throw error;
    }
  }
}

function toDeploy(state: ResourceState): ResourceToDeploy {
  return { name: state.published?.resourceName ?? `${state.id}.${endings[state.kind]}`, content: state.draft ?? '' };
}
