import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { membersOnDuty, type DirectoryUser } from '../../identity/directory.ts';
import { isoWithOffset } from '../calendar/zone-time.ts';
import { once, type Effect } from '../effect.ts';
import { caseNoOf, requiredText, textOf, textsOf } from '../job-input.ts';
import type { Job, JobWorker, WorkerContext } from '../job-worker.ts';
import { nextNumber } from '../ledgers/record.ts';
import { siteOf } from '../ledgers/site.ts';
import { sendNotification } from '../notify/send-notification.ts';

const TEAM = 'emergency_team';
const MINUTE_MS = 60_000;

/**
 * Calls out the emergency team on duty and the members of `groups`, and books what the register of emergency resources has free
 * for `site` or for every site: one of each. Variables `riskLevel`, `site`, `groups`; header `acknowledgeMinutes` (default 15)
 * starts the clock within which each one has to answer. A second activation of a case keeps what is booked.
 * Returns `activationNo`, `teamRoster` [{userId, name, acknowledgeBy}], `resources` [{resourceId, kind, name, quantity}].
 */
export const resourceActivate: JobWorker = {
  type: 'resource.activate',
  handle: (job, context) =>
    once(job, context, async (trx): Promise<Effect> => {
      const riskLevel = requiredText(job, 'riskLevel');
      const minutes = Number(job.customHeaders['acknowledgeMinutes'] ?? '15');
      if (!(minutes > 0)) throw new Error('the header "acknowledgeMinutes" must be a number of minutes above zero');
      const now = context.clock.now();
      const activationNo = await nextNumber(trx, context, 'YJ');
      const site = await siteOf(trx, textOf(job, 'site'));
      await trx('app.emergency_activation').insert({ activation_no: activationNo, case_no: caseNoOf(job), process_instance_key: job.processInstanceKey, risk_level: riskLevel, site, activated_at: new Date(now) });
      const acknowledgeBy = isoWithOffset(now + minutes * MINUTE_MS, context.zone);
      const team = await roster(trx, [TEAM, ...textsOf(job, 'groups')]);
      if (team.length > 0) await trx('app.emergency_callout').insert(team.map((one) => ({ activation_no: activationNo, user_id: one.id, called_at: new Date(now), acknowledge_by: new Date(now + minutes * MINUTE_MS) })));
      await callOut(trx, context, job, team, { activationNo, acknowledgeBy, site });
      const resources = await book(trx, job, activationNo, site);
      return {
        variables: { activationNo, teamRoster: team.map((one) => ({ userId: one.id, name: one.name, acknowledgeBy })), resources },
        audit: { activationNo, riskLevel, called: team.map((one) => one.id), resources: resources.map((one) => one['resourceId'] ?? null) },
      };
    }),
};

async function roster(trx: Database, groups: readonly string[]): Promise<DirectoryUser[]> {
  const found = new Map<string, DirectoryUser>();
  for (const group of new Set(groups)) for (const member of await membersOnDuty(trx, group)) found.set(member.id, member);
  return [...found.values()].sort((a, b) => a.id.localeCompare(b.id));
}

async function callOut(trx: Database, context: WorkerContext, job: Job, team: readonly DirectoryUser[], call: { activationNo: string; acknowledgeBy: string; site: string | null }): Promise<void> {
  const params = { caseNo: caseNoOf(job), title: textOf(job, 'title') ?? '', site: call.site ?? '', activationNo: call.activationNo, acknowledgeBy: call.acknowledgeBy };
  if (team.length > 0) await sendNotification(trx, context, job, { template: 'emergency_callout', to: team.map((one) => `user:${one.id}`), params, onceKey: `emergency_callout:${call.activationNo}` });
}

/** Locks the resources it looks at, so that two activations at once never book the same last one. */
async function book(trx: Database, job: Job, activationNo: string, site: string | null): Promise<JsonObject[]> {
  const rows: { resource_id: string; kind: string; name: string; quantity: number }[] = await trx('app.emergency_resource').select('resource_id', 'kind', 'name', 'quantity').whereNull('site').orWhere({ site }).orderBy('resource_id').forUpdate();
  const booked: JsonObject[] = [];
  for (const row of rows) {
    const open: { quantity: number; case_no: string | null }[] = await trx('app.emergency_booking as b').join('app.emergency_activation as a', 'a.activation_no', 'b.activation_no').select('b.quantity', 'a.case_no').where({ 'b.resource_id': row.resource_id }).whereNull('a.released_at');
    const mine = open.some((one) => one.case_no !== null && one.case_no === caseNoOf(job));
    if (!mine && open.reduce((sum, one) => sum + one.quantity, 0) >= row.quantity) continue;
    if (!mine) await trx('app.emergency_booking').insert({ activation_no: activationNo, resource_id: row.resource_id, quantity: 1 });
    booked.push({ resourceId: row.resource_id, kind: row.kind, name: row.name, quantity: 1 });
  }
  return booked;
}
