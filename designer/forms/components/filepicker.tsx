import { useRef, useState, type ChangeEvent } from 'react';
import { Button } from 'antd';
import { CloseOutlined, PaperClipOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { accepts, holds, staticOrFeel, toFiles, type FileValue, type FormComponent } from '../../../engine/contract/forms/index.ts';
import type { JsonValue } from '../../../engine/contract/json.ts';
import { IconButton, useErrorText, useFormat } from '../../ui/index.ts';
import { usePlace, useRenderer } from '../renderer/context.ts';
import type { FieldDefinition, FieldViewProps } from './definition.ts';
import { Dash } from './display.tsx';

function Filepicker({ component, domId, value, onChange, onBlur, label, disabled, readonly, required, describedBy }: FieldViewProps) {
  const { t } = useTranslation();
  const place = usePlace();
  const { files: access } = useRenderer();
  const errorText = useErrorText();
  const format = useFormat();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState('');
  const multiple = component.multiple === true || holds(component.multiple, place);
  const accept = staticOrFeel(component.accept as JsonValue | undefined, place);
  const stored = toFiles(value);
  const locked = disabled || readonly;

  const add = async (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = [...(event.target.files ?? [])];
    event.target.value = '';
    if (access === null || chosen.length === 0) return;
    const refused = chosen.find((file) => file.size > access.maxBytes || (typeof accept === 'string' && accept !== '' && !accepts(accept, file.name, file.type)));
    if (refused) {
      setRefusal(refused.size > access.maxBytes ? t('forms.fileTooLarge', { name: refused.name, size: format.bytes(access.maxBytes) }) : t('forms.errors.file_type', { name: refused.name, accept: String(accept) }));
      return;
    }
    setRefusal('');
    setBusy(true);
    try {
      const added: FileValue[] = [];
      for (const file of chosen) added.push(await access.upload(file));
      onChange((multiple ? [...stored, ...added] : added.slice(-1)) as unknown as JsonValue);
    } catch (error) {
      setRefusal(errorText(error));
    } finally {
      setBusy(false);
      onBlur();
    }
  };
  const remove = (id: string) => {
    const rest = stored.filter((file) => file.id !== id);
    onChange(rest.length === 0 ? null : (rest as unknown as JsonValue));
  };

  return (
    <div className="gc-files">
      {stored.map((file) => <StoredFileRow key={file.id} file={file} onRemove={locked ? undefined : () => remove(file.id)} />)}
      <input ref={input} type="file" hidden tabIndex={-1} multiple={multiple} accept={typeof accept === 'string' ? accept : undefined} onChange={(event) => void add(event)} aria-label={t('forms.chooseFile', { label })} />
      {!locked && (multiple || stored.length === 0) && (
        <Button id={domId} size="small" icon={<PaperClipOutlined aria-hidden />} loading={busy} disabled={access === null} onClick={() => input.current?.click()} aria-describedby={describedBy} aria-label={required ? t('forms.addFileRequired', { label }) : t('forms.addFileTo', { label })}>{t('forms.addFile')}</Button>
      )}
      {refusal && <p role="alert" className="gc-bad gc-secondary">{refusal}</p>}
    </div>
  );
}

function StoredFileRow({ file, onRemove }: { file: FileValue; onRemove?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const { files } = useRenderer();
  const format = useFormat();
  return (
    <div className="gc-file">
      <PaperClipOutlined aria-hidden />
      {files ? <a href={files.url(file.id)} target="_blank" rel="noreferrer">{file.name}</a> : <span>{file.name}</span>}
      {file.size > 0 && <span className="gc-meta">{format.bytes(file.size)}</span>}
      {onRemove && <IconButton label={t('forms.removeFile', { name: file.name })} icon={<CloseOutlined />} onClick={onRemove} />}
    </div>
  );
}

function FilesDisplay({ value }: { component: FormComponent; value: JsonValue }) {
  const stored = toFiles(value);
  return stored.length === 0 ? <Dash /> : <div className="gc-files">{stored.map((file) => <StoredFileRow key={file.id} file={file} />)}</div>;
}

export const filepicker: FieldDefinition = {
  kind: 'field', type: 'filepicker', group: 'input', frame: 'control', icon: <PaperClipOutlined />, View: Filepicker, Display: FilesDisplay,
  properties: ['label', 'key', 'required', 'files', 'access'],
  create: () => ({ multiple: true, accept: '.pdf,.jpg,.png,.docx,.xlsx,.mp3,.mp4' }),
};
