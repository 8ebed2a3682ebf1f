import { useId, useState } from 'react';
import { Button, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useCreateProcedure } from '../../api/index.ts';
import { useErrorText } from '../../ui/index.ts';

/** Asks for name and id of a new procedure and opens it. */
export function CreateProcedureDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return <Modal open={open} title={t('design.create.title')} onCancel={onClose} footer={null} destroyOnHidden width={480}><CreateForm onClose={onClose} /></Modal>;
}

function CreateForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const create = useCreateProcedure();
  const [name, setName] = useState('');
  const [processId, setProcessId] = useState('');
  const [nameField, idField] = [useId(), useId()];
  const valid = name.trim() !== '' && /^[a-z][a-z0-9_]{1,60}$/.test(processId);
  const submit = () => create.mutate({ bpmnProcessId: processId, name: name.trim() }, { onSuccess: () => { onClose(); void navigate(`/design/${processId}`); } });
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (valid) submit(); }}>
      <label className="gc-field-label" htmlFor={nameField}>{t('design.create.name')}<span className="gc-required" aria-hidden>*</span></label>
      <Input id={nameField} value={name} maxLength={80} required onChange={(event) => setName(event.target.value)} placeholder={t('design.create.nameHint')} />
      <label className="gc-field-label" htmlFor={idField}>{t('design.create.id')}<span className="gc-required" aria-hidden>*</span></label>
      <Input id={idField} value={processId} maxLength={61} required onChange={(event) => setProcessId(event.target.value.trim())} placeholder="service_consultation" aria-describedby={`${idField}-hint`} />
      <p id={`${idField}-hint`} className="gc-meta">{t('design.create.idHint')}</p>
      <p role="alert" className="gc-bad" style={{ minHeight: 22 }}>{create.isError ? errorText(create.error) : ''}</p>
      <div className="gc-dialog-actions">
        <Button onClick={onClose}>{t('actions.cancel')}</Button>
        <Button type="primary" htmlType="submit" disabled={!valid} loading={create.isPending}>{t('design.create.submit')}</Button>
      </div>
    </form>
  );
}
