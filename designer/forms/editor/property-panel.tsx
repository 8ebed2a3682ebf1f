import { useTranslation } from 'react-i18next';
import { AimOutlined } from '@ant-design/icons';
import { labelOf, type FormComponent } from '../../../engine/contract/forms/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/index.ts';
import { definitionOf, type PropertyName } from '../components/index.ts';
import { useEditor } from './editor-context.ts';
import { findComponent } from './operations.ts';
import { ContentSection } from './properties/content-section.tsx';
import { LayoutSection } from './properties/layout-section.tsx';
import { NameSection } from './properties/name-section.tsx';
import { OptionsSection } from './properties/options-section.tsx';
import { RequirementSection } from './properties/requirement-section.tsx';
import { RuleSection } from './properties/rule-section.tsx';
import { WhenSection } from './properties/when-section.tsx';

/** Everything about the selected component. */
export function PropertyPanel() {
  const { t } = useTranslation();
  const { short } = useLanguage();
  const { schema, selected } = useEditor();
  const component = selected === null ? undefined : findComponent(schema, selected)?.component;
  return (
    <section className="gc-panel" aria-label={t('forms.editor.panes.panel')}>
      {component ? (
        <>
          <header className="gc-editor-head"><span aria-hidden>{definitionOf(component.type).icon}</span><h2 className="gc-ellipsis">{labelOf(component, short) || t(`forms.types.${component.type}`, { defaultValue: component.type })}</h2><span className="gc-meta">{t(`forms.types.${component.type}`, { defaultValue: component.type })}</span></header>
          <div className="gc-panel-body"><Sections key={component.id} component={component} /></div>
        </>
      ) : <EmptyState icon={<AimOutlined />} title={t('forms.editor.nothingSelected')} text={t('forms.editor.nothingSelectedText')} />}
    </section>
  );
}

function Sections({ component }: { component: FormComponent }) {
  const { readonly } = useEditor();
  const offered = new Set<PropertyName>(definitionOf(component.type).properties);
  return (
    <fieldset className="gc-plain" disabled={readonly}>
      <NameSection component={component} offered={offered} />
      <ContentSection component={component} offered={offered} />
      <RequirementSection component={component} offered={offered} />
      {offered.has('options') && <OptionsSection component={component} />}
      {offered.has('rule') && <RuleSection component={component} />}
      {component.type !== 'expression' && <WhenSection component={component} />}
      {component.type !== 'expression' && <LayoutSection component={component} offered={offered} />}
    </fieldset>
  );
}
