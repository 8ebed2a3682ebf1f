import { useState } from 'react';
import { useDraggable } from '@dnd-kit/core';
import { Input, Segmented } from 'antd';
import { SearchOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { labelOf, type FormComponent } from '../../../engine/contract/forms/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { definitionOf, definitions, type ComponentDefinition, type ComponentGroup } from '../components/index.ts';
import { useEditor } from './editor-context.ts';

const groups: ComponentGroup[] = ['input', 'choice', 'container', 'presentation'];

/** What can be put into a form, and the outline of what is in it. */
export function Palette() {
  const { t } = useTranslation();
  const [tab, setTab] = useState<'components' | 'outline'>('components');
  return (
    <section className="gc-palette" aria-label={t('forms.editor.panes.palette')}>
      <Segmented block value={tab} onChange={setTab} options={(['components', 'outline'] as const).map((name) => ({ value: name, label: t(`forms.editor.${name}`) }))} />
      {tab === 'components' ? <Components /> : <Outline />}
    </section>
  );
}

function Components() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const words = text.trim().toLowerCase();
  const fits = (definition: ComponentDefinition) => words === '' || definition.type.includes(words) || t(`forms.types.${definition.type}`).toLowerCase().includes(words);
  return (
    <>
      <Input allowClear prefix={<SearchOutlined aria-hidden />} value={text} onChange={(event) => setText(event.target.value)} placeholder={t('forms.editor.search')} aria-label={t('forms.editor.search')} />
      {groups.map((group) => {
        const shown = definitions.filter((definition) => definition.group === group && fits(definition));
        return shown.length === 0 ? null : (
          <div key={group}>
            <h3>{t(`forms.groups.${group}`)}</h3>
            <div className="gc-palette-grid">{shown.map((definition) => <Tile key={definition.type} definition={definition} />)}</div>
          </div>
        );
      })}
    </>
  );
}

/** Click or Enter adds behind the selected component; dragging puts it anywhere. */
function Tile({ definition }: { definition: ComponentDefinition }) {
  const { t } = useTranslation();
  const { add, readonly } = useEditor();
  const { setNodeRef, listeners } = useDraggable({ id: `new:${definition.type}`, data: { type: definition.type }, disabled: readonly });
  return (
    <button ref={setNodeRef} type="button" className="gc-tile" disabled={readonly} onPointerDown={listeners?.onPointerDown as React.PointerEventHandler} onClick={() => add(definition.type)}>
      <span aria-hidden>{definition.icon}</span><span>{t(`forms.types.${definition.type}`)}</span>
    </button>
  );
}

function Outline() {
  const { t } = useTranslation();
  const { schema } = useEditor();
  if (schema.components.length === 0) return <p className="gc-meta">{t('forms.editor.emptyTitle')}</p>;
  return <OutlineList components={schema.components} />;
}

function OutlineList({ components }: { components: FormComponent[] }) {
  const { t } = useTranslation();
  const { short } = useLanguage();
  const { select, selected } = useEditor();
  return (
    <ul className="gc-outline">
      {components.map((component) => (
        <li key={component.id}>
          <button type="button" aria-pressed={component.id === selected} onClick={() => select(component.id)}>
            <span aria-hidden>{definitionOf(component.type).icon}</span><span className="gc-ellipsis">{labelOf(component, short) || t(`forms.types.${component.type}`, { defaultValue: component.type })}</span>
          </button>
          {component.components && component.components.length > 0 && <OutlineList components={component.components} />}
        </li>
      ))}
    </ul>
  );
}
