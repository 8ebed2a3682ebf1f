import { useState } from 'react';
import { Input } from 'antd';
import { CheckCircleFilled, ExclamationCircleFilled, PlayCircleFilled, SearchOutlined, StopOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { ElementInstance, InstanceDetail } from '../../../engine/contract/api.ts';
import { useNamed } from '../../i18n/index.ts';
import { useFormat } from '../../ui/index.ts';

/** Element instances in the order in which they began, nested by scope. */
export function ElementTree({ instance, selected, onSelect }: { instance: InstanceDetail; selected: string | null; onSelect: (elementId: string) => void }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const rows = treeOf(instance.elements).filter(({ element }) => `${element.name} ${element.nameEn ?? ''} ${element.elementId}`.toLowerCase().includes(search.toLowerCase()));
  return (
    <nav className="gc-tree" aria-label={t('monitor.tree.title')}>
      <header><h2>{t('monitor.tree.title')} <span className="gc-meta">{rows.length}</span></h2></header>
      <Input size="small" allowClear prefix={<SearchOutlined aria-hidden />} value={search} onChange={(event) => setSearch(event.target.value)} aria-label={t('monitor.tree.search')} placeholder={t('monitor.tree.search')} />
      <ul>{rows.map(({ element, depth }) => <li key={element.key}><Row element={element} depth={depth} selected={element.elementId === selected} onSelect={onSelect} /></li>)}</ul>
    </nav>
  );
}

function Row({ element, depth, selected, onSelect }: { element: ElementInstance; depth: number; selected: boolean; onSelect: (elementId: string) => void }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const named = useNamed();
  const kind = element.type.toLowerCase().replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
  const name = element.name !== element.elementId || !i18n.exists(`design.elements.${kind}`) ? named(element.name, element.nameEn) : t(`design.elements.${kind}`);
  const icon = element.incident ? <ExclamationCircleFilled className="gc-bad" /> : element.state === 'active' ? <PlayCircleFilled className="gc-accent" /> : element.state === 'completed' ? <CheckCircleFilled className="gc-accent" /> : <StopOutlined />;
  const word = element.incident ? t('monitor.states.incident') : t(`monitor.elementStates.${element.state}`);
  return (
    <button type="button" aria-current={selected} data-incident={element.incident} style={{ paddingLeft: 12 + depth * 16 }} onClick={() => onSelect(element.elementId)}>
      <span role="img" aria-label={word} title={word}>{icon}</span>
      <span className="gc-tree-name" title={element.elementId}>{name}</span>
      <time className="gc-meta" dateTime={element.startedAt}>{format.short(element.startedAt)}</time>
    </button>
  );
}

/** Depth-first, siblings by their beginning. */
function treeOf(elements: readonly ElementInstance[]): { element: ElementInstance; depth: number }[] {
  const children = new Map<string, ElementInstance[]>();
  const known = new Set(elements.map((element) => element.key));
  for (const element of elements) {
    const parent = known.has(element.flowScopeKey) ? element.flowScopeKey : '';
    children.set(parent, [...(children.get(parent) ?? []), element]);
  }
  const walk = (parent: string, depth: number): { element: ElementInstance; depth: number }[] => (children.get(parent) ?? []).flatMap((element) => [{ element, depth }, ...walk(element.key, depth + 1)]);
  return walk('', 0);
}
