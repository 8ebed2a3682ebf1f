import { lazy, Suspense, useMemo, useState } from 'react';
import { App, Button, Tabs } from 'antd';
import { StopOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import type { InstanceDetail } from '../../../engine/contract/api.ts';
import { useCancelInstance, useDefinitionXml, useInstance } from '../../api/index.ts';
import { useNamed } from '../../i18n/index.ts';
import { Chip, CopyText, DueChip, ErrorState, PageHeader, PageSkeleton, ReasonDialog, useCrumbs, useErrorText, useFormat } from '../../ui/index.ts';
import { ElementTree } from './element-tree.tsx';
import { IncidentPane } from './incident-pane.tsx';
import { AuditTab, JobsTab, MessagesTab, RecordsTab, TimersTab } from './instance-tabs.tsx';
import { StateMark } from './instances-page.tsx';
import { VariablesTab } from './variables-tab.tsx';

const DiagramOverlay = lazy(() => import('./diagram-overlay.tsx'));

/** One instance: on its diagram, its element instances as a tree, variables, jobs, timers, messages, records, audit; incidents beside. */
export function InstancePage() {
  const { t } = useTranslation();
  const named = useNamed();
  const { key } = useParams();
  const instance = useInstance(key);
  useCrumbs([{ label: t('areas.monitor'), to: '/monitor' }, ...(instance.data ? [{ label: named(instance.data.processName, instance.data.processNameEn), to: `/monitor?process=${instance.data.bpmnProcessId}` }] : []), { label: instance.data?.caseNo ?? instance.data?.businessKey ?? key ?? '' }]);
  if (instance.isPending) return <PageSkeleton />;
  if (instance.isError && !instance.data) return <ErrorState error={instance.error} onRetry={() => void instance.refetch()} />;
  return <InstanceView instance={instance.data!} />;
}

function InstanceView({ instance }: { instance: InstanceDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const named = useNamed();
  const processName = named(instance.processName, instance.processNameEn);
  const [query, setQuery] = useSearchParams();
  const xml = useDefinitionXml(instance.processDefinitionKey);
  const selected = query.get('element');
  const tab = query.get('tab') ?? 'variables';
  const put = (name: string, value: string) => setQuery((before) => {
    const next = new URLSearchParams(before);
    next.set(name, value);
    return next;
  }, { replace: true });
  const marks = useMemo(() => marksOf(instance), [instance]);
  const overlays = useMemo(() => overlaysOf(instance), [instance]);
  const open = instance.incidentList.filter((incident) => incident.state === 'open');
  const view = { instanceKey: instance.key };
  return (
    <div className="gc-instance">
      <PageHeader
        title={instance.caseNo ?? instance.businessKey ?? instance.key}
        marks={<><Chip tone={open.length > 0 ? 'bad' : 'accent'}><StateMark state={instance.state} incidents={open.length} /></Chip>{instance.due.state !== 'none' && instance.state === 'active' && <DueChip due={instance.due} />}</>}
        meta={<><span>{processName} v{instance.version}</span>{instance.customerName && <span>{instance.customerName}</span>}<span>{t('monitor.startedAt', { time: format.dateTime(instance.startedAt) })}</span>{instance.endedAt && <span>{t('monitor.endedAt', { time: format.dateTime(instance.endedAt) })}</span>}<span>{t('monitor.key')} <CopyText text={instance.key} label={instance.key} /></span></>}
        actions={instance.state === 'active' && <CancelButton instance={instance} />}
      />
      <div className="gc-instance-body" data-incident={open.length > 0}>
        <ElementTree instance={instance} selected={selected} onSelect={(id) => put('element', id)} />
        <div className="gc-instance-main">
          <div className="gc-instance-diagram">
            {xml.isPending ? <PageSkeleton /> : xml.isError ? <ErrorState error={xml.error} onRetry={() => void xml.refetch()} /> : <Suspense fallback={<PageSkeleton />}><DiagramOverlay xml={xml.data} overlays={overlays} marks={marks} selected={selected} label={t('diagram.label', { name: processName })} onSelect={(id) => put('element', id)} /></Suspense>}
            <p className="gc-instance-legend"><span data-mark="taken">{t('monitor.legend.taken')}</span><span data-mark="token">{t('monitor.legend.token')}</span><span data-mark="incident">{t('monitor.legend.incident')}</span></p>
          </div>
          <Tabs
            activeKey={tab} onChange={(next) => put('tab', next)} className="gc-instance-tabs" destroyOnHidden
            items={[
              { key: 'variables', label: t('monitor.tabs.variables'), children: <VariablesTab instance={instance} /> },
              { key: 'jobs', label: t('monitor.tabs.jobs'), children: <JobsTab {...view} /> },
              { key: 'timers', label: t('monitor.tabs.timers'), children: <TimersTab {...view} /> },
              { key: 'messages', label: t('monitor.tabs.messages'), children: <MessagesTab {...view} /> },
              { key: 'records', label: t('monitor.tabs.records'), children: <RecordsTab {...view} /> },
              { key: 'audit', label: t('monitor.tabs.audit'), children: <AuditTab {...view} /> },
            ]}
          />
        </div>
        <aside className="gc-instance-side" aria-label={t('monitor.incidents.title')}>
          <IncidentPane incidents={instance.incidentList} onSelect={(id) => put('element', id)} />
          {instance.childInstances.length > 0 && <section><h2>{t('monitor.children')}</h2><ul>{instance.childInstances.map((child) => <li key={child.key}><Link to={`/monitor/instances/${child.key}`}>{named(child.processName, child.processNameEn)}</Link> <span className="gc-meta">{t(`monitor.states.${child.state}`)}</span></li>)}</ul></section>}
          {instance.parentInstanceKey && <section><h2>{t('monitor.parent')}</h2><Link to={`/monitor/instances/${instance.parentInstanceKey}`}>{instance.parentInstanceKey}</Link></section>}
        </aside>
      </div>
    </div>
  );
}

function marksOf(instance: InstanceDetail) {
  const ids = (state: string) => [...new Set(instance.elements.filter((element) => element.state === state && element.type !== 'PROCESS').map((element) => element.elementId))];
  const active = ids('active');
  return { completed: ids('completed').filter((id) => !active.includes(id)), active, incidents: instance.elements.filter((element) => element.incident).map((element) => element.elementId), takenFlows: instance.takenFlows };
}

function overlaysOf(instance: InstanceDetail) {
  const counts = new Map<string, { count: number; incidents: number }>();
  for (const element of instance.elements) {
    if (element.state !== 'active' || element.type === 'PROCESS' || element.type === 'MULTI_INSTANCE_BODY') continue;
    const before = counts.get(element.elementId) ?? { count: 0, incidents: 0 };
    counts.set(element.elementId, { count: before.count + 1, incidents: before.incidents + (element.incident ? 1 : 0) });
  }
  return [...counts].map(([elementId, each]) => ({ elementId, ...each }));
}

function CancelButton({ instance }: { instance: InstanceDetail }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const cancel = useCancelInstance(instance.key);
  const [open, setOpen] = useState(false);
  const tasks = instance.elements.filter((element) => element.state === 'active' && element.type === 'USER_TASK').length;
  return (
    <>
      <Button danger icon={<StopOutlined aria-hidden />} onClick={() => { cancel.reset(); setOpen(true); }}>{t('monitor.cancel.action')}</Button>
      <ReasonDialog open={open} danger title={t('monitor.cancel.title', { name: instance.caseNo ?? instance.businessKey ?? instance.key })} confirm={t('monitor.cancel.action')} dismiss={t('monitor.cancel.keep')} busy={cancel.isPending} error={cancel.isError ? errorText(cancel.error) : undefined} onCancel={() => setOpen(false)} onConfirm={(reason) => cancel.mutate(reason, { onSuccess: () => { setOpen(false); void message.success(t('monitor.cancel.done')); } })}>
        <p>{t('monitor.cancel.what', { tasks, children: instance.childInstances.filter((child) => child.state === 'active').length })}</p>
      </ReasonDialog>
    </>
  );
}
