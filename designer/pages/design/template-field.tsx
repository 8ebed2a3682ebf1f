import { useId } from 'react';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BpmnElement, ElementTemplate, ModelerServices } from '../../modeler/services.ts';

/** What a step does by itself, chosen by name: applying a template sets job type, headers and mappings, which nobody needs to know. */
export function TemplateField({ element, services }: { element: BpmnElement; services: ModelerServices }) {
  const { t } = useTranslation();
  const id = useId();
  const templates = services.get('elementTemplates');
  const applied = templates.get(element);
  const offered = templates.getLatest(element);
  if (offered.length === 0) return null;
  const groups = new Map<string, ElementTemplate[]>();
  for (const template of offered) groups.set(template.category?.name ?? t('design.panel.otherTemplates'), [...(groups.get(template.category?.name ?? t('design.panel.otherTemplates')) ?? []), template]);
  const apply = (templateId?: string) => {
    const chosen = offered.find((template) => template.id === templateId);
    if (chosen === undefined) templates.unlinkTemplate(element);
    else services.get('selection').select(templates.applyTemplate(element, chosen));
  };
  return (
    <>
      <h3>{t('design.panel.what')}</h3>
      <div className="gc-business-field">
        <label htmlFor={id}>{t('design.panel.template')}</label>
        <div>
          <Select
            id={id} showSearch allowClear optionFilterProp="label" style={{ width: '100%' }} placeholder={t('design.panel.templateHint')} value={applied?.id ?? null} onChange={apply}
            options={[...groups].map(([name, inside]) => ({ label: name, title: name, options: inside.map((template) => ({ value: template.id, label: template.name })) }))}
          />
          {applied?.description && <p className="gc-meta">{applied.description}</p>}
        </div>
      </div>
    </>
  );
}
