import type { JsonObject } from '../../../contract/json.ts';
import { NO_KEY, type Key } from '../../../protocol/key.ts';
import { ownedBy, tenantOf, type Owned } from '../../../protocol/tenant.ts';
import { messageStartsOf } from '../../behaviors/shared/message-start.ts';
import { closeSignalStarts, openSignalStarts } from '../../behaviors/shared/signals.ts';
import { plainTimerProblem, startTimer } from '../../behaviors/shared/timers.ts';
import { DecisionModelError, readDecisions, type DecisionModel } from '../../decisions/index.ts';
import type { ExecutableProcess } from '../../model/executable-process.ts';
import { withoutLifted } from '../../model/beyond-zeebe.ts';
import { checkDiagram } from '../../model/check-diagram.ts';
import { readProcesses, type ModelProblem } from '../../model/read-process.ts';
import { decisionCreated, decisionRequirementsCreated, decisionsOf, formCreated, latestForm, latestProcess, latestRequirements, processCreated } from '../../state/deployment.ts';
import type { EngineState } from '../../state/engine-state.ts';
import { startSubscriptionRecord } from '../../state/message.ts';
import { DEFINITIONS, timers, type DecisionRequirementsRow, type DecisionRow, type FormRow, type ProcessRow } from '../../state/tables.ts';
import { timerCanceled, timerCreated } from '../../state/timer.ts';
import { accept, reject, type CommandHandler, type CommandProcessing } from '../command-handler.ts';

interface Resource {
  name: string;
  content: string;
  checksum: string;
}

type Read = { kind: 'process'; resource: Resource; models: ExecutableProcess[] } | { kind: 'decision'; resource: Resource; model: DecisionModel } | { kind: 'form'; resource: Resource; formId: string };

/** What a deployment has brought about, in the order of its resources. */
export type Deployed = { kind: 'process'; row: ProcessRow } | { kind: 'decision'; row: DecisionRow; requirements: DecisionRequirementsRow } | { kind: 'requirements'; row: DecisionRequirementsRow } | { kind: 'form'; row: FormRow };

/** Deploys BPMN, DMN and forms: all of them or, when one is refused, none. What equals its latest version keeps that version. */
export const deployResources: CommandHandler<'deploy_resources'> = (processing, { resources, tenantId }) => {
  const { state } = processing;
  if (resources.length === 0) return reject('INVALID_ARGUMENT', 'Expected to deploy at least one resource, but none given');
  const problems: string[] = [];
  const read = resources.map((resource) => readResource(resource, problems, state)).filter((each) => each !== null);
  problems.push(...duplicateIds(read));
  if (problems.length > 0) return reject('INVALID_ARGUMENT', `Expected to deploy new resources, but encountered the following errors:\n${problems.join('\n')}`);
  const key = state.mintKey();
  const owner = ownedBy(tenantId);
  const deployed = read.flatMap((each): Deployed[] => {
    if (each.kind === 'process') return each.models.map((model) => ({ kind: 'process', row: deployProcess(processing, each.resource, model, key, owner) }));
    if (each.kind === 'form') return [{ kind: 'form', row: deployForm(processing, each.resource, each.formId, owner) }];
    return deployDecisions(processing, each.resource, each.model, owner);
  });
  state.record('DEPLOYMENT', 'CREATED', key, {
    processesMetadata: deployed.filter((each) => each.kind === 'process').map(({ row }) => ({ bpmnProcessId: row.bpmnProcessId, version: row.version, processDefinitionKey: row.key, resourceName: row.resourceName, tenantId: tenantOf(owner) })),
    formMetadata: deployed.filter((each) => each.kind === 'form').map(({ row }) => ({ formId: row.formId, version: row.version, formKey: row.key, resourceName: row.resourceName, tenantId: tenantOf(owner) })),
    decisionsMetadata: deployed.filter((each) => each.kind === 'decision').map(({ row }) => ({ decisionId: row.decisionId, version: row.version, decisionKey: row.key, decisionName: row.name, tenantId: tenantOf(owner) })),
    decisionRequirementsMetadata: deployed.filter((each) => each.kind === 'requirements').map(({ row }) => ({ decisionRequirementsId: row.id, decisionRequirementsVersion: row.version, decisionRequirementsKey: row.key, resourceName: row.resourceName, tenantId: tenantOf(owner) })),
    tenantId: tenantOf(owner),
  } as unknown as JsonObject);
  return accept({ key, deployed });
};

