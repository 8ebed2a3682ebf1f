import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { once, type Effect } from '../effect.ts';
import { BpmnError, type JobWorker } from '../job-worker.ts';
import { earliestSlot, fittingResources, type SlotNeed } from './free-slots.ts';
import { needOf, slotVariable } from './slot-need.ts';

/**
 * Finds the earliest free time: `resourceGroup`, `minutes`, window `from`, `to` (ISO 8601; without an end 14 days ahead), `site`
 * (null takes any), `skills`. Returns `slot` {resourceId, resourceName, site, start, end}; reserves nothing.
 * @throws BpmnError `NO_SLOT` with `shortage` (a sentence) and `resourceOptions`, the group's resources for a select
 */
export const slotMatch: JobWorker = {
  type: 'slot.match',
  handle: async (job, context) => {
    const found = await once(job, context, async (trx): Promise<Effect> => {
      const need = await needOf(trx, context, job);
      const slot = await earliestSlot(trx, context.zone, need);
      if (slot !== null) return { variables: { slot: slotVariable(slot, context.zone) }, audit: { resource: slot.resourceId, start: new Date(slot.start).toISOString() } };
      const window = [need.from, need.to].map((at) => slotText(at, context.zone));
      const shortage = `${window[0]} 至 ${window[1]} 没有可用的 ${need.minutes} 分钟时段`;
      return { variables: { slot: null, shortage, resourceOptions: await optionsFor(trx, need) }, audit: { resourceGroup: need.resourceGroup, noSlot: true } };
    });
    if (found['slot'] === null) throw noSlot(String(found['shortage']), found);
    return found;
  },
};

/** The group's resources at every site, as options of a select: what a supervisor may offer instead. */
export async function optionsFor(db: Database, need: SlotNeed): Promise<JsonObject[]> {
  return (await fittingResources(db, { ...need, site: null, skills: [] })).map((one) => ({ value: one.resource_id, label: one.name }));
}

/** The error a boundary catches when nothing is free. */
export function noSlot(message: string, variables: JsonObject): BpmnError {
  return new BpmnError('NO_SLOT', message, variables);
}

function slotText(at: number, zone: string): string {
  return new Intl.DateTimeFormat('zh-CN', { timeZone: zone, month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}
