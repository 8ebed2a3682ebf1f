import { useEffect, useRef, useState } from 'react';
import { Button } from 'antd';
import { FullscreenOutlined, MinusOutlined, PlusOutlined, RedoOutlined, UndoOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { ProcedureDetail } from '../../../engine/contract/api.ts';
import { useDesignResource, useElementTemplates } from '../../api/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import BpmnModelerView, { type LintProblem, type ModelerHandle } from '../../modeler/bpmn-modeler.tsx';
import type { BpmnElement } from '../../modeler/services.ts';
import { ErrorState, IconButton, PageSkeleton, useNarrow } from '../../ui/index.ts';
import { BusinessPanel } from './business-panel.tsx';
import { ProblemsPane } from './problems-pane.tsx';
import { SavingNote } from './saving-note.tsx';
import { useDraftSaving } from './use-draft-saving.ts';

/** The diagram: canvas, business panel with the Zeebe properties below it, problems always live. */
export default function DiagramTab({ procedure }: { procedure: ProcedureDetail }) {
  const resource = useDesignResource('process', procedure.bpmnProcessId);
  const templates = useElementTemplates();
  const [opened, setOpened] = useState(0);
  if (resource.isPending || templates.isPending) return <PageSkeleton />;
  if (resource.isError && !resource.data) return <ErrorState error={resource.error} onRetry={() => void resource.refetch()} />;
  if (templates.isError) return <ErrorState error={templates.error} onRetry={() => void templates.refetch()} />;
  return <DiagramEditor key={opened} procedure={procedure} initial={resource.data!} templates={templates.data} onReload={() => void resource.refetch().then(() => setOpened((count) => count + 1))} />;
}

interface DiagramEditorProps {
  procedure: ProcedureDetail;
  initial: { content: string; revision: number };
  templates: Parameters<typeof BpmnModelerView>[0]['templates'];
  onReload: () => void;
}

function DiagramEditor({ procedure, initial, templates, onReload }: DiagramEditorProps) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const narrow = useNarrow();
  const modeler = useRef<ModelerHandle>(null);
  const [panelHost, setPanelHost] = useState<HTMLElement | null>(null);
  const [selected, setSelected] = useState<BpmnElement | null>(null);
  const [changes, setChanges] = useState(0);
  const [problems, setProblems] = useState<LintProblem[]>([]);
  const [error, setError] = useState<Error | null>(null);
  const [panelOpen, setPanelOpen] = useState(false);
  const [xml, setXml] = useState(initial.content);
  const latest = useRef(initial.content);
  const saving = useDraftSaving('process', procedure.bpmnProcessId, initial.revision);
  const changed = () => {
    setChanges((count) => count + 1);
    saving.schedule(async () => (latest.current = (await modeler.current?.xml()) || latest.current));
  };
  // Another language loads the editor anew: with what stands on the canvas, not with what it began with.
  useEffect(() => setXml(latest.current), [language]);
  if (error !== null) return <ErrorState error={error} title={t('diagram.broken')} onRetry={onReload} />;
  return (
    <div className="gc-diagram-tab" data-panel-open={panelOpen}>
      <div className="gc-diagram-main">
        <div className="gc-diagram-canvas">
          <BpmnModelerView ref={modeler} xml={xml} language={language} templates={templates} panelHost={panelHost} onChange={changed} onSelect={setSelected} onLint={setProblems} onError={setError} />
          <div className="gc-diagram-tools" role="toolbar" aria-label={t('design.canvas.tools')}>
            <IconButton label={t('design.canvas.undo')} icon={<UndoOutlined />} onClick={() => modeler.current?.undo()} />
            <IconButton label={t('design.canvas.redo')} icon={<RedoOutlined />} onClick={() => modeler.current?.redo()} />
            <IconButton label={t('diagram.zoomOut')} icon={<MinusOutlined />} onClick={() => modeler.current?.zoom(-1)} />
            <IconButton label={t('diagram.zoomIn')} icon={<PlusOutlined />} onClick={() => modeler.current?.zoom(1)} />
            <IconButton label={t('diagram.fit')} icon={<FullscreenOutlined />} onClick={() => modeler.current?.zoom('fit')} />
          </div>
          <div className="gc-diagram-saving"><SavingNote {...saving} onReload={onReload} onRetry={() => void saving.flush()} /></div>
        </div>
        <ProblemsPane procedure={procedure} lint={problems} onSelect={(elementId) => modeler.current?.select(elementId)} />
      </div>
      {narrow && <Button className="gc-panel-toggle" onClick={() => setPanelOpen(!panelOpen)} aria-expanded={panelOpen}>{t(panelOpen ? 'design.panel.close' : 'design.panel.open')}</Button>}
      <aside className="gc-diagram-panel" aria-label={t('design.panel.label')}>
        <BusinessPanel procedure={procedure} element={selected} services={modeler.current?.services() ?? null} version={changes} />
        <details className="gc-advanced" open>
          <summary>{t('design.panel.advanced')}</summary>
          <div ref={setPanelHost} className="gc-panel-host" />
        </details>
      </aside>
    </div>
  );
}
