import { useState, type ReactNode } from 'react';
import type { DesignResource, ProcedureDetail } from '../../../engine/contract/api.ts';
import { FormEditor } from '../../forms/index.ts';
import { ResourceTab } from './resource-tab.tsx';
import { SavingNote } from './saving-note.tsx';
import { useDraftSaving } from './use-draft-saving.ts';

/** The procedure's forms in the form editor. */
export default function FormsTab({ procedure }: { procedure: ProcedureDetail }) {
  return <ResourceTab procedure={procedure} kind="form" chooser="select">{(resource, reload, choice) => <FormDraft resource={resource} onReload={reload} choice={choice} />}</ResourceTab>;
}

function FormDraft({ resource, onReload, choice }: { resource: DesignResource; onReload: () => void; choice: ReactNode }) {
  const [text, setText] = useState(resource.content);
  const saving = useDraftSaving('form', resource.id, resource.revision);
  const change = (next: string) => {
    setText(next);
    saving.schedule(() => Promise.resolve(next));
  };
  return <FormEditor value={text} onChange={change} title={resource.name} header={<>{choice}<SavingNote {...saving} onReload={onReload} onRetry={() => void saving.flush()} /></>} />;
}
