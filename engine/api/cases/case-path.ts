import type { CasePath } from '../../contract/api.ts';
import type { Database } from '../../database/connect.ts';

/** Where an instance stands and went, as element and flow ids. */
export async function casePath(db: Database, key: string): Promise<CasePath> {
  const elements: { element_id: string; active: boolean; completed: boolean }[] = await db('read_model.element_instance')
    .select('element_id', db.raw("bool_or(state = 'active') as active"), db.raw("bool_or(state = 'completed') as completed"))
    .where({ process_instance_key: key })
    .whereNot({ type: 'PROCESS' })
    .groupBy('element_id');
  const incidents: string[] = await db('read_model.incident').distinct().where({ process_instance_key: key, state: 'open' }).pluck('element_id');
  const takenFlows: string[] = await db('read_model.taken_flow').distinct().where({ process_instance_key: key }).pluck('flow_id');
  return { active: elements.filter((each) => each.active).map((each) => each.element_id), completed: elements.filter((each) => each.completed && !each.active).map((each) => each.element_id), incidents, takenFlows };
}
