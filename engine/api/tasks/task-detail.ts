import type { Request } from 'express';
import type { TaskDetail, TaskDraft } from '../../contract/api.ts';
import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { appendAudit } from '../../identity/audit.ts';
import type { DirectoryUser } from '../../identity/directory.ts';
import { taskPermissions } from '../../identity/permissions.ts';
import type { WorkingCalendar } from '../../workers/calendar/working-calendar.ts';
import type { ApiOptions } from '../api-options.ts';
import type { EventHub } from '../events.ts';
import type { PersonalData } from '../masking.ts';
import { actorOf, iso } from '../request.ts';
import { auditObject } from './task-access.ts';
import { formOfTask } from './task-form.ts';
import { factsOf, summaryOf, type TaskRow } from './task-rows.ts';
import { visibleVariables } from './task-variables.ts';

/** What the task routes share. */
export interface TaskContext extends ApiOptions {
  events: EventHub;
  calendar: () => Promise<WorkingCalendar>;
  personal: () => Promise<PersonalData>;
  /** Reads not to be noted again so soon: a page asks for the same task over and over. */
  readings: RecentReadings;
}

interface DraftRow {
  values: string;
  revision: number;
  saved_at: Date;
}

/** The task with its form and variables. Only its assignee sees personal data in full, which is noted in the audit log. */
export async function taskDetail(context: TaskContext, request: Request, user: DirectoryUser, row: TaskRow): Promise<TaskDetail> {
  const { db, clock } = context;
  const facts = factsOf(row);
  const assigned = facts.open && row.assignee === user.id;
  const form = await formOfTask(db, row.form_key);
  const all = await visibleVariables(db, row.element_instance_key);
  const shown = (await context.personal()).maskAll(all);
  if (assigned && shown.masked && context.readings.isNew(`${user.id}:${row.key}`)) {
    await appendAudit(db, { at: clock.now(), ...actorOf(request, user), action: 'personal_data.read', object: auditObject(row), after: { task: row.key, element: row.element_id } });
  }
  return {
    ...summaryOf(row, await context.calendar(), clock.now()),
    form: form?.json ?? null,
    formId: form?.formId ?? null,
    variables: assigned ? all : shown.variables,
    draft: assigned ? await readDraft(db, row.key) : null,
    permissions: taskPermissions(user, facts),
  };
}

export async function readDraft(db: Database, key: string): Promise<TaskDraft | null> {
  const draft: DraftRow | undefined = await db('app.task_draft').where({ job_key: key }).first();
  return draft === undefined ? null : { values: JSON.parse(draft.values) as JsonObject, revision: draft.revision, savedAt: iso(draft.saved_at) };
}

/** Remembers for a minute what somebody has just been shown. */
export class RecentReadings {
  private readonly seen = new Map<string, number>();
  private readonly keepMs: number;

  constructor(keepMs = 60_000) {
    this.keepMs = keepMs;
  }

  isNew(what: string): boolean {
    const now = Date.now();
    for (const [known, until] of this.seen) {
      if (until > now) break; // oldest first
      this.seen.delete(known);
    }
    if (this.seen.has(what)) return false;
    this.seen.set(what, now + this.keepMs);
    return true;
  }
}
