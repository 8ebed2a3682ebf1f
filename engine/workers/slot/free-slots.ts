import type { Database } from '../../database/connect.ts';
import { loadCalendar } from '../calendar/calendar-store.ts';
import { isWorkingDay, type WorkingCalendar } from '../calendar/working-calendar.ts';
import { addDays, instantOf, localDate } from '../calendar/zone-time.ts';

/** What somebody needs: people or a place of a group, for so long, within a window (epoch ms). */
export interface SlotNeed {
  resourceGroup: string;
  minutes: number;
  /** Earliest start. */
  from: number;
  /** The service begins before this instant. */
  to: number;
  /** Null takes any site. */
  site: string | null;
  /** Every one of these is needed, e.g. `interpreter`. */
  skills: readonly string[];
  /** Case whose own reservation is no obstacle. */
  except: string;
}

/** A time at a resource; instants in epoch ms. */
export interface FreeSlot {
  resourceId: string;
  resourceName: string;
  site: string | null;
  start: number;
  end: number;
}

export interface ResourceRow {
  resource_id: string;
  group_id: string;
  site: string | null;
  name: string;
}

/** Times begin on the half hour. */
const STEP_MS = 30 * 60_000;

/** Resources that could serve the need at all, free or not. */
export async function fittingResources(db: Database, need: SlotNeed): Promise<ResourceRow[]> {
  const query = db('app.service_resource').select('resource_id', 'group_id', 'site', 'name').where({ group_id: need.resourceGroup, active: true }).orderBy('resource_id');
  if (need.site !== null) query.where({ site: need.site });
  if (need.skills.length > 0) query.whereRaw('skills @> ?::text[]', [[...need.skills]]);
  return query;
}

/** The earliest time that serves the need, on working days within the opening hours; the resource with the lower id first. Null when there is none. */
export async function earliestSlot(db: Database, zone: string, need: SlotNeed): Promise<FreeSlot | null> {
  const resources = await fittingResources(db, need);
  const ids = resources.map((one) => one.resource_id);
  const hours: { resource_id: string; opens: string; closes: string }[] = await db('app.resource_hours').whereIn('resource_id', ids).orderBy('opens');
  const taken: { resource_id: string; start_at: Date; end_at: Date }[] = await db('app.resource_slot').select('resource_id', 'start_at', 'end_at').whereIn('resource_id', ids).whereNot({ status: 'released' }).whereNot({ held_by: need.except }).where('end_at', '>', new Date(need.from));
  const { calendar } = await loadCalendar(db, zone);
  let best: FreeSlot | null = null;
  for (const resource of resources) {
    const busy = taken.filter((one) => one.resource_id === resource.resource_id).map((one) => ({ start: one.start_at.getTime(), end: one.end_at.getTime() }));
    const start = firstFree(calendar, hours.filter((one) => one.resource_id === resource.resource_id), busy, need);
    if (start !== null && (best === null || start < best.start)) best = { resourceId: resource.resource_id, resourceName: resource.name, site: resource.site, start, end: start + need.minutes * 60_000 };
  }
  return best;
}

/** Is the resource free then? Says nothing of its hours: a supervisor may agree on others. */
export async function isFree(db: Database, resourceId: string, start: number, end: number, except: string): Promise<boolean> {
  const other = await db('app.resource_slot').where({ resource_id: resourceId }).whereNot({ status: 'released' }).whereNot({ held_by: except }).where('start_at', '<', new Date(end)).where('end_at', '>', new Date(start)).first();
  return other === undefined;
}

function firstFree(calendar: WorkingCalendar, hours: readonly { opens: string; closes: string }[], busy: readonly { start: number; end: number }[], need: SlotNeed): number | null {
  const length = need.minutes * 60_000;
  for (let day = localDate(need.from, calendar.zone); instantOf(day, '00:00', calendar.zone) < need.to; day = addDays(day, 1)) {
    if (!isWorkingDay(calendar, day)) continue;
    for (const { opens, closes } of hours) {
      const end = instantOf(day, closes, calendar.zone);
      for (let start = instantOf(day, opens, calendar.zone); start + length <= end && start < need.to; start += STEP_MS) {
        if (start >= need.from && !busy.some((one) => one.start < start + length && one.end > start)) return start;
      }
    }
  }
  return null;
}
