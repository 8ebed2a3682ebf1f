import type { ElementInstance, InstanceDetail, InstanceState } from '../../contract/api.ts';
import type { Database } from '../../database/connect.ts';
import { elementInstanceNames } from '../element-names.ts';
import { iso } from '../request.ts';
import type { TaskContext } from '../tasks/task-detail.ts';
import { incidentOf, incidentRows } from './incident-rows.ts';
import { findInstance, instanceSummary } from './instance-rows.ts';

interface ElementRow {
  key: string;
  element_id: string;
  name: string;
  name_en: string | null;
  type: string;
  state: ElementInstance['state'];
  flow_scope_key: string;
  started_at: Date;
  ended_at: Date | null;
  incident: boolean;
}

const NAMES = elementInstanceNames();

/** One instance with its element instances, path, incidents and called instances. */
export async function instanceDetail({ db, calendar, clock }: Pick<TaskContext, 'db' | 'calendar' | 'clock'>, key: string): Promise<InstanceDetail> {
  const row = await findInstance(db, key);
  const elements: ElementRow[] = await db('read_model.element_instance as e')
    .join('read_model.process_definition as d', 'd.key', 'e.process_definition_key')
    .select('e.key', 'e.element_id', 'e.type', 'e.state', 'e.flow_scope_key', 'e.started_at', 'e.ended_at', db.raw(`${NAMES.name} as name, ${NAMES.nameEn} as name_en`), db.raw("exists (select 1 from read_model.incident i where i.element_instance_key = e.key and i.state = 'open') as incident"))
    .where('e.process_instance_key', key)
    .orderBy('e.key');
  const takenFlows: string[] = await db('read_model.taken_flow').distinct().where({ process_instance_key: key }).pluck('flow_id');
  return {
    ...instanceSummary(row, await calendar(), clock.now()),
    elements: elements.map((each) => ({ key: each.key, elementId: each.element_id, name: each.name, nameEn: each.name_en, type: each.type, state: each.state, flowScopeKey: each.flow_scope_key, startedAt: iso(each.started_at), endedAt: iso(each.ended_at), incident: each.incident })),
    takenFlows,
    incidentList: (await incidentRows(db, { process_instance_key: key })).map(incidentOf),
    childInstances: await childInstances(db, key),
  };
}

async function childInstances(db: Database, key: string): Promise<InstanceDetail['childInstances']> {
  const rows: { key: string; bpmnProcessId: string; processName: string; processNameEn: string | null; elementId: string; state: InstanceState }[] = await db('read_model.process_instance as p')
    .join('read_model.process_definition as d', 'd.key', 'p.process_definition_key')
    .leftJoin('read_model.element_instance as e', 'e.key', 'p.parent_element_instance_key')
    .select('p.key', { bpmnProcessId: 'p.bpmn_process_id', processName: 'd.name', processNameEn: 'd.name_en', state: 'p.state' }, db.raw('coalesce(e.element_id, \'\') as "elementId"'))
    .where('p.parent_instance_key', key)
    .orderBy('p.key');
  return rows;
}
