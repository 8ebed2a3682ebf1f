import { useId, useState, type ReactNode } from 'react';
import { Button, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';

interface ReasonDialogProps {
  open: boolean;
  title: string;
  /** What the action will touch, and whether it can be undone. */
  children?: ReactNode;
  confirm: string;
  /** Word on the button that leaves everything as it is. @default 取消 */
  dismiss?: string;
  danger?: boolean;
  busy?: boolean;
  /** Further inputs are not filled in yet. */
  blocked?: boolean;
  error?: string | undefined;
  onConfirm: (reason: string) => void;
  onCancel: () => void;
}

/** Asks why before an action that others will want to understand. The reason is required. */
export function ReasonDialog({ open, title, onCancel, ...rest }: ReasonDialogProps) {
  return (
    <Modal open={open} title={title} onCancel={onCancel} footer={null} destroyOnHidden width={480}>
      <ReasonForm {...rest} onCancel={onCancel} />
    </Modal>
  );
}

function ReasonForm({ children, confirm, dismiss, danger = false, busy = false, blocked = false, error, onConfirm, onCancel }: Omit<ReasonDialogProps, 'open' | 'title'>) {
  const { t } = useTranslation();
  const id = useId();
  const [reason, setReason] = useState('');
  const missing = reason.trim() === '';
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (!missing && !blocked) onConfirm(reason.trim()); }}>
      {children}
      <label className="gc-field-label" htmlFor={id}>{t('reason.label')}<span className="gc-required" aria-hidden>*</span></label>
      <Input.TextArea id={id} rows={3} maxLength={500} required value={reason} onChange={(event) => setReason(event.target.value)} placeholder={t('reason.hint')} />
      <p role="alert" className="gc-bad" style={{ minHeight: 22 }}>{error ?? ''}</p>
      <div className="gc-dialog-actions">
        <Button onClick={onCancel}>{dismiss ?? t('actions.cancel')}</Button>
        <Button type="primary" danger={danger} htmlType="submit" loading={busy} disabled={missing || blocked}>{confirm}</Button>
      </div>
    </form>
  );
}
