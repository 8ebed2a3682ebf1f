import { useEffect, useId, useState, type ReactNode } from 'react';
import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ProcedureDetail } from '../../../engine/contract/api.ts';
import { useDirectory } from '../../api/index.ts';
import { useNamed } from '../../i18n/index.ts';
import type { BpmnElement, ModelerServices } from '../../modeler/services.ts';
import { extensionOf, setExtension } from '../../modeler/zeebe-extension.ts';
import { BeyondZeebeField, BeyondZeebeHint } from './beyond-zeebe-field.tsx';
import { TemplateField } from './template-field.tsx';

interface PanelProps {
  procedure: ProcedureDetail;
  element: BpmnElement | null;
  services: ModelerServices | null;
  /** Rises with every change of the diagram, so that values shown are the current ones. */
  version: number;
}

/** Steps that the system does by itself. */
const TEMPLATED = new Set(['bpmn:Task', 'bpmn:ServiceTask', 'bpmn:SendTask', 'bpmn:BusinessRuleTask', 'bpmn:ScriptTask']);

/** The diagram as a whole. */
const WHOLE = new Set(['bpmn:Process', 'bpmn:Collaboration', 'bpmn:Participant']);

/** What a process owner changes without knowing BPMN: the name, who does it, with which form, until when. */
export function BusinessPanel({ procedure, element, services, version }: PanelProps) {
  const { t, i18n } = useTranslation();
  if (element === null || services === null) return <section className="gc-business"><p className="gc-meta">{t('design.panel.pick')}</p>{services !== null && <BeyondZeebeField services={services} version={version} />}</section>;
  const type = element.type.replace('bpmn:', '');
  return (
    <section className="gc-business" key={element.id}>
      <p className="gc-meta">{i18n.exists(`design.elements.${type}`) ? t(`design.elements.${type}`) : type}</p>
      <NameField element={element} services={services} version={version} />
      <BeyondZeebeHint element={element} services={services} />
      {WHOLE.has(element.type) && <BeyondZeebeField services={services} version={version} />}
      {TEMPLATED.has(element.type) && <TemplateField element={element} services={services} />}
      {element.type === 'bpmn:UserTask' && <UserTaskFields procedure={procedure} element={element} services={services} version={version} />}
      {element.type === 'bpmn:BusinessRuleTask' && <DecisionField procedure={procedure} element={element} services={services} version={version} />}
    </section>
  );
}

type FieldProps = { element: BpmnElement; services: ModelerServices; version: number };

function NameField({ element, services, version }: FieldProps) {
  const { t } = useTranslation();
  const current = element.businessObject.name ?? '';
  const [name, setName] = useState(current);
  useEffect(() => setName(current), [current, version]);
  const commit = () => { if (name !== current) services.get('modeling').updateProperties(element, { name }); };
  return <Labelled label={t('design.panel.name')}>{(id) => <Input id={id} value={name} onChange={(event) => setName(event.target.value)} onBlur={commit} onPressEnter={commit} maxLength={120} />}</Labelled>;
}

function UserTaskFields({ procedure, element, services }: FieldProps & { procedure: ProcedureDetail }) {
  const { t } = useTranslation();
  const named = useNamed();
  const directory = useDirectory();
  const assignment = extensionOf(element, 'zeebe:AssignmentDefinition');
  const form = extensionOf(element, 'zeebe:FormDefinition');
  const schedule = extensionOf(element, 'zeebe:TaskSchedule');
  const groups = (assignment?.['candidateGroups'] as string | undefined) ?? '';
  const assignee = (assignment?.['assignee'] as string | undefined) ?? '';
  const due = (schedule?.['dueDate'] as string | undefined) ?? '';
  const computed = groups.startsWith('=');
  const chosen = groups === '' || computed ? [] : groups.split(',').map((part) => part.trim());
  const known = (directory.data?.groups ?? []).map((group) => ({ value: group.id, label: named(group.name, group.nameEn) }));
  const formId = (form?.['formId'] as string | undefined) ?? null;
  const forms = procedure.resources.filter((resource) => resource.kind === 'form').map((resource) => ({ value: resource.id, label: `${resource.name} ${resource.id}` }));
  return (
    <>
      <h3>{t('design.panel.who')}</h3>
      <Labelled label={t('design.panel.groups')} hint={computed ? t('design.panel.computed', { expression: groups }) : undefined}>
        {(id) => <Select id={id} mode="multiple" value={chosen} options={known} disabled={computed} optionFilterProp="label" placeholder={t('design.panel.groupsHint')} onChange={(value: string[]) => setExtension(services, element, 'zeebe:AssignmentDefinition', { candidateGroups: value.length === 0 ? undefined : value.join(',') })} style={{ width: '100%' }} />}
      </Labelled>
      {assignee !== '' && <p className="gc-meta">{t('design.panel.assignee')} <code className="gc-mono">{assignee}</code></p>}
      <h3>{t('design.panel.form')}</h3>
      <Labelled label={t('design.panel.formOf')}>
        {(id) => <Select id={id} value={formId} options={forms} showSearch optionFilterProp="label" placeholder={t('design.panel.formHint')} onChange={(value: string) => setExtension(services, element, 'zeebe:FormDefinition', { formId: value })} style={{ width: '100%' }} />}
      </Labelled>
      {formId !== null && <Link to={`/design/${procedure.bpmnProcessId}/forms?resource=${encodeURIComponent(formId)}`}>{t('design.panel.editForm')}</Link>}
      <h3>{t('design.panel.deadline')}</h3>
      <p className="gc-meta">{due === '' ? t('design.panel.noDeadline') : <>{t('design.panel.due')} <code className="gc-mono">{due}</code></>}</p>
      {due !== '' && <DeadlineLink procedure={procedure} />}
    </>
  );
}

/** Deadlines are numbers in a decision table; this leads there. */
function DeadlineLink({ procedure }: { procedure: ProcedureDetail }) {
  const { t } = useTranslation();
  const sla = procedure.resources.find((resource) => resource.kind === 'decision' && /sla/i.test(resource.id));
  return sla === undefined ? null : <Link to={`/design/${procedure.bpmnProcessId}/decisions?resource=${encodeURIComponent(sla.id)}`}>{t('design.panel.editDeadline', { name: sla.name })}</Link>;
}

function DecisionField({ procedure, element, services }: FieldProps & { procedure: ProcedureDetail }) {
  const { t } = useTranslation();
  const called = extensionOf(element, 'zeebe:CalledDecision');
  const decisionId = (called?.['decisionId'] as string | undefined) ?? '';
  const [value, setValue] = useState(decisionId);
  useEffect(() => setValue(decisionId), [decisionId]);
  return (
    <>
      <h3>{t('design.panel.decision')}</h3>
      <Labelled label={t('design.panel.decisionId')}>{(id) => <Input id={id} value={value} onChange={(event) => setValue(event.target.value)} onBlur={() => { if (value !== decisionId) setExtension(services, element, 'zeebe:CalledDecision', { decisionId: value }); }} />}</Labelled>
      <Link to={`/design/${procedure.bpmnProcessId}/decisions`}>{t('design.panel.editDecision')}</Link>
    </>
  );
}

function Labelled({ label, hint, children }: { label: string; hint?: string | undefined; children: (id: string) => ReactNode }) {
  const id = useId();
  return <div className="gc-business-field"><label htmlFor={id}>{label}</label><div>{children(id)}{hint && <p className="gc-meta">{hint}</p>}</div></div>;
}
