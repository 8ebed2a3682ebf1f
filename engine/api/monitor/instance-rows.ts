import type { Knex } from 'knex';
import type { InstanceState, InstanceSummary } from '../../contract/api.ts';
import { ProductError } from '../../contract/errors.ts';
import type { Database } from '../../database/connect.ts';
import { SEARCH_TEXT } from '../../projection/index.ts';
import type { WorkingCalendar } from '../../workers/calendar/working-calendar.ts';
import { dueOf } from '../due.ts';
import { elementNames } from '../element-names.ts';
import { maskText } from '../masking.ts';
import { containing, iso, MOST_COUNTED, offsetOf, type Paging } from '../request.ts';

export interface InstanceRow {
  key: string;
  process_definition_key: string;
  bpmn_process_id: string;
  process_name: string;
  process_name_en: string | null;
  version: number;
  case_no: string | null;
  business_key: string | null;
  customer_name: string | null;
  state: InstanceState;
  incidents: string;
  active: { elementId: string; name: string; nameEn: string | null }[] | null;
  due_at: Date | null;
  started_at: Date;
  ended_at: Date | null;
  parent_instance_key: string | null;
}

export interface InstanceFilter extends Paging {
  bpmnProcessId?: string | undefined;
  version?: number | undefined;
  state?: InstanceState | undefined;
  incident?: boolean | undefined;
  search?: string | undefined;
  elementId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  sort: InstanceSort;
}

export const instanceSorts = ['-startedAt', 'startedAt', '-endedAt', 'endedAt', 'due', '-due', 'caseNo', '-caseNo'] as const;
export type InstanceSort = (typeof instanceSorts)[number];

const sortColumns: Readonly<Record<string, string>> = { startedAt: 'p.started_at', endedAt: 'p.ended_at', due: 'p.due_at', caseNo: 'p.case_no' };

/** How many instances a search of one or two characters looks at, the newest. */
const NEWEST = 100_000;

const NAMES = elementNames('e');

/** Details of the instances on one page, after filter and paging have picked them. */
const COLUMNS = `p.key, p.process_definition_key, p.bpmn_process_id, p.version, p.case_no, p.business_key, p.customer_name, p.state, p.due_at, p.started_at, p.ended_at, p.parent_instance_key, d.name as process_name, d.name_en as process_name_en,
  (select count(*) from read_model.incident i where i.process_instance_key = p.key and i.state = 'open') as incidents,
  (select jsonb_agg(distinct jsonb_build_object('elementId', e.element_id, 'name', ${NAMES.name}, 'nameEn', ${NAMES.nameEn}))
     from read_model.element_instance e where e.process_instance_key = p.key and e.state = 'active' and e.type not in ('PROCESS', 'SUB_PROCESS', 'EVENT_SUB_PROCESS', 'MULTI_INSTANCE_BODY')) as active`;

