import type { Database } from '../../database/connect.ts';
import type { JsonObject, JsonValue } from '../../contract/json.ts';

/** Variables visible at an element instance: those of its own scope and the scopes around it, the nearest of a name. */
export async function visibleVariables(db: Database, elementInstanceKey: string): Promise<JsonObject> {
  const { rows } = await db.raw<{ rows: { name: string; value: string }[] }>(
    `with recursive around(scope_key, depth) as (
       select ?::bigint, 0
       union all
       select e.flow_scope_key, a.depth + 1 from around a join read_model.element_instance e on e.key = a.scope_key where e.flow_scope_key > 0
     )
     select distinct on (v.name) v.name, v.value from around a join read_model.variable_value v on v.scope_key = a.scope_key order by v.name, a.depth`,
    [elementInstanceKey],
  );
  return Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value) as JsonValue]));
}
