import { useRef, type ChangeEvent } from 'react';
import { App, Button } from 'antd';
import { PaperClipOutlined, UploadOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { StoredFile } from '../../../engine/contract/api.ts';
import { fileUrl, MAX_FILE_BYTES, useUploadFile } from '../../api/index.ts';
import { EmptyState, useErrorText, useFormat } from '../../ui/index.ts';

/** The files of the case, to open and to add to. */
export function FilesPanel({ files, processInstanceKey }: { files: StoredFile[]; processInstanceKey: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const format = useFormat();
  const input = useRef<HTMLInputElement>(null);
  const upload = useUploadFile(processInstanceKey);
  const add = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) return;
    if (file.size > MAX_FILE_BYTES) void message.error(t('forms.fileTooLarge', { name: file.name, size: format.bytes(MAX_FILE_BYTES) }));
    else upload.mutate(file, { onSuccess: () => void message.success(t('files.added', { name: file.name })), onError: (error) => void message.error(errorText(error)) });
  };
  return (
    <>
      {files.length === 0 ? <EmptyState icon={<PaperClipOutlined />} title={t('files.empty')} text={t('files.emptyText')} /> : (
        <ul className="gc-file-list">
          {files.map((file) => (
            <li key={file.id}><PaperClipOutlined aria-hidden /><div><a href={fileUrl(file.id)} target="_blank" rel="noreferrer">{file.name}</a><p className="gc-meta">{format.bytes(file.size)} · {file.uploadedBy} · {format.dateTime(file.uploadedAt)}</p></div></li>
          ))}
        </ul>
      )}
      <input ref={input} type="file" accept=".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.mp3,.mp4" hidden tabIndex={-1} onChange={add} aria-label={t('files.add')} />
      <Button block icon={<UploadOutlined aria-hidden />} loading={upload.isPending} onClick={() => input.current?.click()}>{t('files.add')}</Button>
    </>
  );
}
