import type { Request } from 'express';
import type { DesignResource, ResourceKind } from '../../contract/api.ts';
import { ProductError } from '../../contract/errors.ts';
import type { Database } from '../../database/connect.ts';
import { appendAudit } from '../../identity/audit.ts';
import type { DirectoryUser } from '../../identity/directory.ts';
import type { Clock } from '../../contract/clock.ts';
import { actorOf, iso } from '../request.ts';
import { contentOf, readResources, type ResourceState } from './resource-states.ts';

/** The resource, or `not_found`. */
export async function findResource(db: Database, kind: ResourceKind, id: string): Promise<ResourceState> {
  const state = (await readResources(db)).find((each) => each.kind === kind && each.id === id);
  if (state === undefined) throw new ProductError('not_found', `Expected to find ${kind} '${id}', but it is neither deployed nor drafted`);
  return state;
}

export function designResource(state: ResourceState): DesignResource {
  return {
    kind: state.kind,
    id: state.id,
    name: state.name,
    content: contentOf(state),
    published: state.published?.content ?? null,
    hasDraft: state.draft !== null,
    revision: state.revision,
    changedAt: iso(state.changedAt),
    changedBy: state.changedBy,
  };
}

export interface DraftChange {
  kind: ResourceKind;
  id: string;
  /** Null discards the draft. */
  content: string | null;
  /** Revision the change was made on; null does not ask (a new resource). */
  revision: number | null;
  name: string;
  bpmnProcessId: string | null;
}

/**
 * Saves or discards a draft. The revision rises each time, also when a draft goes, so an editor opened before is always found out.
 * @throws ProductError `draft_conflict` when the stored revision is another one
 */
export async function changeDraft(trx: Database, clock: Clock, request: Request, user: DirectoryUser, change: DraftChange): Promise<void> {
  const { kind, id } = change;
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`draft:${kind}:${id}`]);
  const row: { revision: number; changed_by: string } | undefined = await trx('app.design_draft').select('revision', 'changed_by').where({ kind, id }).first();
  const stored = row?.revision ?? 0;
  if (change.revision !== null && change.revision !== stored) {
    throw new ProductError('draft_conflict', `Expected to save over revision ${change.revision} of ${kind} '${id}', but ${stored} is stored: ${row?.changed_by ?? 'somebody'} saved in between`, { revision: stored, by: row?.changed_by ?? '' });
  }
  const at = clock.now();
  const values = { content: change.content, revision: stored + 1, changed_at: new Date(at), changed_by: user.name };
  await trx('app.design_draft').insert({ kind, id, name: change.name, bpmn_process_id: change.bpmnProcessId, ...values }).onConflict(['kind', 'id']).merge(Object.keys(values));
  await appendAudit(trx, { at, ...actorOf(request, user), action: change.content === null ? 'design.discard' : 'design.save', object: `${kind}:${id}`, after: { revision: stored + 1 } });
}
