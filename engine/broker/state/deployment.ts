import { compareKeys, type Key } from '../../protocol/key.ts';
import { DEFAULT_TENANT, idIn, ownedBy, tenantOf } from '../../protocol/tenant.ts';
import { readDecisions, type DecisionModel } from '../decisions/index.ts';
import type { ExecutableProcess } from '../model/executable-process.ts';
import { readProcesses } from '../model/read-process.ts';
import type { EngineState } from './engine-state.ts';
import { decisionRequirements, decisions, DEFINITIONS, forms, processes, versions, type DecisionRequirementsRow, type DecisionRow, type FormRow, type ProcessRow, type VersionRow } from './tables.ts';

// ---------------------------------------------------------------- queries
const newest = <Row extends { version: number }>(rows: Row[]): Row | undefined => rows.reduce<Row | undefined>((best, row) => (best === undefined || row.version > best.version ? row : best), undefined);

export const processByKey = (state: EngineState, key: Key): ProcessRow | undefined => state.rows.getIn(DEFINITIONS, processes, key);

export const latestProcess = (state: EngineState, bpmnProcessId: string, tenantId?: string): ProcessRow | undefined => newest(state.rows.find(DEFINITIONS, processes, 'id', idIn(tenantId, bpmnProcessId)));

/** The newest version of a process that fits. */
export const newestProcess = (state: EngineState, bpmnProcessId: string, tenantId: string | undefined, fits: (row: ProcessRow) => boolean): ProcessRow | undefined => newest(state.rows.find(DEFINITIONS, processes, 'id', idIn(tenantId, bpmnProcessId)).filter(fits));

export const processVersion = (state: EngineState, bpmnProcessId: string, version: number, tenantId?: string): ProcessRow | undefined => state.rows.find(DEFINITIONS, processes, 'id', idIn(tenantId, bpmnProcessId)).find((row) => row.version === version);

/** The newest version of every process a tenant has deployed, oldest deployment first. */
export function latestProcesses(state: EngineState, tenantId?: string): ProcessRow[] {
  const latest = new Map<string, ProcessRow>();
  for (const row of state.rows.all(DEFINITIONS, processes)) {
    if (tenantOf(row) !== (tenantId ?? DEFAULT_TENANT)) continue;
    const known = latest.get(row.bpmnProcessId);
    if (known === undefined || row.version > known.version) latest.set(row.bpmnProcessId, row);
  }
  return [...latest.values()].sort((a, b) => compareKeys(a.key, b.key));
}

export const latestForm = (state: EngineState, formId: string, tenantId?: string): FormRow | undefined => newest(state.rows.find(DEFINITIONS, forms, 'id', idIn(tenantId, formId)));

export const latestDecision = (state: EngineState, decisionId: string, tenantId?: string): DecisionRow | undefined => newest(state.rows.find(DEFINITIONS, decisions, 'id', idIn(tenantId, decisionId)));

export const decisionByKey = (state: EngineState, key: Key): DecisionRow | undefined => state.rows.getIn(DEFINITIONS, decisions, key);

export const latestRequirements = (state: EngineState, id: string, tenantId?: string): DecisionRequirementsRow | undefined => newest(state.rows.find(DEFINITIONS, decisionRequirements, 'id', idIn(tenantId, id)));

export const requirementsByKey = (state: EngineState, key: Key): DecisionRequirementsRow | undefined => state.rows.getIn(DEFINITIONS, decisionRequirements, key);

export const decisionsOf = (state: EngineState, requirementsKey: Key): DecisionRow[] => state.rows.find(DEFINITIONS, decisions, 'requirements', requirementsKey);

export const formByKey = (state: EngineState, key: Key): FormRow | undefined => state.rows.getIn(DEFINITIONS, forms, key);

/** The executable model behind a process definition; parsed once. */
export function modelOf(state: EngineState, processDefinitionKey: Key): ExecutableProcess {
  let model = state.models.get(processDefinitionKey);
  if (model === undefined) {
    const row = processByKey(state, processDefinitionKey);
    if (row === undefined) throw new Error(`process definition ${processDefinitionKey} is gone`);
    for (const each of readProcesses(row.xml).processes) if (each.id === row.bpmnProcessId) model = each;
    if (model === undefined) throw new Error(`resource '${row.resourceName}' does not hold process '${row.bpmnProcessId}'`);
    state.models.set(processDefinitionKey, model);
  }
  return model;
}

