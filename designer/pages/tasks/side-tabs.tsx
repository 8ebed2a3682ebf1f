import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TaskDetail } from '../../../engine/contract/api.ts';
import type { useCase } from '../../api/index.ts';
import { ErrorState, FormSkeleton } from '../../ui/index.ts';
import { CasePanel } from './case-panel.tsx';
import { CommentsPanel } from './comments-panel.tsx';
import { DiagramPanel } from './diagram-panel.tsx';
import { FilesPanel } from './files-panel.tsx';
import { sideTabs, useTaskAddress, type SideTab } from './task-address.ts';
import { TimelinePanel } from './timeline-panel.tsx';

interface Item {
  key: SideTab;
  label: React.ReactNode;
  children: React.ReactNode;
}

/** What stands beside the form: the case, what happened, the diagram, files, comments. */
export function useSideItems(detail: ReturnType<typeof useCase>, task: TaskDetail): Item[] {
  const { t } = useTranslation();
  const data = detail.data;
  const waiting = detail.isError ? <ErrorState error={detail.error} title={t('tasks.caseFailed')} onRetry={() => void detail.refetch()} /> : <FormSkeleton />;
  const panel: Record<SideTab, React.ReactNode> = {
    case: data && <CasePanel detail={data} />,
    timeline: data && <TimelinePanel entries={data.timeline} />,
    diagram: data && <DiagramPanel detail={data} elementId={task.elementId} />,
    files: data && <FilesPanel files={data.files} processInstanceKey={data.processInstanceKey} />,
    comments: data && <CommentsPanel comments={data.comments} processInstanceKey={data.processInstanceKey} />,
  };
  const count: Partial<Record<SideTab, number>> = { files: data?.files.length ?? 0, comments: data?.comments.length ?? 0 };
  return sideTabs.map((key) => ({
    key,
    label: <>{t(`tasks.tabs.${key}`)}{count[key] ? <span className="gc-tab-count">{count[key]}</span> : null}</>,
    children: <div className="gc-side-panel" data-panel={key}>{panel[key] ?? waiting}</div>,
  }));
}

export function SideTabs({ items }: { items: Item[] }) {
  const { t } = useTranslation();
  const { tab, change } = useTaskAddress();
  return (
    <aside className="gc-side" aria-label={t('tasks.sideLabel')}>
      <Tabs activeKey={tab && tab !== 'form' ? tab : 'case'} onChange={(key) => change({ tab: key === 'case' ? null : key }, { replace: true })} items={items} />
    </aside>
  );
}
