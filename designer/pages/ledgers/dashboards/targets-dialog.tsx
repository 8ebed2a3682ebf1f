import { useState } from 'react';
import { App, Button, Input, InputNumber, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { KpiTargets } from '../../../../engine/contract/api.ts';
import { useChangeTargets, useTargets } from '../../../api/index.ts';
import { useNamed } from '../../../i18n/index.ts';
import { EmptyState, ErrorState, FormSkeleton, useErrorText } from '../../../ui/index.ts';
import { AimOutlined } from '@ant-design/icons';

/** The targets of all figures. Owners and administrators change them here; that publishes the decision `kpi_targets` anew. */
export function TargetsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const targets = useTargets(open);
  return (
    <Modal open={open} onCancel={onClose} footer={null} width={640} destroyOnHidden title={t('dashboards.targets.title')}>
      {targets.isPending ? <FormSkeleton /> : targets.isError ? <ErrorState error={targets.error} onRetry={() => void targets.refetch()} /> : targets.data.targets.length === 0 ? <EmptyState icon={<AimOutlined />} title={t('dashboards.targets.empty')} text={t('dashboards.targets.emptyText')} /> : <TargetsForm key={targets.data.revision} targets={targets.data} onClose={onClose} />}
    </Modal>
  );
}

function TargetsForm({ targets, onClose }: { targets: KpiTargets; onClose: () => void }) {
  const { t } = useTranslation();
  const named = useNamed();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const change = useChangeTargets();
  const [values, setValues] = useState<Record<string, number | null>>({});
  const [reason, setReason] = useState('');
  const changed = targets.targets.filter((target) => values[target.metric] !== undefined && values[target.metric] !== target.target);
  const ready = changed.length > 0 && changed.every((target) => values[target.metric] !== null) && reason.trim() !== '';
  const save = () => change.mutate({ revision: targets.revision, reason: reason.trim(), targets: changed.map((target) => ({ metric: target.metric, target: values[target.metric]! })) }, { onSuccess: () => { void message.success(t('dashboards.targets.saved', { count: changed.length })); onClose(); } });
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (ready) save(); }}>
      <p className="gc-meta">{t(targets.mayChange ? 'dashboards.targets.text' : 'dashboards.targets.readOnly')}</p>
      <div className="gc-targets" role="region" aria-label={t('dashboards.targets.title')} tabIndex={0}>
        <table>
          <thead><tr><th scope="col">{t('dashboards.targets.metric')}</th><th scope="col">{t('dashboards.targets.value')}</th><th scope="col">{t('dashboards.targets.source')}</th></tr></thead>
          <tbody>
            {targets.targets.map((target) => {
              const name = named(target.name, target.nameEn);
              return (
                <tr key={target.metric}>
                  <th scope="row">{name}</th>
                  <td>{target.direction === 'min' ? '≥' : '≤'} {targets.mayChange ? <InputNumber size="small" min={0} max={1_000_000} aria-label={name} value={values[target.metric] === undefined ? target.target : values[target.metric] ?? null} onChange={(value) => setValues({ ...values, [target.metric]: value })} /> : target.target} {target.unit}</td>
                  <td className="gc-meta">{target.source}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {targets.mayChange && (
        <>
          <label className="gc-field-label" htmlFor="gc-targets-reason">{t('reason.label')}<span className="gc-required" aria-hidden>*</span></label>
          <Input.TextArea id="gc-targets-reason" rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} placeholder={t('reason.hint')} />
          <p role="alert" className="gc-bad" style={{ minHeight: 22 }}>{change.isError ? errorText(change.error) : ''}</p>
          <div className="gc-dialog-actions"><Button onClick={onClose}>{t('actions.cancel')}</Button><Button type="primary" htmlType="submit" disabled={!ready} loading={change.isPending}>{t('dashboards.targets.save')}</Button></div>
        </>
      )}
    </form>
  );
}