/** The decision model behind a requirements graph; parsed once. */
export function decisionModelOf(state: EngineState, requirementsKey: Key): DecisionModel {
  let model = state.decisionModels.get(requirementsKey);
  if (model === undefined) {
    const row = requirementsByKey(state, requirementsKey);
    if (row === undefined) throw new Error(`decision requirements ${requirementsKey} are gone`);
    state.decisionModels.set(requirementsKey, (model = readDecisions(row.xml)));
  }
  return model;
}

// ---------------------------------------------------------------- events
function nextVersion(state: EngineState, kind: string, id: string): number {
  const key = `${kind}|${id}`;
  const row: VersionRow = { latest: (state.rows.getIn(DEFINITIONS, versions, key)?.latest ?? 0) + 1 };
  state.rows.put(DEFINITIONS, versions, key, row);
  return row.latest;
}

const base64 = (text: string): string => {
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
};

/** Of decisions a number is free again once its version and all after it are deleted (Zeebe 8.5.8). */
const versionAfter = (row: { version: number } | undefined): number => (row?.version ?? 0) + 1;

export function processCreated(state: EngineState, process: Omit<ProcessRow, 'key' | 'version'>, model: ExecutableProcess): ProcessRow {
  const row: ProcessRow = { ...process, key: state.mintKey(), version: nextVersion(state, 'process', idIn(process.tenantId, process.bpmnProcessId)) };
  state.record('PROCESS', 'CREATED', row.key, {
    bpmnProcessId: row.bpmnProcessId,
    version: row.version,
    processDefinitionKey: row.key,
    resourceName: row.resourceName,
    checksum: row.checksum,
    resource: base64(row.xml),
    duplicate: false,
    tenantId: tenantOf(row),
  });
  state.rows.put(DEFINITIONS, processes, row.key, row);
  state.models.set(row.key, model);
  return row;
}

export function formCreated(state: EngineState, form: Omit<FormRow, 'key' | 'version'>): FormRow {
  const row: FormRow = { ...form, key: state.mintKey(), version: nextVersion(state, 'form', idIn(form.tenantId, form.formId)) };
  state.record('FORM', 'CREATED', row.key, { formId: row.formId, version: row.version, formKey: row.key, resourceName: row.resourceName, checksum: row.checksum, resource: base64(row.content), duplicate: false, tenantId: tenantOf(row) });
  state.rows.put(DEFINITIONS, forms, row.key, row);
  return row;
}

export function decisionRequirementsCreated(state: EngineState, requirements: Omit<DecisionRequirementsRow, 'key' | 'version'>, model: DecisionModel): DecisionRequirementsRow {
  const row: DecisionRequirementsRow = { ...requirements, key: state.mintKey(), version: versionAfter(latestRequirements(state, requirements.id, requirements.tenantId)) };
  state.record('DECISION_REQUIREMENTS', 'CREATED', row.key, {
    decisionRequirementsId: row.id,
    decisionRequirementsName: row.name,
    decisionRequirementsVersion: row.version,
    decisionRequirementsKey: row.key,
    namespace: row.namespace,
    resourceName: row.resourceName,
    checksum: row.checksum,
    resource: base64(row.xml),
    duplicate: false,
    tenantId: tenantOf(row),
  });
  state.rows.put(DEFINITIONS, decisionRequirements, row.key, row);
  state.decisionModels.set(row.key, model);
  return row;
}

export function decisionCreated(state: EngineState, decision: { decisionId: string; name: string }, requirements: DecisionRequirementsRow): DecisionRow {
  const row: DecisionRow = { ...decision, key: state.mintKey(), version: versionAfter(latestDecision(state, decision.decisionId, requirements.tenantId)), requirementsKey: requirements.key, requirementsId: requirements.id, ...ownedBy(requirements.tenantId) };
  state.record('DECISION', 'CREATED', row.key, {
    decisionId: row.decisionId,
    decisionName: row.name,
    version: row.version,
    decisionKey: row.key,
    decisionRequirementsId: requirements.id,
    decisionRequirementsKey: requirements.key,
    duplicate: false,
    tenantId: tenantOf(row),
  });
  state.rows.put(DEFINITIONS, decisions, row.key, row);
  return row;
}
