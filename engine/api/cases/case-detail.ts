import type { CaseComment, CaseDetail, CaseFact, InstanceState, StoredFile } from '../../contract/api.ts';
import { ProductError } from '../../contract/errors.ts';
import type { JsonValue } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import type { DirectoryUser } from '../../identity/directory.ts';
import { isRecused, mayWorkOnCase, type CaseFacts } from '../../identity/permissions.ts';
import { iso } from '../request.ts';
import type { TaskContext } from '../tasks/task-detail.ts';
import { stageDeadlines } from '../stage-deadlines.ts';
import { casePath } from './case-path.ts';
import { caseTimeline } from './case-timeline.ts';

/** Variables shown as facts, in display order. */
const factNames = [
  'caseNo', 'content', 'demand', 'complainantName', 'customerName', 'customerNo', 'phone', 'email', 'isAgent', 'source', 'channel', 'preferredChannel', 'business', 'businessRef', 'site', 'occurredAt',
  'amountInvolved', 'category', 'complexity', 'priority', 'flags', 'affectedCustomers', 'repeatCount', 'receivedAt', 'registeredBy', 'registerNote', 'acceptDecision', 'leadDept', 'finding', 'facts', 'causes',
  'causeDetail', 'measures', 'explanation', 'compensationKind', 'compensationAmount', 'satisfaction', 'outcome', 'tier',
] as const;

interface InstanceRow {
  key: string;
  process_definition_key: string;
  bpmn_process_id: string;
  version: number;
  state: InstanceState;
  started_at: Date;
  ended_at: Date | null;
  case_no: string | null;
  process_name: string;
  process_name_en: string | null;
  started_by: string | null;
}

export interface CaseReading {
  detail: CaseDetail;
  /** True when personal data was shown in full. */
  unmasked: boolean;
}

/** The case as the side of a task shows it. Personal data in full only for who has one of its open tasks. */
export async function readCase(context: TaskContext, user: DirectoryUser, key: string, facts: CaseFacts): Promise<CaseReading> {
  const { db, clock } = context;
  const instance: InstanceRow | undefined = await db('read_model.process_instance as p')
    .join('read_model.process_definition as d', 'd.key', 'p.process_definition_key')
    .leftJoin('app.app_user as u', 'u.id', 'p.initiator')
    .select('p.*', { process_name: 'd.name', process_name_en: 'd.name_en' }, db.raw('coalesce(u.name, p.initiator) as started_by'))
    .where('p.key', key)
    .first();
  if (instance === undefined) throw new ProductError('not_found', `case '${key}' is not there`);
  const calendar = await context.calendar();
  const assigned = facts.tasks.some((task) => task.open && task.assignee === user.id && !isRecused(user, task));
  const { list, personal } = await readFacts(context, key, assigned);
  return {
    unmasked: assigned && personal,
    detail: {
      processInstanceKey: instance.key,
      processDefinitionKey: instance.process_definition_key,
      bpmnProcessId: instance.bpmn_process_id,
      processName: instance.process_name,
      processNameEn: instance.process_name_en,
      processVersion: instance.version,
      caseNo: instance.case_no,
      state: instance.state,
      startedAt: iso(instance.started_at),
      endedAt: iso(instance.ended_at),
      startedBy: instance.started_by,
      facts: list,
      deadlines: await stageDeadlines(db, calendar, key, instance.ended_at?.getTime() ?? null, clock.now()),
      timeline: await caseTimeline(db, key),
      comments: await caseComments(db, key),
      // Names of files are for those who may open them.
      files: mayWorkOnCase(user, facts) ? await caseFiles(db, key) : [],
      path: await casePath(db, key),
    },
  };
}

async function readFacts({ db, personal }: TaskContext, key: string, inFull: boolean): Promise<{ list: CaseFact[]; personal: boolean }> {
  const rows: { name: string; value: string }[] = await db('read_model.variable_value').select('name', 'value').where({ scope_key: key }).whereIn('name', [...factNames]);
  const values = new Map(rows.map((row) => [row.name, JSON.parse(row.value) as JsonValue]));
  const data = await personal();
  let any = false;
  const list = factNames.flatMap((name): CaseFact[] => {
    const value = values.get(name);
    if (value === undefined || value === null || value === '') return [];
    const shown = data.mask(name, value);
    any ||= shown.masked;
    return [inFull ? { name, value, masked: false } : { name, value: shown.value, masked: shown.masked }];
  });
  return { list, personal: any };
}

async function caseComments(db: Database, key: string): Promise<CaseComment[]> {
  const rows: { id: string; at: Date; author: string; text: string }[] = await db('app.case_comment').select('id', 'at', 'author', 'text').where({ process_instance_key: key }).orderBy('id');
  return rows.map((row) => ({ ...row, at: iso(row.at) }));
}

interface FileRow {
  id: string;
  name: string;
  media_type: string;
  size: number;
  uploaded_at: Date;
  uploaded_by: string;
}

async function caseFiles(db: Database, key: string): Promise<StoredFile[]> {
  const rows: FileRow[] = await db('app.stored_file').where({ process_instance_key: key }).orderBy('uploaded_at');
  return rows.map(storedFile);
}

/** A stored file as pages know it. */
export function storedFile(row: FileRow): StoredFile {
  return { id: row.id, name: row.name, mediaType: row.media_type, size: row.size, uploadedAt: iso(row.uploaded_at), uploadedBy: row.uploaded_by };
}
