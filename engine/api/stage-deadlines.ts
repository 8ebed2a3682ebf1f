import type { StageDeadline } from '../contract/api.ts';
import type { Database } from '../database/connect.ts';
import type { WorkingCalendar } from '../workers/calendar/working-calendar.ts';
import { dueOf } from './due.ts';
import { iso } from './request.ts';
import { stageWords } from './stage-words.ts';

interface Row {
  stage: string;
  started_at: Date;
  due_at: Date;
  ended_at: Date | null;
}

/**
 * Deadlines of a case's stages, the earliest first. While a stage runs it listens for the word that its deadline was moved to (`sla_due`), so it is over once
 * nothing of it listens any more: it is held against when that was, else against the case's end, else against now.
 */
export async function stageDeadlines(db: Database, calendar: WorkingCalendar, processInstanceKey: string, caseEnded: number | null, now: number): Promise<StageDeadline[]> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `select d.stage, d.started_at, d.due_at, listening.ended_at
     from app.deadline d left join lateral (
       select case when bool_and(m.state = 'deleted') then max(m.at) end as ended_at from read_model.message_subscription m
       where m.process_instance_key = d.process_instance_key and m.message_name = 'sla_due' and right(m.correlation_key, length(d.stage) + 1) = ':' || d.stage
     ) listening on true
     where d.process_instance_key = ? order by d.due_at`,
    [processInstanceKey],
  );
  return rows.map(({ stage, started_at, due_at, ended_at }) => {
    const ended = ended_at?.getTime() ?? caseEnded;
    return { stage, ...stageWords(stage), startedAt: iso(started_at), endedAt: iso(ended === null ? null : new Date(ended)), due: dueOf(calendar, started_at.getTime(), due_at.getTime(), ended ?? now) };
  });
}
