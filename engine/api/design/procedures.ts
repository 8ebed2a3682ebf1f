import type { ProcedureCard, ProcedureDetail, PublishedChange } from '../../contract/api.ts';
import { ProductError } from '../../contract/errors.ts';
import type { Database } from '../../database/connect.ts';
import { readOutline } from '../../projection/index.ts';
import { iso } from '../request.ts';
import { checkProcedure } from './check-procedure.ts';
import { onceRead } from './read-resources.ts';
import { contentOf, readResources, resourcesOf, type ResourceState } from './resource-states.ts';

/** Cards of all procedures, by the manual's numbering. */
export async function procedureCards(db: Database): Promise<ProcedureCard[]> {
  const all = await readResources(db);
  const counts = await countInstances(db);
  const cards = all.filter((each) => each.kind === 'process').map((process) => cardOf(process, all, counts));
  return cards.sort((a, b) => (a.code ?? '~').localeCompare(b.code ?? '~', 'en', { numeric: true }) || a.name.localeCompare(b.name));
}

/** One procedure with its resources and publications; `not_found` when there is none. */
export async function procedureDetail(db: Database, bpmnProcessId: string): Promise<ProcedureDetail> {
  const all = await readResources(db);
  const process = all.find((each) => each.kind === 'process' && each.id === bpmnProcessId);
  if (process === undefined) throw new ProductError('not_found', `Expected to find procedure '${bpmnProcessId}', but it is neither deployed nor drafted`);
  return {
    ...cardOf(process, all, await countInstances(db)),
    resources: resourcesOf(all, bpmnProcessId).map((each) => ({ kind: each.kind, id: each.id, name: each.name, hasDraft: each.draft !== null, changedAt: iso(each.changedAt), changedBy: each.changedBy })),
    history: await publications(db, bpmnProcessId),
  };
}

interface Counts {
  bpmn_process_id: string;
  running: string;
  incidents: string;
}

async function countInstances(db: Database): Promise<Map<string, Counts>> {
  const { rows } = await db.raw<{ rows: Counts[] }>(
    `select p.bpmn_process_id, p.running, coalesce(i.incidents, 0) as incidents
     from (select bpmn_process_id, count(*) as running from read_model.process_instance where state = 'active' group by 1) p
     left join (select bpmn_process_id, count(*) as incidents from read_model.incident where state = 'open' group by 1) i using (bpmn_process_id)`,
  );
  return new Map(rows.map((row) => [row.bpmn_process_id, row]));
}

function cardOf(process: ResourceState, all: readonly ResourceState[], counts: ReadonlyMap<string, Counts>): ProcedureCard {
  const outline = onceRead(`outline:${process.id}`, contentOf(process), (xml) => readOutline(xml, process.id));
  const resources = resourcesOf(all, process.id);
  const problems = checkProcedure(all, process.id);
  const newest = resources.reduce((last, each) => ((each.changedAt?.getTime() ?? 0) > (last.changedAt?.getTime() ?? 0) ? each : last), process);
  const count = counts.get(process.id);
  return {
    bpmnProcessId: process.id,
    name: process.name,
    nameEn: outline.nameEn,
    code: outline.code,
    publishedVersion: process.published?.version ?? null,
    hasDraft: resources.some((each) => each.draft !== null),
    runningInstances: Number(count?.running ?? 0),
    openIncidents: Number(count?.incidents ?? 0),
    problems: { errors: problems.filter((each) => each.severity === 'error').length, warnings: problems.filter((each) => each.severity === 'warning').length },
    changedAt: iso(newest.changedAt),
    changedBy: newest.changedBy,
  };
}

/** Publications, newest first; versions deployed otherwise (with the product, by a command line) stand among them by `system`. */
async function publications(db: Database, bpmnProcessId: string): Promise<PublishedChange[]> {
  const rows: { version: number; at: Date; by_name: string; comment: string; resources: PublishedChange['resources'] }[] = await db('app.publication').where({ bpmn_process_id: bpmnProcessId }).orderBy('id', 'desc');
  const versions: { version: number; deployed_at: Date }[] = await db('read_model.process_definition').select('version', 'deployed_at').where({ bpmn_process_id: bpmnProcessId });
  const known = new Set(rows.filter((row) => row.resources.some((each) => each.kind === 'process')).map((row) => row.version));
  const others = versions.filter(({ version }) => !known.has(version)).map(({ version, deployed_at }) => ({ version, at: deployed_at, by_name: 'system', comment: '', resources: [{ kind: 'process' as const, id: bpmnProcessId }] }));
  return [...rows, ...others].sort((a, b) => b.at.getTime() - a.at.getTime()).map(({ version, at, by_name: by, comment, resources }) => ({ version, at: iso(at), by, comment, resources }));
}
