import { useId, useState } from 'react';
import { App, Button, Input, Modal, Table } from 'antd';
import { DatabaseOutlined, EditOutlined, SearchOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { InstanceDetail, VariableValue } from '../../../engine/contract/api.ts';
import { useInstanceVariables, useSetVariable } from '../../api/index.ts';
import { useNamed } from '../../i18n/index.ts';
import { EmptyState, ErrorState, IconButton, TableSkeleton, useErrorText, useFormat } from '../../ui/index.ts';

/** The instance's variables by scope; a value may be changed with a reason while the instance runs. */
export function VariablesTab({ instance }: { instance: InstanceDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const named = useNamed();
  const variables = useInstanceVariables(instance.key);
  const [search, setSearch] = useState('');
  const [editing, setEditing] = useState<VariableValue | null>(null);
  if (variables.isPending) return <TableSkeleton rows={5} />;
  if (variables.isError && !variables.data) return <ErrorState error={variables.error} onRetry={() => void variables.refetch()} />;
  const rows = variables.data!.filter((variable) => `${variable.name} ${variable.value}`.toLowerCase().includes(search.toLowerCase()));
  return (
    <>
      <Input className="gc-tab-search" size="small" allowClear prefix={<SearchOutlined aria-hidden />} value={search} onChange={(event) => setSearch(event.target.value)} placeholder={t('monitor.variables.search')} aria-label={t('monitor.variables.search')} />
      {rows.length === 0 ? <EmptyState icon={<DatabaseOutlined />} title={t('monitor.variables.empty')} /> : (
        <Table<VariableValue>
          size="small" rowKey={(row) => `${row.scopeKey}/${row.name}`} dataSource={rows} pagination={rows.length > 50 ? { pageSize: 50, size: 'small' } : false} tableLayout="fixed" scroll={{ x: 640 }}
          columns={[
            { key: 'name', width: 200, title: t('monitor.variables.name'), render: (_, row) => <code className="gc-mono">{row.name}</code> },
            { key: 'value', title: t('monitor.variables.value'), render: (_, row) => <code className="gc-mono gc-variable-value" {...(row.value.length > 100 ? { tabIndex: 0 } : {})}>{row.masked ? t('monitor.variables.masked') : row.value}</code> },
            { key: 'scope', width: 128, title: t('monitor.variables.scope'), render: (_, row) => named(row.scopeName, row.scopeNameEn) },
            { key: 'at', width: 144, title: t('monitor.variables.changedAt'), render: (_, row) => format.dateTime(row.changedAt) },
            { key: 'edit', title: '', width: 48, render: (_, row) => (instance.state === 'active' && !row.masked ? <IconButton label={t('monitor.variables.edit', { name: row.name })} icon={<EditOutlined />} onClick={() => setEditing(row)} /> : null) },
          ]}
        />
      )}
      <Modal open={editing !== null} title={editing ? t('monitor.variables.edit', { name: editing.name }) : ''} onCancel={() => setEditing(null)} footer={null} destroyOnHidden width={520}>
        {editing && <EditForm instanceKey={instance.key} variable={editing} onClose={() => setEditing(null)} />}
      </Modal>
    </>
  );
}

function EditForm({ instanceKey, variable, onClose }: { instanceKey: string; variable: VariableValue; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const change = useSetVariable(instanceKey);
  const [value, setValue] = useState(variable.value);
  const [reason, setReason] = useState('');
  const [valueField, reasonField] = [useId(), useId()];
  const valid = isJson(value);
  const submit = () => change.mutate({ scopeKey: variable.scopeKey, name: variable.name, value, reason: reason.trim() }, { onSuccess: () => { onClose(); void message.success(t('monitor.variables.done')); } });
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (valid && reason.trim() !== '') submit(); }}>
      <label className="gc-field-label" htmlFor={valueField}>{t('monitor.variables.json')}</label>
      <Input.TextArea id={valueField} className="gc-mono" autoSize={{ minRows: 2, maxRows: 12 }} value={value} onChange={(event) => setValue(event.target.value)} status={valid ? '' : 'error'} aria-invalid={!valid} />
      {!valid && <p className="gc-bad">{t('monitor.variables.notJson')}</p>}
      <label className="gc-field-label" htmlFor={reasonField}>{t('reason.label')}<span className="gc-required" aria-hidden>*</span></label>
      <Input.TextArea id={reasonField} rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} placeholder={t('reason.hint')} />
      <p role="alert" className="gc-bad" style={{ minHeight: 22 }}>{change.isError ? errorText(change.error) : ''}</p>
      <div className="gc-dialog-actions">
        <Button onClick={onClose}>{t('actions.cancel')}</Button>
        <Button type="primary" htmlType="submit" disabled={!valid || reason.trim() === ''} loading={change.isPending}>{t('monitor.variables.submit')}</Button>
      </div>
    </form>
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