function readResource(resource: Resource, problems: string[], state: EngineState): Read | null {
  const { name, content } = resource;
  if (/\.(bpmn|xml)$/i.test(name)) {
    const refused = withoutLifted(content, checkDiagram(content));
    const { processes, problems: unread } = refused.length > 0 ? { processes: [], problems: refused } : readProcesses(content);
    const found = unread.length > 0 ? unread : processes.flatMap((model) => timerProblems(model, state));
    if (found.length === 0) return { kind: 'process', resource, models: processes };
    problems.push(`'${name}': ${described(found)}`);
    return null;
  }
  if (/\.dmn$/i.test(name)) {
    try {
      return { kind: 'decision', resource, model: readDecisions(content) };
    } catch (error) {
      if (!(error instanceof DecisionModelError)) throw error;
      problems.push(`'${name}': ${error.message}`);
      return null;
    }
  }
  if (/\.form$/i.test(name)) {
    const form = readFormId(content);
    if ('formId' in form) return { kind: 'form', resource, formId: form.formId };
    problems.push(form.whole ?? `'${name}': ${form.problem}`);
    return null;
  }
  problems.push(`'${name}': unknown resource type`);
  return null;
}

/** As Zeebe tells them: what is wrong with the file as a whole, or each element with its problems. */
function described(problems: readonly ModelProblem[]): string {
  const byElement = new Map<string, string[]>();
  for (const { elementId, message } of problems) byElement.set(elementId, [...(byElement.get(elementId) ?? []), message]);
  return [...byElement].map(([elementId, messages]) => (elementId === '' ? messages.join('\n') : `- Element: ${elementId}\n${messages.map((message) => `    - ERROR: ${message}\n`).join('')}`)).join('');
}

function readFormId(content: string): { formId: string } | { whole?: string; problem?: string } {
  let form: unknown;
  try {
    form = JSON.parse(content);
  } catch {
    return { problem: 'Expected the form to be JSON' };
  }
  if (form === null || typeof form !== 'object' || Array.isArray(form)) return { problem: 'Expected the form to be a JSON object' };
  const { id } = form as { id?: unknown };
  if (id === undefined || id === null) return { whole: 'Expected the form id to be present, but none given' };
  const formId = String(id);
  return formId.trim() === '' ? { whole: 'Expected the form id to be filled, but it is blank' } : { formId };
}

function duplicateIds(read: readonly Read[]): string[] {
  const seen = new Map<string, string>();
  const problems: string[] = [];
  for (const each of read) {
    for (const id of idsOf(each)) {
      const key = `${each.kind} ${id}`;
      const other = seen.get(key);
      if (other !== undefined) problems.push(DUPLICATE[each.kind](id, other, each.resource.name));
      seen.set(key, each.resource.name);
    }
  }
  return problems;
}

function idsOf(each: Read): string[] {
  if (each.kind === 'process') return each.models.map(({ id }) => id);
  return each.kind === 'form' ? [each.formId] : [each.model.id];
}

const DUPLICATE: Record<Read['kind'], (id: string, first: string, second: string) => string> = {
  process: (_id, first, second) => `Duplicated process id in resources '${first}' and '${second}'`,
  form: (id, first, second) => `Expected the form ids to be unique within a deployment but found a duplicated id '${id}' in the resources '${first}' and '${second}'.`,
  decision: (id, first, second) => `Expected the decision requirements ids to be unique within a deployment but found a duplicated id '${id}' in the resources '${first}' and '${second}'.`,
};

