import { useMemo, useState } from 'react';
import { Segmented } from 'antd';
import { DesktopOutlined, MobileOutlined, PrinterOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { FormSchema } from '../../../engine/contract/forms/index.ts';
import { FormRenderer } from '../renderer/form-renderer.tsx';
import { listComponents } from './operations.ts';

type Device = 'phone' | 'desktop' | 'print';

/** The form as staff will see it, live. Submitting shows what is missing and sends nothing. */
export function Preview({ schema, title }: { schema: FormSchema; title?: string | undefined }) {
  const { t } = useTranslation();
  const [device, setDevice] = useState<Device>('phone');
  // Fields that come, go or change their default start afresh; words and limits change in place.
  const shape = useMemo(() => JSON.stringify(listComponents(schema).map(({ component, parent }) => [component.id, component.type, component.key, component.path, parent, component.defaultValue, component.subtype])), [schema]);
  const icons = { phone: <MobileOutlined />, desktop: <DesktopOutlined />, print: <PrinterOutlined /> };
  return (
    <section className="gc-preview" aria-label={t('forms.editor.panes.preview')}>
      <header className="gc-editor-head">
        <h2>{t('forms.editor.panes.preview')}</h2>
        <Segmented<Device> aria-label={t('forms.editor.device')} value={device} onChange={setDevice} options={(['phone', 'desktop', 'print'] as const).map((name) => ({ value: name, icon: icons[name], label: <span className="gc-visually-hidden">{t(`forms.editor.devices.${name}`)}</span>, title: t(`forms.editor.devices.${name}`) }))} />
      </header>
      <div className="gc-preview-body">
        <div className="gc-device" data-device={device}>
          {title && <p className="gc-device-title">{title}<span className="gc-meta">{t('forms.editor.previewMark')}</span></p>}
          <FormRenderer key={`${shape}-${device === 'print'}`} schema={schema} mode={device === 'print' ? 'display' : 'edit'} label={t('forms.editor.panes.preview')} onSubmit={() => {}} />
        </div>
      </div>
    </section>
  );
}
