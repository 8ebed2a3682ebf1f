import { useTranslation } from 'react-i18next';
import { optionLabel, optionSource, toOptions, type FormComponent } from '../../../engine/contract/forms/index.ts';
import { useEditor } from './editor-context.ts';

/** What a component will look like, drawn without controls so that nothing on the canvas takes the focus. */
export function Faux({ component }: { component: FormComponent }) {
  const { t } = useTranslation();
  const { language } = useEditor();
  const options = optionSource(component) === 'static' ? toOptions(component.values ?? []).map((option) => optionLabel(component, option, language === 'en' ? 'en' : 'zh')) : [t('forms.editor.optionsFrom', { source: String(component.properties?.source ?? component.valuesKey ?? component.valuesExpression ?? '') })];
  switch (component.type) {
    case 'radio':
    case 'checklist':
      return <div className="gc-faux-choices" data-kind={component.type}>{options.slice(0, 8).map((label, index) => <span key={`${label}-${index}`}>{label}</span>)}</div>;
    case 'checkbox':
      return <div className="gc-faux-choices" data-kind="checklist"><span>{t('forms.yes')}</span></div>;
    case 'select':
    case 'taglist':
      return <div className="gc-faux-box" data-kind="select">{options.join('、')}</div>;
    case 'textfield':
    case 'textarea':
      return <div className="gc-faux-box" data-kind={component.type}>{lengths(component, t)}</div>;
    case 'number':
    case 'datetime':
    case 'filepicker':
      return <div className="gc-faux-box">{component.type === 'datetime' ? t(`forms.editor.subtypes.${String(component.subtype ?? 'date')}`) : ''}</div>;
    case 'text':
    case 'html':
      return <p className="gc-secondary gc-faux-text">{String(component.text ?? component.content ?? '')}</p>;
    case 'expression':
      return <code className="gc-mono gc-faux-text">{String(component.expression ?? '')}</code>;
    case 'separator':
      return <hr className="gc-rule" />;
    default:
      return null;
  }
}

function lengths(component: FormComponent, t: ReturnType<typeof useTranslation>['t']): string {
  const { minLength, maxLength } = component.validate ?? {};
  if (minLength !== undefined && maxLength !== undefined) return t('forms.editor.lengthBetween', { min: minLength, max: maxLength });
  if (maxLength !== undefined) return t('forms.editor.lengthMost', { max: maxLength });
  return minLength !== undefined ? t('forms.editor.lengthLeast', { min: minLength }) : '';
}
