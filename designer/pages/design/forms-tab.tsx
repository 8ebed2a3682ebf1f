import { useState } from 'react';
import type { DesignResource, ProcedureDetail } from '../../../engine/contract/api.ts';
import { FormEditor } from '../../forms/index.ts';
import { ResourceTab } from './resource-tab.tsx';
import { SavingNote } from './saving-note.tsx';
import { useDraftSaving } from './use-draft-saving.ts';

/** The procedure's forms in the form editor. */
export default function FormsTab({ procedure }: { procedure: ProcedureDetail }) {
  return <ResourceTab procedure={procedure} kind="form">{(resource, reload) => <FormDraft resource={resource} onReload={reload} />}</ResourceTab>;
}

function FormDraft({ resource, onReload }: { resource: DesignResource; onReload: () => void }) {
  const [text, setText] = useState(resource.content);
  const saving = useDraftSaving('form', resource.id, resource.revision);
  const change = (next: string) => {
    setText(next);
    saving.schedule(() => Promise.resolve(next));
  };
  return <FormEditor value={text} onChange={change} title={resource.name} header={<SavingNote {...saving} onReload={onReload} onRetry={() => void saving.flush()} />} />;
}