const isSame = (row: { checksum: string; resourceName: string } | undefined, resource: Resource): boolean => row !== undefined && row.checksum === resource.checksum && row.resourceName === resource.name;

function deployProcess(processing: CommandProcessing, resource: Resource, model: ExecutableProcess, deploymentKey: Key, owner: Owned): ProcessRow {
  const { state } = processing;
  const before = latestProcess(state, model.id, owner.tenantId);
  if (isSame(before, resource)) return before!;
  const row = processCreated(state, { bpmnProcessId: model.id, resourceName: resource.name, checksum: resource.checksum, xml: resource.content, deploymentKey, ...owner, ...(model.versionTag === undefined ? {} : { versionTag: model.versionTag }) }, model);
  if (before !== undefined) closeStarts(processing, before);
  openStarts(processing, row, model);
  return row;
}

/** Message, signal and timer starts belong to the newest version alone. */
export function closeStarts(processing: CommandProcessing, process: ProcessRow): void {
  const { state } = processing;
  for (const { event, messageName } of messageStartsOf(processing, process)) startSubscriptionRecord(state, 'DELETED', { processDefinitionKey: process.key, bpmnProcessId: process.bpmnProcessId, startEventId: event.id, messageName, ...ownedBy(process.tenantId) });
  for (const timer of state.rows.find(DEFINITIONS, timers, 'definition', process.key)) timerCanceled(state, timer);
  closeSignalStarts(processing, process);
}

/** Opens the message, signal and timer start events of a process definition. */
export function openStarts(processing: CommandProcessing, process: ProcessRow, model: ExecutableProcess): void {
  const { state } = processing;
  for (const { event, messageName } of messageStartsOf(processing, process)) startSubscriptionRecord(state, 'CREATED', { processDefinitionKey: process.key, bpmnProcessId: process.bpmnProcessId, startEventId: event.id, messageName, ...ownedBy(process.tenantId) });
  openSignalStarts(processing, process);
  for (const id of model.elements.get(model.id)!.eventStartIds) {
    const { timer } = model.elements.get(id)!;
    const due = timer === undefined ? '' : startTimer(timer, state);
    if (typeof due !== 'string') timerCreated(state, { elementInstanceKey: NO_KEY, processInstanceKey: NO_KEY, processDefinitionKey: process.key, targetElementId: id, ...ownedBy(process.tenantId), ...due });
  }
}

/** Timers that can be known to be wrong before an instance runs. */
function timerProblems(model: ExecutableProcess, state: EngineState): ModelProblem[] {
  const starts = new Set(model.elements.get(model.id)?.eventStartIds);
  return [...model.elements.values()].flatMap(({ id, timer }) => {
    if (timer === undefined) return [];
    const problem = starts.has(id) ? startTimer(timer, state) : plainTimerProblem(timer);
    return typeof problem === 'string' ? [{ elementId: id, message: problem }] : [];
  });
}

function deployForm({ state }: CommandProcessing, resource: Resource, formId: string, owner: Owned): FormRow {
  const before = latestForm(state, formId, owner.tenantId);
  return isSame(before, resource) ? before! : formCreated(state, { formId, resourceName: resource.name, checksum: resource.checksum, content: resource.content, ...owner });
}

function deployDecisions({ state }: CommandProcessing, resource: Resource, model: DecisionModel, owner: Owned): Deployed[] {
  const before = latestRequirements(state, model.id, owner.tenantId);
  if (isSame(before, resource)) return [...decisionsOf(state, before!.key).map((row): Deployed => ({ kind: 'decision', row, requirements: before! })), { kind: 'requirements', row: before! }];
  const requirements = decisionRequirementsCreated(state, { id: model.id, name: model.name, namespace: model.namespace, resourceName: resource.name, checksum: resource.checksum, xml: resource.content, ...owner }, model);
  const rows = model.decisions.map((decision) => decisionCreated(state, { decisionId: decision.id, name: decision.name }, requirements));
  return [...rows.map((row): Deployed => ({ kind: 'decision', row, requirements })), { kind: 'requirements', row: requirements }];
}
