import type { TimelineEntry } from '../../contract/api.ts';
import type { Database } from '../../database/connect.ts';
import { elementNames } from '../element-names.ts';
import { stageWords } from '../stage-words.ts';
import { tasksOf } from '../tasks/task-rows.ts';

interface Event {
  at: Date;
  kind: TimelineEntry['kind'];
  title: string;
  titleEn: string | null;
  actor: string | null;
  detail: string | null;
}

/** Both names of an element out of its definition's diagram. */
const NAMES = `${elementNames('x').name}, ${elementNames('x').nameEn}`;
const DEFINITION = 'join read_model.process_instance p on p.key = x.process_instance_key join read_model.process_definition d on d.key = p.process_definition_key';

/** What happened in a case, oldest first: the engine's facts, letters, comments and breaches. No values of variables. */
export async function caseTimeline(db: Database, key: string): Promise<TimelineEntry[]> {
  const { rows } = await db.raw<{ rows: Event[] }>(
    `select p.started_at as at, 'started' as kind, d.name as title, d.name_en as "titleEn", coalesce(u.name, p.initiator) as actor, null as detail
       from read_model.process_instance p join read_model.process_definition d on d.key = p.process_definition_key left join app.app_user u on u.id = p.initiator where p.key = :key
     union all select p.ended_at, 'ended', d.name, d.name_en, null, p.state from read_model.process_instance p join read_model.process_definition d on d.key = p.process_definition_key where p.key = :key and p.ended_at is not null
     union all select x.at, 'decision', x.decision_name, ${elementNames('x').nameEn}, null, x.failure from read_model.decision_evaluation x ${DEFINITION} where x.process_instance_key = :key
     union all select x.created_at, 'incident', ${NAMES}, null, x.error_type from read_model.incident x ${DEFINITION} where x.process_instance_key = :key
     union all select x.resolved_at, 'incident_resolved', ${NAMES}, null, x.error_type from read_model.incident x ${DEFINITION} where x.process_instance_key = :key and x.resolved_at is not null
     union all select x.changed_at, 'timer', ${NAMES}, null, null from read_model.timer x ${DEFINITION} where x.process_instance_key = :key and x.state = 'triggered'
     union all select x.at, 'message', ${NAMES}, null, x.message_name from read_model.message_subscription x ${DEFINITION} where x.process_instance_key = :key and x.state = 'correlated'
     union all select x.ended_at, 'worker', ${NAMES}, null, x.type from read_model.job x ${DEFINITION} where x.process_instance_key = :key and x.state = 'completed' and x.type <> 'io.camunda.zeebe:userTask'
     union all select n.created_at, 'notification', n.subject, null, null, (select string_agg(distinct l.channel || ':' || l.state, ', ') from app.notification_log l where l.notification_no = n.notification_no) from app.notification n where n.process_instance_key = :key
     union all select b.at, 'breach', b.stage, null, null, b.escalate_to from app.sla_breach b where b.process_instance_key = :key
     union all select c.at, 'comment', c.text, null, c.author, null from app.case_comment c where c.process_instance_key = :key`,
    { key },
  );
  const events = [...rows, ...(await taskEvents(db, key))].sort((a, b) => a.at.getTime() - b.at.getTime());
  return events.map((event) => {
    const named = event.kind === 'breach' ? stageWords(event.title) : null;
    return { ...event, ...(named === null ? {} : { title: named.stageName, titleEn: named.stageNameEn }), at: event.at.toISOString() };
  });
}

async function taskEvents(db: Database, key: string): Promise<Event[]> {
  const tasks = await tasksOf(db, [key]);
  const people: { id: string; name: string }[] = await db('app.app_user').select('id', 'name').whereIn('id', tasks.flatMap((task) => (task.completed_by === null ? [] : [task.completed_by])));
  const nameOf = (id: string | null): string | null => people.find((one) => one.id === id)?.name ?? id;
  return tasks.flatMap((task): Event[] => {
    const created: Event = { at: task.created_at, kind: 'task_created', title: task.name, titleEn: task.name_en, actor: null, detail: null };
    if (task.completed_at === null) return [created];
    return [created, { at: task.completed_at, kind: task.state === 'completed' ? 'task_completed' : 'task_canceled', title: task.name, titleEn: task.name_en, actor: nameOf(task.completed_by), detail: null }];
  });
}
