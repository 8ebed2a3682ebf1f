import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MonitorSummary } from '../../../engine/contract/api.ts';
import { useElementStatistics, useVersionXml } from '../../api/index.ts';
import { useNamed } from '../../i18n/index.ts';
import { ErrorState, PageSkeleton } from '../../ui/index.ts';
import { useLocalDiagram } from '../../ui/local-diagram.ts';
import type { Overlay } from './diagram-overlay.tsx';

const DiagramOverlay = lazy(() => import('./diagram-overlay.tsx'));

/** Where the instances of a process stand: counts on its diagram, the fullest elements as a list. */
export function HeatMap({ process, version, onPick }: { process: MonitorSummary['processes'][number]; version: number | undefined; onPick: (elementId: string) => void }) {
  const { t } = useTranslation();
  const shown = version ?? process.latestVersion;
  const xml = useVersionXml(process.bpmnProcessId, shown);
  const statistics = useElementStatistics(process.bpmnProcessId, shown);
  const standing = useMemo(() => (statistics.data ?? []).filter((each) => each.active > 0 || each.incidents > 0).sort((a, b) => b.active - a.active), [statistics.data]);
  const overlays = useMemo(() => standing.map((each): Overlay => ({ elementId: each.elementId, count: each.active, incidents: each.incidents })), [standing]);
  const diagram = useLocalDiagram(xml.data?.xml ?? '');
  const names = useMemo(() => namesIn(diagram), [diagram]);
  const title = t('monitor.heat.title', { name: useNamed()(process.name, process.nameEn) });
  const most = Math.max(1, ...standing.map((each) => each.active));
  return (
    <aside className="gc-heat" aria-label={title}>
      <h2>{title} <span className="gc-meta">v{shown}</span></h2>
      {xml.isPending ? <PageSkeleton /> : xml.isError ? <ErrorState error={xml.error} onRetry={() => void xml.refetch()} /> : <div className="gc-heat-map"><Suspense fallback={<PageSkeleton />}><DiagramOverlay xml={xml.data.xml} overlays={overlays} label={title} /></Suspense></div>}
      <h3>{t('monitor.heat.most')}</h3>
      {standing.length === 0 ? <p className="gc-meta">{t('monitor.heat.none')}</p> : (
        <ol>{standing.slice(0, 8).map((each) => (
          <li key={each.elementId}><button type="button" className="gc-link" onClick={() => onPick(each.elementId)} title={each.elementId}>{names.get(each.elementId) ?? each.elementId}</button><span className="gc-bar"><i style={{ width: `${(each.active / most) * 100}%` }} /></span><b>{each.active}</b></li>
        ))}</ol>
      )}
    </aside>
  );
}

/** Names of a diagram's elements by id. */
function namesIn(xml: string): Map<string, string> {
  const named = new DOMParser().parseFromString(xml, 'text/xml').querySelectorAll('[id][name]');
  return new Map([...named].map((element) => [element.getAttribute('id')!, element.getAttribute('name')!]));
}
