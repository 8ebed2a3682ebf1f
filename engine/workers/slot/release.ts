import type { JsonObject, JsonValue } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { once, type Effect } from '../effect.ts';
import { requiredText } from '../job-input.ts';
import type { JobWorker, WorkerContext } from '../job-worker.ts';
import { earliestSlot } from './free-slots.ts';

interface FreedSlot {
  slot_id: string;
  resource_id: string;
}

interface Waiting {
  id: string;
  appointment_no: string;
  resource_group: string;
  site: string | null;
  skills: string[];
  minutes: number;
  from_at: Date | null;
  to_at: Date | null;
}

const HORIZON_MS = 14 * 86_400_000;

/**
 * Gives back what the case has reserved and tells the first on the waiting list whom it serves (`slot_available`). Nothing
 * reserved is no error: a compensation may come after a release. Returns `releasedSlots`, the ids given back.
 */
export const slotRelease: JobWorker = {
  type: 'slot.release',
  handle: async (job, context) => {
    const done = await once(job, context, async (trx): Promise<Effect> => {
      const freed = await freeSlotsOf(trx, requiredText(job, 'caseNo'), new Date(context.clock.now()));
      const offers = await offerFreed(trx, context, freed);
      const releasedSlots = freed.map((one) => String(one.slot_id));
      return { variables: { releasedSlots, offers }, audit: { releasedSlots, offers } };
    });
    await sendOffers(context, done['offers']);
    return { releasedSlots: done['releasedSlots'] ?? [] };
  },
};

/**
 * Tells those who were found. It happens after the commit, for whoever is told looks for the time at once and must find it free;
 * the offers stand in the stored effect, so a delivery that was broken off sends them again under the same message ids.
 */
export async function sendOffers(context: WorkerContext, offers: JsonValue | undefined): Promise<void> {
  for (const offer of Array.isArray(offers) ? (offers as JsonObject[]) : []) {
    await context.engine.publishMessage({ name: 'slot_available', correlationKey: String(offer['appointmentNo']), messageId: `slot_available:${String(offer['waitId'])}` });
  }
}

/** Marks what the case has reserved as given back. */
export async function freeSlotsOf(trx: Database, caseNo: string, at: Date): Promise<FreedSlot[]> {
  return trx('app.resource_slot').where({ held_by: caseNo }).whereNot({ status: 'released' }).update({ status: 'released', released_at: at }).returning(['slot_id', 'resource_id']);
}

/** Finds whom of the waiting to tell, best rank and longest wait first, as many as there are freed times; only whom a free time really serves. */
export async function offerFreed(trx: Database, context: WorkerContext, freed: readonly FreedSlot[]): Promise<JsonObject[]> {
  if (freed.length === 0) return [];
  const groups: string[] = await trx('app.service_resource').whereIn('resource_id', freed.map((one) => one.resource_id)).distinct('group_id').pluck('group_id');
  const now = context.clock.now();
  const waiting: Waiting[] = await trx('app.slot_wait').whereIn('resource_group', groups).whereNull('told_at').where('wait_until', '>', new Date(now)).orderBy([{ column: 'priority_rank' }, { column: 'since' }, { column: 'id' }]).forUpdate().skipLocked();
  const offers: JsonObject[] = [];
  for (const one of waiting) {
    if (offers.length === freed.length) break;
    const offer = await offerTo(trx, context, one);
    if (offer !== null) offers.push(offer);
  }
  return offers;
}

/** Takes somebody off the list when a time is free for them: what is to be sent, else null. */
export async function offerTo(trx: Database, context: WorkerContext, one: Waiting): Promise<JsonObject | null> {
  const now = context.clock.now();
  const from = Math.max(one.from_at?.getTime() ?? 0, now);
  const to = one.to_at === null || one.to_at.getTime() <= from ? from + HORIZON_MS : one.to_at.getTime();
  const slot = await earliestSlot(trx, context.zone, { resourceGroup: one.resource_group, minutes: one.minutes, from, to, site: one.site, skills: one.skills, except: one.appointment_no });
  if (slot === null) return null;
  await trx('app.slot_wait').where({ id: one.id }).update({ told_at: new Date(now) });
  return { appointmentNo: one.appointment_no, waitId: String(one.id) };
}
