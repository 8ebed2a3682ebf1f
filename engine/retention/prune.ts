import type { Knex } from 'knex';
import type { Database } from '../database/connect.ts';
import { planByKey } from '../database/plan-by-key.ts';
import { instanceTables } from '../projection/index.ts';

// Records that tell of definitions stay for ever: a read model built anew from the log needs them. The first line of a batch names the kinds of its records;
// in batches of earlier versions each line is a record, which begins with key and value type, or is a whole one.
const DEFINITIONS = '(PROCESS|FORM|DECISION|DECISION_REQUIREMENTS|RESOURCE_DELETION)';
const NAMES_KINDS = '{"format":%';
const KIND_OF_DEFINITION = `"${DEFINITIONS} `;
const LINE_OF_DEFINITION = `(?n)^(\\["[0-9]+","${DEFINITIONS}",|\\{.*"valueType":"${DEFINITIONS}")`;

/** What a round has removed. */
export interface Pruned {
  instances: number;
  /** Batches of the record log. */
  batches: number;
}

/**
 * Removes from the read model process instances that ended before `before`, with those they called, at most about `limit` of them; then the
 * part of the record log that tells of none of the others. One transaction each; call it again while it removes something.
 */
export async function prune(db: Database, before: Date, limit: number): Promise<Pruned> {
  const instances = await pruneInstances(db, before, limit);
  return { instances, batches: await pruneLog(db, limit) };
}

async function pruneInstances(db: Database, before: Date, limit: number): Promise<number> {
  return db.transaction(async (trx) => {
    await planByKey(trx);
    const { rows } = await trx.raw<{ rows: { key: string }[] }>(
      `with recursive root as (
         select key from read_model.process_instance where ended_at < ? and parent_instance_key is null order by ended_at limit ?
       ), family as (
         select key from root union select child.key from family join read_model.process_instance child on child.parent_instance_key = family.key
       ) select key from family`,
      [before, limit],
    );
    const keys = rows.map(({ key }) => key);
    if (keys.length === 0) return 0;
    await uncount(trx, keys);
    for (const table of instanceTables) await trx.raw(`delete from read_model.${table} where process_instance_key = any(?::bigint[])`, [keys]);
    await trx.raw('delete from read_model.process_instance where key = any(?::bigint[])', [keys]);
    return keys.length;
  });
}

/** What is forgotten is no longer counted among what each element completed. */
async function uncount(trx: Knex.Transaction, instances: readonly string[]): Promise<void> {
  await trx.raw(
    `update read_model.element_statistics s set completed = s.completed - gone.count
     from (select process_definition_key, element_id, count(*) as count from read_model.element_instance where process_instance_key = any(?::bigint[]) and state = 'completed' and type <> 'PROCESS' group by 1, 2) gone
     where s.process_definition_key = gone.process_definition_key and s.element_id = gone.element_id`,
    [[...instances]],
  );
}

/** What comes before the first record of the oldest instance that is still known concerns nobody any more. */
async function pruneLog(db: Database, limit: number): Promise<number> {
  return db.transaction(async (trx) => {
    await planByKey(trx);
    const { rows: horizons } = await trx.raw<{ rows: { partition: number; horizon: string }[] }>(
      `select p.partition, coalesce((
           select min(r.first_position) from read_model.instance_record r where r.partition = p.partition and r.process_instance_key in (
             select key from read_model.process_instance i order by i.started_at limit 100)
         ), p.position) as horizon
       from read_model.position p`,
    );
    let batches = 0;
    for (const { partition, horizon } of horizons) {
      const { rows } = await trx.raw<{ rows: unknown[] }>(
        `with pruned as (select last_position from broker.record_batch where partition = :partition and last_position < :horizon and last_position > coalesce((select last_position from broker.pruned where partition = :partition), 0) order by last_position limit :limit),
           kept as (insert into broker.pruned select :partition, max(last_position) from pruned having max(last_position) is not null on conflict (partition) do update set last_position = excluded.last_position)
         delete from broker.record_batch b using pruned where b.partition = :partition and b.last_position = pruned.last_position
           and case when b.records like :names then split_part(b.records, e'\\n', 1) !~ :kind else b.records !~ :line end returning 1`,
        { partition, horizon, limit, names: NAMES_KINDS, kind: KIND_OF_DEFINITION, line: LINE_OF_DEFINITION },
      );
      batches += rows.length;
    }
    return batches;
  });
}
