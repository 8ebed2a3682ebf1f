import { useId, useState } from 'react';
import { App, Button, Input } from 'antd';
import { CommentOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { CaseComment } from '../../../engine/contract/api.ts';
import { useAddComment } from '../../api/index.ts';
import { Avatar, EmptyState, useErrorText, useFormat } from '../../ui/index.ts';

/** What colleagues noted about the case, and room for one more. */
export function CommentsPanel({ comments, processInstanceKey }: { comments: CaseComment[]; processInstanceKey: string }) {
  const { t } = useTranslation();
  const id = useId();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const format = useFormat();
  const add = useAddComment(processInstanceKey);
  const [text, setText] = useState('');
  const send = () => add.mutate(text.trim(), { onSuccess: () => setText(''), onError: (error) => void message.error(errorText(error)) });
  return (
    <>
      {comments.length === 0 ? <EmptyState icon={<CommentOutlined />} title={t('comments.empty')} text={t('comments.emptyText')} /> : (
        <ul className="gc-comments">
          {comments.map((comment) => (
            <li key={comment.id}><Avatar name={comment.author} /><div><p className="gc-meta">{comment.author} · <time dateTime={comment.at}>{format.dateTime(comment.at)}</time></p><p className="gc-prose">{comment.text}</p></div></li>
          ))}
        </ul>
      )}
      <form onSubmit={(event) => { event.preventDefault(); if (text.trim()) send(); }}>
        <label className="gc-field-label" htmlFor={id}>{t('comments.label')}</label>
        <Input.TextArea id={id} autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} value={text} onChange={(event) => setText(event.target.value)} />
        <div className="gc-dialog-actions"><Button htmlType="submit" loading={add.isPending} disabled={text.trim() === ''}>{t('comments.send')}</Button></div>
      </form>
    </>
  );
}
