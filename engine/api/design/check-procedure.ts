import type { DesignProblem } from '../../contract/api.ts';
import { compileExpression, compileUnaryTests, FeelSyntaxError } from '../../contract/feel/index.ts';
import { readForm, type FormComponent } from '../../contract/forms/index.ts';
import { allNodes, childOf, readXml, XmlError } from '../../projection/index.ts';
import { excessFields } from './personal-data-minimum.ts';
import { onceRead, processReferences } from './read-resources.ts';
import { contentOf, decisionsIn, resourcesOf, type ResourceState } from './resource-states.ts';

/**
 * Problems of a procedure as its drafts stand: unreadable files, references to what is not there, tasks nobody would see,
 * expressions that do not parse. Errors keep it from being published.
 */
export function checkProcedure(all: readonly ResourceState[], bpmnProcessId: string): DesignProblem[] {
  return resourcesOf(all, bpmnProcessId).flatMap((resource) => {
    switch (resource.kind) {
      case 'process':
        return checkProcess(resource, all);
      case 'form':
        return checkForm(resource, all, bpmnProcessId);
      case 'decision':
        return checkDecision(resource);
    }
  });
}

type Report = (severity: DesignProblem['severity'], rule: string, message: string, elementId?: string | null, params?: Record<string, string | number>) => void;

function reporter(resource: ResourceState, problems: DesignProblem[]): Report {
  return (severity, rule, message, elementId = null, params) => void problems.push({ severity, kind: resource.kind, resourceId: resource.id, elementId, rule, message, ...(params === undefined ? {} : { params }) });
}

function checkProcess(resource: ResourceState, all: readonly ResourceState[]): DesignProblem[] {
  const problems: DesignProblem[] = [];
  const report = reporter(resource, problems);
  const references = readOr(() => processReferences(contentOf(resource)), report);
  if (references === null) return problems;
  if (!references.processIds.includes(resource.id)) report('error', 'process_id_changed', `The diagram holds process '${references.processIds.join(', ')}' instead of '${resource.id}'`, null, { expected: resource.id, found: references.processIds.join(', ') });
  const forms = new Set(all.filter((each) => each.kind === 'form').map((each) => each.id));
  for (const { elementId, formId } of references.forms) if (!forms.has(formId)) report('error', 'missing_form', `Form '${formId}' does not exist`, elementId, { id: formId });
  const decisions = new Set(all.filter((each) => each.kind === 'decision').flatMap(decisionsIn));
  for (const { elementId, decisionId, called } of references.decisions) if (!decisions.has(decisionId)) report(called ? 'error' : 'warning', 'missing_decision', `Decision '${decisionId}' does not exist`, elementId, { id: decisionId });
  const processes = new Set(all.filter((each) => each.kind === 'process').map((each) => each.id));
  for (const { elementId, processId } of references.processes) if (!processes.has(processId)) report('warning', 'missing_process', `Process '${processId}' does not exist`, elementId, { id: processId });
  for (const { elementId } of references.unassigned) report('error', 'task_unassigned', 'Nobody would see this task: give it an assignee or candidates', elementId);
  for (const { elementId, text } of references.expressions) checkFeel(report, elementId, text);
  return problems;
}

function checkForm(resource: ResourceState, all: readonly ResourceState[], bpmnProcessId: string): DesignProblem[] {
  const problems: DesignProblem[] = [];
  const report = reporter(resource, problems);
  try {
    const form = readForm(onceRead('form', contentOf(resource), (content) => JSON.parse(content) as unknown));
    if (form.id !== resource.id) report('error', 'form_id_changed', `The form calls itself '${String(form.id)}' instead of '${resource.id}'`, null, { expected: resource.id, found: String(form.id) });
    checkComponents(report, form.components, new Set());
    for (const { id, key } of excessFields(form.components, all, bpmnProcessId)) report('warning', 'personal_data_excess', `The field '${key}' collects personal data beyond the minimum of '${bpmnProcessId}'`, id, { key });
  } catch (error) {
    report('error', 'form_invalid', (error as Error).message, null, { reason: (error as Error).message });
  }
  return problems;
}

function checkComponents(report: Report, components: readonly FormComponent[], ids: Set<string>): void {
  for (const component of components) {
    if (ids.has(component.id)) report('error', 'duplicate_component', `Two components have the id '${component.id}'`, component.id, { id: component.id });
    ids.add(component.id);
    for (const text of expressionsIn({ ...component, components: undefined })) checkFeel(report, component.id, text.slice(1));
    const rule = component.properties?.rule;
    if (typeof rule === 'string' && rule !== '' && !rule.startsWith('=')) checkFeel(report, component.id, rule);
    if (Array.isArray(component.components)) checkComponents(report, component.components, ids);
  }
}

function expressionsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('=') && value.length > 1 ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(expressionsIn);
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(expressionsIn) : [];
}

function checkDecision(resource: ResourceState): DesignProblem[] {
  const problems: DesignProblem[] = [];
  const report = reporter(resource, problems);
  const root = readOr(() => onceRead('xml', contentOf(resource), readXml), report);
  if (root === null) return problems;
  if (root.attrs['id'] !== resource.id) report('error', 'decision_id_changed', `The decisions call themselves '${root.attrs['id'] ?? ''}' instead of '${resource.id}'`, null, { expected: resource.id, found: root.attrs['id'] ?? '' });
  for (const node of allNodes(root)) {
    const text = childOf(node, 'text')?.text.trim() ?? '';
    if (text === '') continue;
    if (node.name === 'inputEntry') checkFeel(report, node.attrs['id'] ?? null, text, compileUnaryTests);
    else if (node.name === 'outputEntry' ? text !== '-' : ['inputExpression', 'literalExpression', 'defaultOutputEntry'].includes(node.name)) checkFeel(report, node.attrs['id'] ?? null, text);
  }
  return problems;
}

function checkFeel(report: Report, elementId: string | null, text: string, compile: (text: string) => unknown = compileExpression): void {
  try {
    compile(text);
  } catch (error) {
    if (!(error instanceof FeelSyntaxError)) throw error;
    report('error', 'feel_invalid', `${error.message} in '${text}'`, elementId, { expression: text, reason: error.message });
  }
}

function readOr<T>(read: () => T, report: Report): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    report('error', 'xml_invalid', `The file is not well-formed: ${error.message}`, null, { reason: error.message });
    return null;
  }
}