/** One page of instances. */
export async function listInstances(db: Database, filter: InstanceFilter): Promise<{ rows: InstanceRow[]; total: number }> {
  const query = db('read_model.process_instance as p');
  if (filter.bpmnProcessId !== undefined) query.where('p.bpmn_process_id', filter.bpmnProcessId);
  if (filter.version !== undefined) query.where('p.version', filter.version);
  if (filter.state !== undefined) query.where('p.state', filter.state);
  if (filter.from !== undefined) query.where('p.started_at', '>=', new Date(filter.from));
  if (filter.to !== undefined) query.where('p.started_at', '<=', new Date(filter.to));
  if (filter.incident === true) query.whereExists(db('read_model.incident as i').select(db.raw('1')).whereRaw('i.process_instance_key = p.key').where('i.state', 'open'));
  if (filter.elementId !== undefined) query.whereExists(db('read_model.element_instance as e').select(db.raw('1')).whereRaw('e.process_instance_key = p.key').where({ 'e.element_id': filter.elementId, 'e.state': 'active' }));
  if (filter.search !== undefined && filter.search !== '') {
    const { search } = filter;
    query.where((some) => {
      some.whereRaw(`${SEARCH_TEXT} <> '' and ${SEARCH_TEXT} ilike ?`, [containing(search)]);
      if (/^[1-9]\d{0,18}$/.test(search)) some.orWhere('p.key', search);
    });
    // The index knows three characters and more.
    if ([...search].length < 3) query.whereIn('p.key', db('read_model.process_instance').select('key').orderBy([{ column: 'started_at', order: 'desc' }, { column: 'key', order: 'desc' }]).limit(NEWEST));
  }
  const counted = (await db.from(query.clone().select(db.raw('1')).limit(MOST_COUNTED + 1).as('found')).count({ count: '*' }).first()) as { count: string };
  const keys = offsetOf(filter) < MOST_COUNTED ? await pageOfKeys(query, filter) : [];
  const rows = await instancesByKey(db, keys);
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return { rows: keys.flatMap((key) => byKey.get(key) ?? []), total: Number(counted.count) };
}

/** Keys of the page, those without a value of what is sorted by last: two questions, each of which an index answers in order. */
async function pageOfKeys(query: Knex.QueryBuilder, filter: InstanceFilter): Promise<string[]> {
  const column = sortColumns[filter.sort.replace('-', '')]!;
  const direction = filter.sort.startsWith('-') ? 'desc' : 'asc';
  const ordered = (part: Knex.QueryBuilder, by: string, offset: number, limit: number): Promise<string[]> => part.orderByRaw(by).offset(offset).limit(limit).pluck('p.key') as unknown as Promise<string[]>;
  const offset = offsetOf(filter);
  const keys = await ordered(query.clone().whereNotNull(column), `${column} ${direction}, p.key ${direction}`, offset, filter.pageSize);
  if (keys.length === filter.pageSize || column === 'p.started_at') return keys;
  const known = keys.length > 0 ? offset + keys.length : Number(((await query.clone().whereNotNull(column).count({ count: '*' }).first()) as { count: string }).count);
  return [...keys, ...(await ordered(query.clone().whereNull(column), `p.started_at ${direction}, p.key ${direction}`, Math.max(0, offset - known), filter.pageSize - keys.length))];
}

/** The instance, or `not_found`. */
export async function findInstance(db: Database, key: string): Promise<InstanceRow> {
  const [row] = await instancesByKey(db, [key]);
  if (row === undefined) throw new ProductError('not_found', `Expected to find process instance '${key}', but there is none`);
  return row;
}

async function instancesByKey(db: Database, keys: readonly string[]): Promise<InstanceRow[]> {
  if (keys.length === 0) return [];
  const { rows } = await db.raw<{ rows: InstanceRow[] }>(`select ${COLUMNS} from read_model.process_instance p join read_model.process_definition d on d.key = p.process_definition_key where p.key = any(?)`, [[...keys]]);
  return rows;
}

/** The instance as tables show it; the customer's name masked, as all personal data in monitoring. */
export function instanceSummary(row: InstanceRow, calendar: WorkingCalendar, now: number): InstanceSummary {
  return {
    key: row.key,
    processDefinitionKey: row.process_definition_key,
    bpmnProcessId: row.bpmn_process_id,
    processName: row.process_name,
    processNameEn: row.process_name_en,
    version: row.version,
    caseNo: row.case_no,
    businessKey: row.business_key,
    customerName: row.customer_name === null ? null : maskText(row.customer_name),
    state: row.state,
    incidents: Number(row.incidents),
    activeElements: row.active ?? [],
    due: dueOf(calendar, row.started_at.getTime(), row.due_at?.getTime() ?? null, row.ended_at?.getTime() ?? now),
    startedAt: iso(row.started_at),
    endedAt: iso(row.ended_at),
    parentInstanceKey: row.parent_instance_key,
  };
}
