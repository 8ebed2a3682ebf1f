import { useRef, useState } from 'react';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DesignResource, ProcedureDetail } from '../../../engine/contract/api.ts';
import { useLanguage } from '../../i18n/index.ts';
import DmnEditor, { type DmnHandle, type DmnView } from '../../modeler/dmn-editor.tsx';
import { ErrorState } from '../../ui/index.ts';
import { ResourceTab } from './resource-tab.tsx';
import { SavingNote } from './saving-note.tsx';
import { useDraftSaving } from './use-draft-saving.ts';

/** The procedure's decision tables in dmn-js. */
export default function DecisionsTab({ procedure }: { procedure: ProcedureDetail }) {
  return <ResourceTab procedure={procedure} kind="decision">{(resource, reload) => <DecisionDraft resource={resource} onReload={reload} />}</ResourceTab>;
}

function DecisionDraft({ resource, onReload }: { resource: DesignResource; onReload: () => void }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const editor = useRef<DmnHandle>(null);
  const [initial] = useState(resource.content);
  const [views, setViews] = useState<{ all: DmnView[]; active: string }>({ all: [], active: '' });
  const [error, setError] = useState<Error | null>(null);
  const saving = useDraftSaving('decision', resource.id, resource.revision);
  if (error !== null) return <ErrorState error={error} title={t('design.decisions.broken')} onRetry={onReload} />;
  return (
    <>
      <div className="gc-dmn-head">
        {views.all.length > 1 ? <Segmented size="small" value={views.active} onChange={(id) => editor.current?.open(id)} options={views.all.map((view) => ({ value: view.id, label: view.type === 'drd' ? t('design.decisions.graph') : view.name }))} /> : <b>{resource.name}</b>}
        <SavingNote {...saving} onReload={onReload} onRetry={() => void saving.flush()} />
      </div>
      <div className="gc-dmn-work">
        <DmnEditor ref={editor} xml={initial} language={language} onChange={() => saving.schedule(async () => (await editor.current?.xml()) || initial)} onViews={(all, active) => setViews({ all, active })} onError={setError} />
      </div>
    </>
  );
}
