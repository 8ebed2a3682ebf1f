import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../engine/contract/api.ts';
import { useDefinitionXml } from '../../api/index.ts';
import { useNamed } from '../../i18n/index.ts';
import { ErrorState, FormSkeleton } from '../../ui/index.ts';

const BpmnView = lazy(() => import('../../ui/bpmn-view.tsx'));

/** The diagram of the version this case runs on, with where it stands. */
export function DiagramPanel({ detail, elementId }: { detail: CaseDetail; elementId: string }) {
  const { t } = useTranslation();
  const named = useNamed();
  const xml = useDefinitionXml(detail.processDefinitionKey);
  if (xml.isPending) return <FormSkeleton />;
  if (xml.isError) return <ErrorState error={xml.error} title={t('diagram.failed')} onRetry={() => void xml.refetch()} />;
  const marks = detail.path ?? { active: detail.state === 'active' ? [elementId] : [] };
  return (
    <>
      <p className="gc-legend gc-meta"><span data-mark="completed">{t('diagram.completed')}</span><span data-mark="active">{t('diagram.active')}</span><span data-mark="incident">{t('diagram.incident')}</span></p>
      <Suspense fallback={<FormSkeleton />}><BpmnView xml={xml.data} marks={marks} label={t('diagram.label', { name: named(detail.processName, detail.processNameEn) })} /></Suspense>
    </>
  );
}
