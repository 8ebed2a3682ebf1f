import { useState } from 'react';
import { Alert, App, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CustomerAdvisers } from '../../../engine/contract/administration.ts';
import { useDirectory, useSaveAdvisers } from '../../api/index.ts';
import { ReasonDialog, useErrorText } from '../../ui/index.ts';
import { Labeled } from './labeled.tsx';

/** Sets who advises a customer; `null` asks for the customer too. */
export function AdviserDialog({ advisers, onClose }: { advisers: CustomerAdvisers | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const users = useDirectory().data?.users ?? [];
  const save = useSaveAdvisers();
  const [customerNo, setCustomerNo] = useState(advisers?.customerNo ?? '');
  const [userIds, setUserIds] = useState<string[]>(advisers?.userIds ?? []);
  const blocked = customerNo.trim() === '' || (advisers === null ? userIds.length === 0 : JSON.stringify([...userIds].sort()) === JSON.stringify(advisers.userIds));
  const confirm = (reason: string) => save.mutate({ customerNo: customerNo.trim(), userIds, reason }, { onSuccess: () => { void message.success(t('administration.saved')); onClose(); } });
  return (
    <ReasonDialog open title={t(advisers === null ? 'administration.advisers.add' : 'administration.advisers.change')} confirm={t('administration.save')} busy={save.isPending} blocked={blocked} error={save.isError ? errorText(save.error) : undefined} onConfirm={confirm} onCancel={onClose}>
      <div className="gc-entry">
        <Labeled label={t('administration.heads.customer')} required><Input value={customerNo} disabled={advisers !== null} maxLength={40} onChange={(event) => { save.reset(); setCustomerNo(event.target.value); }} /></Labeled>
        <Labeled plain label={t('administration.heads.advisers')}><Select mode="multiple" optionFilterProp="label" aria-label={t('administration.heads.advisers')} value={userIds} onChange={(next: string[]) => { save.reset(); setUserIds(next); }} options={users.map((user) => ({ value: user.id, label: user.name }))} /></Labeled>
        {advisers !== null && userIds.length === 0 && <Alert type="warning" showIcon title={t('administration.advisers.removeAll')} />}
        <p className="gc-meta">{t('administration.advisers.effect')}</p>
      </div>
    </ReasonDialog>
  );
}
