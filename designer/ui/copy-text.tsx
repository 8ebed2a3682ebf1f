import { useEffect, useState } from 'react';
import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';

/** A button that puts a text on the clipboard and says that it did. */
export function CopyText({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <button type="button" className="gc-copy" onClick={() => void copy()} aria-label={label ? undefined : t('states.copyText', { text })}>
      {copied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />} {label}
      <span role="status" className="gc-visually-hidden">{copied ? t('states.copied') : ''}</span>
    </button>
  );
}
