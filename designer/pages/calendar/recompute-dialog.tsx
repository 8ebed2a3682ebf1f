import { useState } from 'react';
import { Alert, Button, Modal } from 'antd';
import { CalendarOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RecomputePreview } from '../../../engine/contract/api.ts';
import { useRecomputePreview, useStartRecompute } from '../../api/index.ts';
import { useNamed } from '../../i18n/index.ts';
import { Chip, EmptyState, ErrorState, FormSkeleton, ReasonDialog, useErrorText, useFormat } from '../../ui/index.ts';

/** Shows which deadlines of open cases the calendar would move, asks why, and begins; it goes on when the dialog is closed. */
export function RecomputeDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const preview = useRecomputePreview(open);
  return (
    <Modal open={open} onCancel={onClose} footer={null} width={760} destroyOnHidden title={t('calendar.recompute.title')}>
      {preview.isPending ? <FormSkeleton /> : preview.isError ? <ErrorState error={preview.error} onRetry={() => void preview.refetch()} /> : <Preview preview={preview.data} onClose={onClose} />}
    </Modal>
  );
}

function Preview({ preview, onClose }: { preview: RecomputePreview; onClose: () => void }) {
  const { t } = useTranslation();
  const named = useNamed();
  const format = useFormat();
  const errorText = useErrorText();
  const start = useStartRecompute();
  const [asking, setAsking] = useState(false);
  const kept = t('calendar.recompute.kept', { count: preview.checked - preview.total, byHand: preview.byHand });
  if (preview.total === 0) return <EmptyState icon={<CalendarOutlined />} title={t('calendar.recompute.nothing')} text={kept} actions={<Button onClick={onClose}>{t('calendar.close')}</Button>} />;
  return (
    <div className="gc-import">
      <Alert type="warning" showIcon title={t('calendar.recompute.moves', { count: preview.total, cases: preview.cases })} description={kept} />
      <div className="gc-import-list" role="region" aria-label={t('calendar.recompute.list')} tabIndex={0}>
        <table>
          <thead><tr><th scope="col">{t('calendar.recompute.case')}</th><th scope="col">{t('calendar.recompute.stage')}</th><th scope="col">{t('calendar.recompute.before')}</th><th scope="col">{t('calendar.recompute.after')}</th></tr></thead>
          <tbody>
            {preview.moves.map((move) => (
              <tr key={`${move.processInstanceKey} ${move.stage}`}>
                <td><Link to={`/monitor/instances/${move.processInstanceKey}`}>{move.caseNo ?? move.processInstanceKey}</Link><br /><span className="gc-meta">{named(move.processName, move.processNameEn)}</span></td>
                <td>{named(move.stageName, move.stageNameEn)}</td>
                <td>{format.dateTime(move.oldDue)}</td>
                <td>{format.dateTime(move.newDue)} {move.late && <Chip tone="bad">{t('due.overdue')}</Chip>}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {preview.total > preview.moves.length && <p className="gc-meta">{t('calendar.recompute.more', { count: preview.total - preview.moves.length })}</p>}
      </div>
      <div className="gc-dialog-actions"><Button onClick={onClose}>{t('actions.cancel')}</Button><Button type="primary" onClick={() => setAsking(true)}>{t('calendar.recompute.start', { count: preview.total })}</Button></div>
      <ReasonDialog open={asking} title={t('calendar.recompute.title')} confirm={t('calendar.recompute.start', { count: preview.total })} busy={start.isPending} error={start.isError ? errorText(start.error) : undefined} onCancel={() => setAsking(false)} onConfirm={(reason) => start.mutate({ digest: preview.digest, reason }, { onSuccess: onClose })}>
        <p>{t('calendar.recompute.effect', { count: preview.total, cases: preview.cases })}</p>
      </ReasonDialog>
    </div>
  );
}
