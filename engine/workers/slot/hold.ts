import type { Database } from '../../database/connect.ts';
import { once, type Effect } from '../effect.ts';
import { objectOf, requiredText } from '../job-input.ts';
import type { Job, JobWorker, WorkerContext } from '../job-worker.ts';
import { earliestSlot, isFree, type FreeSlot } from './free-slots.ts';
import { noSlot, optionsFor } from './match.ts';
import { freeSlotsOf, offerFreed, sendOffers } from './release.ts';
import { needOf, slotVariable } from './slot-need.ts';

/**
 * Reserves `slot` for the case; `exact` in it keeps the time a supervisor has agreed on. Whoever comes second gets the next free
 * time of the same need (variables as for `slot.match`). What the case had reserved before is given back. Returns `slot` with `slotId`.
 * @throws BpmnError `NO_SLOT` when there is no other time, or none other may be taken, with the variables of `slot.match`
 */
export const slotHold: JobWorker = {
  type: 'slot.hold',
  handle: async (job, context) => {
    const found = await once(job, context, async (trx): Promise<Effect> => {
      const caseNo = requiredText(job, 'caseNo');
      const earlier = await freeSlotsOf(trx, caseNo, new Date(context.clock.now()));
      const slot = await reserve(trx, context, job, caseNo);
      const offers = await offerFreed(trx, context, earlier);
      if (slot === null) return { variables: { slot: null, offers, shortage: '所选时段刚被占用，且没有其他可用时段', resourceOptions: await optionsFor(trx, await needOf(trx, context, job)) }, audit: { noSlot: true } };
      return { variables: { slot: slotVariable(slot, context.zone, { slotId: slot.slotId }), offers }, audit: { slotId: slot.slotId, resource: slot.resourceId, start: new Date(slot.start).toISOString() } };
    });
    const { offers, ...variables } = found;
    await sendOffers(context, offers);
    if (variables['slot'] === null) throw noSlot(String(variables['shortage']), variables);
    return variables;
  },
};

async function reserve(trx: Database, context: WorkerContext, job: Job, caseNo: string): Promise<(FreeSlot & { slotId: string }) | null> {
  const wanted = objectOf(job, 'slot');
  const need = await needOf(trx, context, job);
  const resource: { resource_id: string; name: string; site: string | null } | undefined = await trx('app.service_resource').select('resource_id', 'name', 'site').where({ resource_id: String(wanted['resourceId']), active: true }).first();
  const start = Date.parse(String(wanted['start']));
  if (resource === undefined || Number.isNaN(start)) throw new Error(`${job.type} at ${job.elementId} needs a slot {resourceId, start} of a resource in use: map it in`);
  let candidate: FreeSlot | null = { resourceId: resource.resource_id, resourceName: resource.name, site: resource.site, start, end: start + need.minutes * 60_000 };
  while (candidate !== null) {
    const slotId = await take(trx, context, job, candidate, caseNo);
    if (slotId !== null) return { ...candidate, slotId };
    // Where the wanted time is gone the next one is offered, but never in place of one a person has agreed on.
    candidate = wanted['exact'] === true ? null : await earliestSlot(trx, context.zone, need);
  }
  return null;
}

/**
 * Takes the time unless it is gone. The resource's version is the lock: of two who saw it free at once, the second finds the
 * version changed and looks again.
 */
async function take(trx: Database, context: WorkerContext, job: Job, slot: FreeSlot, caseNo: string): Promise<string | null> {
  for (;;) {
    const { version } = await trx('app.service_resource').select('version').where({ resource_id: slot.resourceId }).first<{ version: number }>();
    if (!(await isFree(trx, slot.resourceId, slot.start, slot.end, caseNo))) return null;
    const locked = await trx('app.service_resource').where({ resource_id: slot.resourceId, version }).update({ version: version + 1 });
    if (locked === 0) continue;
    const [row] = (await trx('app.resource_slot').insert({ resource_id: slot.resourceId, start_at: new Date(slot.start), end_at: new Date(slot.end), status: 'held', held_by: caseNo, process_instance_key: job.processInstanceKey, held_at: new Date(context.clock.now()) }).returning('slot_id')) as { slot_id: string }[];
    return String(row!.slot_id);
  }
}
