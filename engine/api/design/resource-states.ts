import type { ResourceKind } from '../../contract/api.ts';
import type { Database } from '../../database/connect.ts';
import { XmlError } from '../../projection/index.ts';
import { decisionGraph, processReferences } from './read-resources.ts';

/** A diagram, form or decision: what runs, and the draft beside it. */
export interface ResourceState {
  kind: ResourceKind;
  id: string;
  name: string;
  /** Procedure a draft was added to. */
  bpmnProcessId: string | null;
  published: { content: string; version: number; resourceName: string; at: Date } | null;
  draft: string | null;
  revision: number;
  changedAt: Date | null;
  changedBy: string | null;
}

interface PublishedRow {
  kind: ResourceKind;
  id: string;
  name: string;
  version: number;
  resource_name: string;
  content: string;
  at: Date;
}

interface DraftRow {
  kind: ResourceKind;
  id: string;
  bpmn_process_id: string | null;
  name: string;
  content: string | null;
  revision: number;
  changed_at: Date;
  changed_by: string;
}

const PUBLISHED = `
  select 'process' as kind, bpmn_process_id as id, name, version, resource_name, xml as content, deployed_at as at from (select distinct on (bpmn_process_id) * from read_model.process_definition where not deleted order by bpmn_process_id, version desc) p
  union all
  select 'form', form_id, form_id, version, resource_name, content, deployed_at from (select distinct on (form_id) * from read_model.form_definition where not deleted order by form_id, version desc) f
  union all
  select 'decision', id, name, version, resource_name, xml, deployed_at from (select distinct on (id) * from read_model.decision_requirements where not deleted order by id, version desc) d`;

/** Every resource there is, deployed or drafted. */
export async function readResources(db: Database): Promise<ResourceState[]> {
  const { rows } = await db.raw<{ rows: PublishedRow[] }>(PUBLISHED);
  const drafts: DraftRow[] = await db('app.design_draft');
  const states = new Map<string, ResourceState>();
  for (const row of rows) {
    states.set(`${row.kind}:${row.id}`, { kind: row.kind, id: row.id, name: row.name, bpmnProcessId: null, published: { content: row.content, version: row.version, resourceName: row.resource_name, at: row.at }, draft: null, revision: 0, changedAt: row.at, changedBy: null });
  }
  for (const row of drafts) {
    const known = states.get(`${row.kind}:${row.id}`);
    if (known === undefined && row.content === null) continue; // a discarded draft of what was never published
    const changed = { bpmnProcessId: row.bpmn_process_id, draft: row.content, revision: row.revision, changedAt: row.changed_at, changedBy: row.changed_by };
    states.set(`${row.kind}:${row.id}`, { kind: row.kind, id: row.id, name: row.name, published: null, ...known, ...changed });
  }
  return [...states.values()].map((state) => ({ ...state, name: nameIn(state) ?? state.name }));
}

/** What an editor would open. */
export function contentOf(state: ResourceState): string {
  return state.draft ?? state.published?.content ?? '';
}

function nameIn(state: ResourceState): string | null {
  try {
    if (state.kind === 'process') return processReferences(contentOf(state)).name || null;
    if (state.kind === 'decision') return decisionGraph(contentOf(state)).name || null;
    return formTitle(contentOf(state));
  } catch (error) {
    if (error instanceof XmlError || error instanceof SyntaxError) return null; // a draft may be broken; the check says so
    throw error;
  }
}

/** A form has no name of its own: its first heading is one. */
function formTitle(content: string): string | null {
  const { components } = JSON.parse(content) as { components?: { type?: string; text?: string }[] };
  const heading = Array.isArray(components) ? components.find((each) => each?.type === 'text' && typeof each.text === 'string' && each.text.startsWith('#')) : undefined;
  return heading?.text?.split('\n')[0]?.replace(/^#+\s*/, '').trim() || null;
}

/** Decisions the platform asks and no diagram names, by the procedure in whose workspace their owners find them. */
const homes: Readonly<Record<string, string>> = { personal_data_minimum: 'identity_verification', data_classification: 'security_incident' };

/** Resources of a procedure: its diagram, the forms and decisions it names, and drafts added to it. */
export function resourcesOf(all: readonly ResourceState[], bpmnProcessId: string): ResourceState[] {
  const process = all.find((each) => each.kind === 'process' && each.id === bpmnProcessId);
  if (process === undefined) return [];
  const named = namedBy(process);
  const belongs = (each: ResourceState): boolean => {
    if (each.kind === 'process') return false;
    if (each.bpmnProcessId === bpmnProcessId) return true;
    return each.kind === 'form' ? named.forms.has(each.id) : decisionsIn(each).some((id) => named.decisions.has(id) || homes[id] === bpmnProcessId);
  };
  const order = (each: ResourceState): string => `${each.kind === 'form' ? 0 : 1}${each.id}`;
  return [process, ...all.filter(belongs).sort((a, b) => order(a).localeCompare(order(b)))];
}

function namedBy(process: ResourceState): { forms: Set<string>; decisions: Set<string> } {
  try {
    const references = processReferences(contentOf(process));
    return { forms: new Set(references.forms.map((each) => each.formId)), decisions: new Set(references.decisions.map((each) => each.decisionId)) };
  } catch (error) {
    if (error instanceof XmlError) return { forms: new Set(), decisions: new Set() };
    throw error;
  }
}

/** Ids of the decisions a DMN resource holds; none while it is broken. */
export function decisionsIn(state: ResourceState): string[] {
  try {
    return decisionGraph(contentOf(state)).decisionIds;
  } catch (error) {
    if (error instanceof XmlError) return [];
    throw error;
  }
}
