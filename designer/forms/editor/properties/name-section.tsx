import { useTranslation } from 'react-i18next';
import type { FormComponent } from '../../../../engine/contract/forms/index.ts';
import type { PropertyName } from '../../components/index.ts';
import { useEditor } from '../editor-context.ts';
import { listComponents } from '../operations.ts';
import { useChange } from './change.ts';
import { Section, TextLine } from './inputs.tsx';

const KEY = /^\w+(\.\w+)*$/;

/** Which member holds the Chinese label: a datetime has none of its own. */
function labelMember(component: FormComponent): 'label' | 'dateLabel' | 'timeLabel' {
  if (component.type !== 'datetime' || component.label !== undefined) return 'label';
  return component.subtype === 'time' ? 'timeLabel' : 'dateLabel';
}

/** Labels in both languages and where the value is stored. */
export function NameSection({ component, offered }: { component: FormComponent; offered: Set<PropertyName> }) {
  const { t } = useTranslation();
  const { schema } = useEditor();
  const change = useChange(component);
  if (!offered.has('label') && !offered.has('key') && !offered.has('path')) return null;
  const stored = offered.has('key') ? 'key' : 'path';
  const name = component[stored];
  const own = listComponents(schema).find((found) => found.component.id === component.id);
  const taken = name !== undefined && listComponents(schema).some((found) => found.component.id !== component.id && found.parent === own?.parent && (found.component.key ?? found.component.path) === name);
  const needed = stored === 'key' || component.type === 'dynamiclist';
  const problem = name === undefined ? (needed ? t('forms.props.keyMissing') : null) : !KEY.test(name) ? t('forms.props.keyWrong') : taken && needed ? t('forms.props.keyTaken') : null;
  const member = labelMember(component);
  return (
    <Section title={t('forms.props.name')}>
      {offered.has('label') && <TextLine label={t('forms.props.chinese')} value={component[member] as string | undefined} onChange={(value) => change.own(member, value)} />}
      {offered.has('label') && <TextLine label={t('forms.props.english')} value={component.properties?.labelEn} onChange={(value) => change.property('labelEn', value)} />}
      {(offered.has('key') || offered.has('path')) && <TextLine mono label={t('forms.props.key')} value={name} onChange={(value) => change.own(stored, value)} problem={problem} />}
      {offered.has('description') && <TextLine long label={t('forms.props.description')} value={component.description} onChange={(value) => change.own('description', value)} />}
      {offered.has('description') && component.description !== undefined && <TextLine long label={t('forms.props.descriptionEn')} value={component.properties?.descriptionEn} onChange={(value) => change.property('descriptionEn', value)} />}
    </Section>
  );
}
