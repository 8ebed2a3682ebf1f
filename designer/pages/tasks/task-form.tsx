import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Alert, App, Button } from 'antd';
import { CheckCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { FieldProblem, TaskDetail } from '../../../engine/contract/api.ts';
import { readForm } from '../../../engine/contract/forms/index.ts';
import type { JsonObject } from '../../../engine/contract/json.ts';
import { ApiFailure, useCompleteTask, useTask } from '../../api/index.ts';
import { FormRenderer, type FormHandle } from '../../forms/index.ts';
import { EmptyState, Marked, useErrorText } from '../../ui/index.ts';
import { useSensitivity } from './use-sensitivity.tsx';
import { useFormSources, useTaskFiles } from './form-sources.ts';
import { useTaskAddress } from './task-address.ts';
import { TaskFooter } from './task-footer.tsx';
import { useDraft } from './use-draft.ts';

/** The form of a task: to fill in by its assignee, to read by everybody else. */
export function TaskForm({ task }: { task: TaskDetail }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const { open } = useTaskAddress();
  const editable = task.permissions.complete && task.state === 'open';
  const form = useRef<FormHandle>(null);
  const draft = useDraft(task, editable);
  const complete = useCompleteTask();
  const [refused, setRefused] = useState<Record<string, FieldProblem[]>>();
  const schema = useMemo(() => (task.form === null ? null : readForm(task.form)), [task.form]);
  const sources = useFormSources(schema, task.variables);
  const files = useTaskFiles(task.processInstanceKey);
  const { marks, watermark } = useSensitivity(schema);

  const { mutateAsync } = complete;
  const { close } = draft;
  const submit = useCallback(async (values: JsonObject) => {
    try {
      // Awaited, not by callbacks: a live update may replace this component before the answer is here.
      const { next, upToDate } = await mutateAsync({ key: task.key, values });
      close();
      void message.success(upToDate ? t('tasks.completed', { name: task.name }) : t('tasks.completedLater', { name: task.name }));
      open(next?.key ?? null, true);
    } catch (error) {
      if (error instanceof ApiFailure && error.code === 'form_invalid') setRefused(error.fields);
      void message.error(errorText(error));
    }
  }, [close, errorText, message, mutateAsync, open, t, task]);
  const go = useCallback(() => (schema ? form.current?.submit() : void submit({})), [schema, submit]);
  useSubmitKey(editable && !complete.isPending, go);

  const footer = (state: Parameters<NonNullable<React.ComponentProps<typeof FormRenderer>['footer']>>[0]) => (
    <TaskFooter task={task} draft={draft.state} problems={state} busy={complete.isPending} onSubmit={schema ? undefined : go} />
  );
  return (
    <>
      {draft.state.kind === 'conflict' && <Conflict task={task} onResolve={(choice, latest) => { draft.resolve(choice, latest); if (choice === 'theirs') form.current?.replace(latest?.values ?? {}); }} />}
      {schema === null ? (
        <div className="gc-form">
          <div className="gc-form-body"><EmptyState icon={<CheckCircleOutlined />} title={t('tasks.noForm.title')} text={t('tasks.noForm.text')} /></div>
          {footer({ problems: [], focus: () => {} })}
        </div>
      ) : (
        <Marked lines={watermark}><FormRenderer
          ref={form} schema={schema} marks={marks} variables={task.variables} values={editable ? draft.values : null} mode={editable ? 'edit' : 'display'} sources={sources} files={files} label={task.name}
          onChange={draft.change} onSubmit={(values) => void submit(values)} footer={footer} {...(refused ? { serverErrors: refused } : {})}
        /></Marked>
      )}
    </>
  );
}

/** Ctrl+Enter completes from anywhere on the page, also while typing. */
function useSubmitKey(enabled: boolean, submit: () => void): void {
  useEffect(() => {
    if (!enabled) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 'Enter') return;
      if (event.target instanceof HTMLElement && event.target.closest('[role="dialog"]')) return;
      event.preventDefault();
      submit();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [enabled, submit]);
}

function Conflict({ task, onResolve }: { task: TaskDetail; onResolve: (choice: 'mine' | 'theirs', latest: TaskDetail['draft']) => void }) {
  const { t } = useTranslation();
  const { refetch } = useTask(task.key);
  const choose = async (choice: 'mine' | 'theirs') => {
    const { data } = await refetch();
    if (data) onResolve(choice, data.draft);
  };
  return (
    <Alert
      banner type="warning" showIcon title={t('tasks.draft.conflict')} description={t('tasks.draft.conflictText')}
      action={<span className="gc-conflict"><Button size="small" onClick={() => void choose('theirs')}>{t('tasks.draft.theirs')}</Button><Button size="small" onClick={() => void choose('mine')}>{t('tasks.draft.mine')}</Button></span>}
    />
  );
}
