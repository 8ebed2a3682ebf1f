import { useState } from 'react';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TaskDetail } from '../../../engine/contract/api.ts';
import { useClaimTask } from '../../api/index.ts';
import { ProblemSummary, type FooterState } from '../../forms/index.ts';
import { useErrorText, useFormat } from '../../ui/index.ts';
import { ReassignDialog } from './reassign-dialog.tsx';
import type { DraftState } from './use-draft.ts';

interface TaskFooterProps {
  task: TaskDetail;
  draft: DraftState;
  problems: FooterState;
  busy: boolean;
  /** For tasks without a form; with one, the button submits the form. */
  onSubmit?: (() => void) | undefined;
}

/** Submit or claim, pass on, what is to be mended, when the draft was saved. */
export function TaskFooter({ task, draft, problems, busy, onSubmit }: TaskFooterProps) {
  const { t } = useTranslation();
  const [passing, setPassing] = useState(false);
  const { claim, complete, assign } = task.permissions;
  return (
    <div className="gc-form-footer gc-task-footer">
      <div className="gc-task-actions">
        {complete && <Button type="primary" htmlType={onSubmit ? 'button' : 'submit'} loading={busy} aria-keyshortcuts="Control+Enter" {...(onSubmit ? { onClick: onSubmit } : {})}>{t('actions.submit')}</Button>}
        {claim && <ClaimButton task={task} primary={!complete} />}
        {assign && <Button onClick={() => setPassing(true)}>{t('tasks.reassign.open')}</Button>}
        {!claim && !complete && <span className="gc-secondary">{t(task.state === 'open' ? 'tasks.readOnly' : `tasks.states.${task.state}`)}</span>}
      </div>
      <div className="gc-task-news"><ProblemSummary state={problems} /><DraftNote draft={draft} /></div>
      {passing && <ReassignDialog task={task} onClose={() => setPassing(false)} />}
    </div>
  );
}

function ClaimButton({ task, primary }: { task: TaskDetail; primary: boolean }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const claim = useClaimTask();
  return (
    <Button type={primary ? 'primary' : 'default'} loading={claim.isPending} aria-keyshortcuts="c" onClick={() => claim.mutate(task.key, { onError: (error) => void message.error(errorText(error)) })}>
      {t('tasks.claim')}
    </Button>
  );
}

function DraftNote({ draft }: { draft: DraftState }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const words = {
    none: () => '',
    saving: () => t('tasks.draft.saving'),
    saved: (state: DraftState) => t('tasks.draft.saved', { time: 'at' in state ? format.time(state.at) : '' }),
    local: () => t('tasks.draft.local'),
    failed: (state: DraftState) => t('tasks.draft.failed', { reason: 'error' in state ? errorText(state.error) : '' }),
    conflict: () => t('tasks.draft.conflict'),
  }[draft.kind](draft);
  return <p className="gc-meta" role="status">{words}</p>;
}
