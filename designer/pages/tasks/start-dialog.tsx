import { useMemo, useState } from 'react';
import { App, Button, Modal } from 'antd';
import { ArrowLeftOutlined, FolderAddOutlined, RightOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { FieldProblem, StartableProcess } from '../../../engine/contract/api.ts';
import { readForm, type FormSchema } from '../../../engine/contract/forms/index.ts';
import type { JsonObject } from '../../../engine/contract/json.ts';
import { ApiFailure, useStartable, useStartCase } from '../../api/index.ts';
import { DefaultFooter, FormRenderer } from '../../forms/index.ts';
import { useLanguage, useNamed } from '../../i18n/index.ts';
import { EmptyState, ErrorState, ListSkeleton, useErrorText } from '../../ui/index.ts';
import { useFormSources, useTaskFiles } from './form-sources.ts';

const EMPTY_FORM: FormSchema = { components: [] };

/** Which procedure, then its form. */
export function StartDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const named = useNamed();
  const [chosen, setChosen] = useState<StartableProcess | null>(null);
  const title = chosen ? (
    <span className="gc-start-title"><Button type="text" size="small" icon={<ArrowLeftOutlined aria-hidden />} aria-label={t('tasks.start.back')} onClick={() => setChosen(null)} /> {named(chosen.name, chosen.nameEn)}</span>
  ) : t('tasks.start.open');
  return (
    <Modal open title={title} onCancel={onClose} footer={null} width={720} style={{ top: 32 }} mask={{ closable: false }} styles={{ body: { padding: 0 } }}>
      {chosen ? <StartForm process={chosen} onClose={onClose} /> : <Choose onChoose={setChosen} />}
    </Modal>
  );
}

function Choose({ onChoose }: { onChoose: (process: StartableProcess) => void }) {
  const { t } = useTranslation();
  const named = useNamed();
  const { language } = useLanguage();
  const startable = useStartable();
  if (startable.isPending) return <ListSkeleton rows={3} />;
  if (startable.isError) return <ErrorState error={startable.error} onRetry={() => void startable.refetch()} />;
  if (startable.data.length === 0) return <EmptyState icon={<FolderAddOutlined />} title={t('tasks.start.none')} text={t('tasks.start.noneText')} />;
  return (
    <ul className="gc-startable">
      {startable.data.map((process) => (
        <li key={process.bpmnProcessId}>
          <button type="button" onClick={() => onChoose(process)}>
            <span><strong>{named(process.name, process.nameEn)}</strong>{language === 'zh-CN' && process.description && <span className="gc-secondary">{process.description}</span>}</span>
            <span className="gc-meta">v{process.version}</span><RightOutlined aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}

function StartForm({ process, onClose }: { process: StartableProcess; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const start = useStartCase();
  const [refused, setRefused] = useState<Record<string, FieldProblem[]>>();
  const schema = useMemo(() => (process.form === null ? EMPTY_FORM : readForm(process.form)), [process.form]);
  const sources = useFormSources(schema, {});
  const files = useTaskFiles();
  const submit = (values: JsonObject) => {
    start.mutate({ bpmnProcessId: process.bpmnProcessId, values }, {
      onSuccess: ({ caseNo }) => {
        void message.success(caseNo ? t('tasks.start.done', { caseNo }) : t('tasks.start.doneLater'));
        onClose();
      },
      onError: (error) => {
        if (error instanceof ApiFailure && error.code === 'form_invalid') setRefused(error.fields);
        void message.error(errorText(error));
      },
    });
  };
  return (
    <div className="gc-start-form">
      <FormRenderer
        schema={schema} sources={sources} files={files} label={process.name} onSubmit={submit} {...(refused ? { serverErrors: refused } : {})}
        footer={(state) => <DefaultFooter state={state} label={t('tasks.start.submit')} busy={start.isPending} />}
      />
    </div>
  );
}
