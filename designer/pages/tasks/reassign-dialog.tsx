import { useId, useState } from 'react';
import { App, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TaskDetail } from '../../../engine/contract/api.ts';
import { useAssignTask, useDirectory } from '../../api/index.ts';
import { useNamed } from '../../i18n/index.ts';
import { ReasonDialog, useErrorText } from '../../ui/index.ts';
import { useTaskAddress } from './task-address.ts';

/** 转办: to whom, and why. People of the task's own groups come first. */
export function ReassignDialog({ task, onClose }: { task: TaskDetail; onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const { open } = useTaskAddress();
  const directory = useDirectory();
  const assign = useAssignTask();
  const [userId, setUserId] = useState<string | null>(null);
  const people = (directory.data?.users ?? []).filter((user) => user.id !== task.assignee?.id);
  const fits = (user: { groups: string[] }) => user.groups.some((group) => task.candidateGroups.includes(group));
  const options = [
    { label: t('tasks.reassign.sameGroup'), options: people.filter(fits).map((user) => ({ value: user.id, label: user.name })) },
    { label: t('tasks.reassign.others'), options: people.filter((user) => !fits(user)).map((user) => ({ value: user.id, label: user.name })) },
  ].filter((group) => group.options.length > 0);
  const confirm = async (reason: string) => {
    if (userId === null) return;
    try {
      // Awaited, not by callbacks: the task's new rights replace this dialog before they would run.
      const changed = await assign.mutateAsync({ key: task.key, userId, reason });
      void message.success(t('tasks.reassign.done', { name: changed.assignee?.name ?? '' }));
      onClose();
      if (!changed.permissions.complete) open(null);
    } catch (error) {
      void message.error(errorText(error));
    }
  };
  return (
    <ReasonDialog open title={t('tasks.reassign.title', { name: useNamed()(task.name, task.nameEn) })} confirm={t('tasks.reassign.open')} blocked={userId === null} busy={assign.isPending} error={assign.isError ? errorText(assign.error) : undefined} onConfirm={(reason) => void confirm(reason)} onCancel={onClose}>
      <p className="gc-secondary">{t('tasks.reassign.text')}</p>
      <label className="gc-field-label" htmlFor={id}>{t('tasks.reassign.to')}<span className="gc-required" aria-hidden>*</span></label>
      <Select<string> id={id} aria-label={t('tasks.reassign.to')} aria-required showSearch={{ optionFilterProp: 'label' }} loading={directory.isPending} value={userId} onChange={setUserId} options={options} placeholder={t('forms.choose')} style={{ width: '100%' }} />
    </ReasonDialog>
  );
}
