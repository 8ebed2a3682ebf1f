import { useState, type ReactNode } from 'react';
import { Button, Input, Modal, Select } from 'antd';
import { EditOutlined, FileTextOutlined, PlusOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { DesignResource, ProcedureDetail } from '../../../engine/contract/api.ts';
import { useAddResource, useDesignResource } from '../../api/index.ts';
import { EmptyState, ErrorState, IconButton, PageSkeleton, useErrorText } from '../../ui/index.ts';

interface ResourceTabProps {
  procedure: ProcedureDetail;
  kind: 'form' | 'decision';
  /** `list`: a pane at the left. `select`: a choice the editor puts into its own header, for editors that need the width. @default 'list' */
  chooser?: 'list' | 'select';
  children: (resource: DesignResource, reload: () => void, choice: ReactNode) => ReactNode;
}

/** The procedure's forms or decisions to choose from and the chosen one's editor. The choice is in the address. */
export function ResourceTab({ procedure, kind, chooser = 'list', children }: ResourceTabProps) {
  const { t } = useTranslation();
  const [query, setQuery] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const resources = procedure.resources.filter((resource) => resource.kind === kind);
  const chosen = resources.find((resource) => resource.id === query.get('resource')) ?? resources[0];
  const choose = (id: string) => setQuery({ resource: id });
  const choice = chooser === 'list' ? null : (
    <>
      <Select
        aria-label={t(`design.tabs.${kind}s`)} value={chosen?.id ?? null} onChange={choose} showSearch optionFilterProp="label" popupMatchSelectWidth={280} className="gc-resource-select"
        options={resources.map((resource) => ({ value: resource.id, label: `${resource.id} ${resource.name}${resource.hasDraft ? ` · ${t('design.draftShort')}` : ''}` }))}
      />
      <IconButton label={t(`design.add.${kind}`)} icon={<PlusOutlined />} onClick={() => setAdding(true)} />
    </>
  );
  return (
    <div className="gc-resource-tab">
      {(chooser === 'list' || chosen === undefined) && <nav className="gc-resource-list" aria-label={t(`design.tabs.${kind}s`)}>
        <ul>
          {resources.map((resource) => (
            <li key={resource.id}>
              <button type="button" aria-current={resource.id === chosen?.id} onClick={() => choose(resource.id)}>
                <span>{resource.name}</span>
                <small>{resource.id}{resource.hasDraft && <> · <EditOutlined aria-hidden /> {t('design.draftShort')}</>}</small>
              </button>
            </li>
          ))}
        </ul>
        <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>{t(`design.add.${kind}`)}</Button>
      </nav>}
      <div className="gc-resource-work">
        {chosen === undefined ? <EmptyState icon={<FileTextOutlined />} title={t(`design.add.none.${kind}`)} text={t('design.add.noneText')} /> : <Opened key={`${kind}/${chosen.id}`} kind={kind} id={chosen.id} choice={choice}>{children}</Opened>}
      </div>
      <AddDialog open={adding} kind={kind} procedure={procedure} onClose={() => setAdding(false)} onAdded={choose} />
    </div>
  );
}

function Opened({ kind, id, choice, children }: { kind: 'form' | 'decision'; id: string; choice: ReactNode; children: ResourceTabProps['children'] }) {
  const resource = useDesignResource(kind, id);
  const [opened, setOpened] = useState(0);
  if (resource.isPending) return <PageSkeleton />;
  if (resource.isError && !resource.data) return <ErrorState error={resource.error} onRetry={() => void resource.refetch()} />;
  return <div key={opened} className="gc-resource-opened">{children(resource.data!, () => void resource.refetch().then(() => setOpened((count) => count + 1)), choice)}</div>;
}

function AddDialog({ open, kind, procedure, onClose, onAdded }: { open: boolean; kind: 'form' | 'decision'; procedure: ProcedureDetail; onClose: () => void; onAdded: (id: string) => void }) {
  const { t } = useTranslation();
  return <Modal open={open} title={t(`design.add.${kind}`)} onCancel={onClose} footer={null} destroyOnHidden width={440}><AddForm kind={kind} procedure={procedure} onClose={onClose} onAdded={onAdded} /></Modal>;
}

function AddForm({ kind, procedure, onClose, onAdded }: { kind: 'form' | 'decision'; procedure: ProcedureDetail; onClose: () => void; onAdded: (id: string) => void }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const add = useAddResource(procedure.bpmnProcessId);
  const [id, setId] = useState('');
  const [name, setName] = useState('');
  const valid = /^[A-Za-z][A-Za-z0-9_-]{1,60}$/.test(id) && name.trim() !== '';
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (valid) add.mutate({ kind, id, name: name.trim() }, { onSuccess: () => { onClose(); onAdded(id); } }); }}>
      <label className="gc-field-label" htmlFor="add-name">{t('design.add.name')}</label>
      <Input id="add-name" value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
      <label className="gc-field-label" htmlFor="add-id">{t('design.add.id')}</label>
      <Input id="add-id" value={id} maxLength={61} onChange={(event) => setId(event.target.value.trim())} placeholder={kind === 'form' ? 'F-C12' : 'complaint_routing'} />
      <p role="alert" className="gc-bad" style={{ minHeight: 22 }}>{add.isError ? errorText(add.error) : ''}</p>
      <div className="gc-dialog-actions">
        <Button onClick={onClose}>{t('actions.cancel')}</Button>
        <Button type="primary" htmlType="submit" disabled={!valid} loading={add.isPending}>{t('design.create.submit')}</Button>
      </div>
    </form>
  );
}
