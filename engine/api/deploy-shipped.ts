import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from 'pino';
import type { Clock } from '../contract/clock.ts';
import type { Database } from '../database/connect.ts';
import { decisionGraph, processReferences } from './design/read-resources.ts';
import type { GatewayClient } from './gateway-client.ts';

export interface DeployShippedOptions {
  /** Folder with `processes/` and `forms/`. */
  shippedDir: string;
  db: Database;
  client: Pick<GatewayClient, 'deployResources'>;
  clock: Clock;
  log: Logger;
}

export interface ShippedDeployment {
  /** Names of the files handed to the engine; empty when nothing has changed. */
  deployed: string[];
  /** Names of the files left out because an owner has published the resource since. */
  skipped: string[];
}

interface ShippedFile {
  name: string;
  content: string;
  checksum: string;
  /** `kind:id` of what it holds, as publications name it. */
  holds: string[];
}

/**
 * Deploys the procedures that come with the product, all in one deployment, when any of them differs from what was deployed
 * last. What an owner has published since stays theirs. Needs the schemas `app` and `read_model`.
 * @throws GatewayError with the engine's reasons when it refuses them
 */
export async function deployShipped({ shippedDir, db, client, clock, log }: DeployShippedOptions): Promise<ShippedDeployment> {
  const files = await shippedFiles(shippedDir);
  const owned = await publishedByOwners(db);
  const skipped = files.filter((file) => file.holds.some((id) => owned.has(id)));
  const ours = files.filter((file) => !skipped.includes(file));
  const known = new Map((await db('app.shipped_resource').select<{ name: string; checksum: string }[]>('name', 'checksum')).map((row) => [row.name, row.checksum]));
  for (const file of skipped) if (known.get(file.name) !== file.checksum) log.info({ file: file.name }, 'an owner has published this since: the shipped version stays out');
  // An engine that starts empty has none of them, whatever was noted here.
  const empty = (await db('read_model.process_definition').select('key').where({ deleted: false }).first()) === undefined;
  if (ours.length === 0 || (!empty && ours.every((file) => known.get(file.name) === file.checksum))) return { deployed: [], skipped: skipped.map((file) => file.name) };
  await client.deployResources(ours.map(({ name, content }) => ({ name, content })));
  await db('app.shipped_resource')
    .insert(ours.map(({ name, checksum }) => ({ name, checksum, deployed_at: new Date(clock.now()) })))
    .onConflict('name')
    .merge();
  log.info({ files: ours.length, skipped: skipped.length }, 'shipped procedures deployed');
  return { deployed: ours.map((file) => file.name), skipped: skipped.map((file) => file.name) };
}

async function shippedFiles(shippedDir: string): Promise<ShippedFile[]> {
  const found = await Promise.all(['processes', 'forms'].map((folder) => filesBelow(path.join(shippedDir, folder))));
  const names = found.flat().filter((file) => /\.(bpmn|dmn|form)$/.test(file)).sort();
  return Promise.all(
    names.map(async (file): Promise<ShippedFile> => {
      const content = await readFile(file, 'utf8');
      const name = path.relative(shippedDir, file).split(path.sep).join('/');
      return { name, content, checksum: createHash('sha256').update(content).digest('hex'), holds: heldBy(name, content) };
    }),
  );
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const inside = await Promise.all(entries.map((entry) => (entry.isDirectory() ? filesBelow(path.join(folder, entry.name)) : Promise.resolve([path.join(folder, entry.name)]))));
  return inside.flat();
}

function heldBy(name: string, content: string): string[] {
  if (name.endsWith('.bpmn')) return processReferences(content).processIds.map((id) => `process:${id}`);
  if (name.endsWith('.dmn')) return [`decision:${decisionGraph(content).id}`];
  return [`form:${String((JSON.parse(content) as { id?: unknown }).id)}`];
}

async function publishedByOwners(db: Database): Promise<Set<string>> {
  const rows: { resources: { kind: string; id: string }[] }[] = await db('app.publication').select('resources');
  return new Set(rows.flatMap((row) => row.resources.map((each) => `${each.kind}:${each.id}`)));
}
