import { useState } from 'react';
import { App, Button } from 'antd';
import { CloudUploadOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { ProcedureDetail } from '../../../engine/contract/api.ts';
import { usePublish } from '../../api/index.ts';
import { useNamed } from '../../i18n/index.ts';
import { ReasonDialog, TechnicalDetail, useErrorText } from '../../ui/index.ts';

/** Publishes all drafts of a procedure at once, after showing what goes out and asking why. */
export function PublishButton({ procedure }: { procedure: ProcedureDetail }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const named = useNamed();
  const publish = usePublish(procedure.bpmnProcessId);
  const [open, setOpen] = useState(false);
  const drafts = procedure.resources.filter((resource) => resource.hasDraft);
  const confirm = (comment: string) => publish.mutate(comment, {
    onSuccess: (change) => {
      setOpen(false);
      void message.success(t('design.publish.done', { version: change.version }));
    },
  });
  return (
    <>
      <Button type="primary" icon={<CloudUploadOutlined aria-hidden />} disabled={drafts.length === 0} onClick={() => { publish.reset(); setOpen(true); }}>{t('design.publish.action')}</Button>
      <ReasonDialog open={open} title={t('design.publish.title', { name: named(procedure.name, procedure.nameEn) })} confirm={t('design.publish.action')} busy={publish.isPending} error={publish.isError ? errorText(publish.error) : undefined} onConfirm={confirm} onCancel={() => setOpen(false)}>
        <p>{t('design.publish.what', { count: drafts.length })}</p>
        <ul className="gc-publish-list">{drafts.map((draft) => <li key={`${draft.kind}/${draft.id}`}><span className="gc-meta">{t(`design.kinds.${draft.kind}`)}</span> {draft.name}</li>)}</ul>
        <p className="gc-meta">{t('design.publish.running', { count: procedure.runningInstances })}</p>
        {publish.isError && publish.error instanceof Error && <TechnicalDetail text={publish.error.message} />}
      </ReasonDialog>
    </>
  );
}
