import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { isoWithOffset } from '../calendar/zone-time.ts';
import { caseNoOf, numberOf, requiredText, textOf, textsOf } from '../job-input.ts';
import type { Job, WorkerContext } from '../job-worker.ts';
import { siteOf } from '../ledgers/site.ts';
import type { FreeSlot, SlotNeed } from './free-slots.ts';

/** How far ahead is looked when the wish has no end. */
const HORIZON_DAYS = 14;
const DAY_MS = 86_400_000;

/** What the job's variables ask for: `resourceGroup`, `minutes`, `from`, `to`, `site`, `skills`. The past is left out. */
export async function needOf(db: Database, context: WorkerContext, job: Job): Promise<SlotNeed> {
  const minutes = numberOf(job, 'minutes');
  if (minutes === null || !(minutes > 0)) throw new Error(`${job.type} at ${job.elementId} needs "minutes" above zero: map it in`);
  const from = Math.max(instantIn(job, 'from') ?? 0, context.clock.now());
  const to = instantIn(job, 'to');
  return { resourceGroup: requiredText(job, 'resourceGroup'), minutes, from, to: to === null || to <= from ? from + HORIZON_DAYS * DAY_MS : to, site: await siteOf(db, textOf(job, 'site')), skills: textsOf(job, 'skills'), except: caseNoOf(job) ?? '' };
}

/** Epoch ms of a text variable; null when it is missing or no instant. */
export function instantIn(job: Job, name: string): number | null {
  const at = Date.parse(textOf(job, name) ?? '');
  return Number.isNaN(at) ? null : at;
}

/** A slot as the process carries it: `start` and `end` with the institution's offset, as timers need them. */
export function slotVariable(slot: FreeSlot, zone: string, more: JsonObject = {}): JsonObject {
  return { resourceId: slot.resourceId, resourceName: slot.resourceName, site: slot.site, start: isoWithOffset(slot.start, zone), end: isoWithOffset(slot.end, zone), ...more };
}
