import type pg from 'pg';

/** Schemas of the product. */
export const SCHEMAS = ['broker', 'app', 'read_model'] as const;
/** Tables that tell which steps a schema has taken. */
export const MIGRATION_TABLES: ReadonlySet<string> = new Set(['migration', 'migration_lock']);

/** A table and the columns that hold something. */
export interface StoredTable {
  schema: string;
  name: string;
  columns: string[];
}

/** Tables of the product, those others refer to before those that refer. */
export async function readTables(client: pg.ClientBase): Promise<StoredTable[]> {
  const { rows } = await client.query<StoredTable & { id: string; refers_to: string[] }>(
    `select n.nspname as schema, c.relname as name, c.oid::text as id,
       (select array_agg(a.attname::text order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
       (select coalesce(array_agg(f.confrelid::text), '{}') from pg_constraint f where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as refers_to
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1) and c.relkind = 'r' order by n.nspname, c.relname`,
    [SCHEMAS],
  );
  const left = rows.filter(({ name }) => !MIGRATION_TABLES.has(name));
  const ordered: StoredTable[] = [];
  const done = new Set<string>();
  while (left.length > 0) {
    const at = left.findIndex(({ refers_to }) => refers_to.every((id) => done.has(id) || !left.some((other) => other.id === id)));
    if (at < 0) throw new Error(`tables refer to one another in a circle: ${left.map(({ name }) => name).join(', ')}`);
    const [table] = left.splice(at, 1);
    done.add(table!.id);
    ordered.push({ schema: table!.schema, name: table!.name, columns: table!.columns });
  }
  return ordered;
}

/** Names of the steps each schema has taken. */
export async function readSteps(client: pg.ClientBase): Promise<Record<string, string[]>> {
  const steps: Record<string, string[]> = {};
  for (const schema of SCHEMAS) {
    const { rows: [found] } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [`${schema}.migration`]);
    steps[schema] = found!.there ? (await client.query<{ name: string }>(`select name from ${schema}.migration order by name`)).rows.map(({ name }) => name) : [];
  }
  return steps;
}

/** Where each sequence stands; null when it was never used. */
export async function readSequences(client: pg.ClientBase): Promise<Record<string, string | null>> {
  const { rows } = await client.query<{ name: string; last: string | null }>(`select schemaname || '.' || sequencename as name, last_value as last from pg_sequences where schemaname = any($1)`, [SCHEMAS]);
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]));
}
