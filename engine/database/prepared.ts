import { createHash } from 'node:crypto';
import type { Knex } from 'knex';

interface Connection {
  query<Row>(query: { name: string; text: string; values: readonly unknown[] }): Promise<{ rows: Row[] }>;
}

const names = new Map<string, string>();

/** Runs a statement (`$1`, `$2`, …) that each connection has the server plan once. For texts of which there are few, run often. */
export async function prepared<Row = never>(trx: Knex.Transaction, text: string, values: readonly unknown[]): Promise<Row[]> {
  let name = names.get(text);
  if (name === undefined) names.set(text, (name = createHash('md5').update(text).digest('hex')));
  const connection = (await (trx.client as { acquireConnection(): Promise<Connection> }).acquireConnection());
  return (await connection.query<Row>({ name, text, values })).rows;
}
