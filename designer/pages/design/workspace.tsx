import { lazy, Suspense } from 'react';
import { Tabs } from 'antd';
import { EditOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useParams } from 'react-router';
import type { ProcedureDetail } from '../../../engine/contract/api.ts';
import { useProcedure } from '../../api/index.ts';
import { useNamed } from '../../i18n/index.ts';
import { Chip, ErrorState, PageHeader, PageSkeleton, useCrumbs } from '../../ui/index.ts';
import { PublishButton } from './publish-button.tsx';

const DiagramTab = lazy(() => import('./diagram-tab.tsx'));
const FormsTab = lazy(() => import('./forms-tab.tsx'));
const DecisionsTab = lazy(() => import('./decisions-tab.tsx'));
const ChangeTab = lazy(() => import('./change-tab.tsx'));

export const tabs = ['diagram', 'forms', 'decisions', 'change'] as const;
export type WorkspaceTab = (typeof tabs)[number];

/** One procedure's workspace: diagram, forms, decisions, change and history. */
export function Workspace() {
  const { t } = useTranslation();
  const { processId, tab = 'diagram' } = useParams();
  const procedure = useProcedure(processId);
  const named = useNamed();
  const name = procedure.data === undefined ? (processId ?? '') : named(procedure.data.name, procedure.data.nameEn);
  useCrumbs([{ label: t('areas.design'), to: '/design' }, { label: name }]);
  if (!tabs.includes(tab as WorkspaceTab)) return <Navigate to={`/design/${processId}/diagram`} replace />;
  if (procedure.isPending) return <PageSkeleton />;
  if (procedure.isError && !procedure.data) return <ErrorState error={procedure.error} onRetry={() => void procedure.refetch()} />;
  return <WorkspacePage procedure={procedure.data!} name={name} tab={tab as WorkspaceTab} />;
}

function WorkspacePage({ procedure, name, tab }: { procedure: ProcedureDetail; name: string; tab: WorkspaceTab }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const count = (kind: 'form' | 'decision') => procedure.resources.filter((resource) => resource.kind === kind).length;
  const drafts = procedure.resources.filter((resource) => resource.hasDraft).length;
  const labels: Record<WorkspaceTab, [string, number | null]> = { diagram: [t('design.tabs.diagram'), null], forms: [t('design.tabs.forms'), count('form')], decisions: [t('design.tabs.decisions'), count('decision')], change: [t('design.tabs.change'), drafts] };
  return (
    <div className="gc-workspace">
      <PageHeader
        title={name}
        marks={(
          <>
            {procedure.hasDraft && <Chip tone="info" icon={<EditOutlined />}>{t('design.draft', { version: (procedure.publishedVersion ?? 0) + 1 })}</Chip>}
            <span className="gc-meta">{procedure.publishedVersion === null ? t('design.unpublished') : t('design.publishedRunning', { version: procedure.publishedVersion, count: procedure.runningInstances })}</span>
          </>
        )}
        actions={<PublishButton procedure={procedure} />}
      >
        <Tabs
          activeKey={tab} onChange={(key) => void navigate(`/design/${procedure.bpmnProcessId}/${key}`)} className="gc-workspace-tabs"
          items={tabs.map((key) => ({ key, label: <>{labels[key][0]}{labels[key][1] !== null && <span className="gc-count">{labels[key][1]}</span>}</> }))}
        />
      </PageHeader>
      <div className="gc-workspace-body">
        <Suspense fallback={<PageSkeleton />}>
          {tab === 'diagram' && <DiagramTab procedure={procedure} />}
          {tab === 'forms' && <FormsTab procedure={procedure} />}
          {tab === 'decisions' && <DecisionsTab procedure={procedure} />}
          {tab === 'change' && <ChangeTab procedure={procedure} />}
        </Suspense>
      </div>
    </div>
  );
}
