import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Input, Modal, type InputRef } from 'antd';
import { ApartmentOutlined, CheckSquareOutlined, FolderOpenOutlined, RadarChartOutlined, SearchOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { SearchHit } from '../../engine/contract/api.ts';
import { useSearch } from '../api/index.ts';
import { useNamed } from '../i18n/index.ts';
import { useErrorText } from '../ui/index.ts';
import { areasOf } from './areas.tsx';
import { useSignedIn } from '../api/index.ts';
import { useShell } from '../ui/shell-store.ts';

interface Entry {
  key: string;
  icon: ReactNode;
  title: string;
  detail: string;
  open: () => void;
}

const icons: Record<SearchHit['kind'], ReactNode> = {
  case: <FolderOpenOutlined />,
  task: <CheckSquareOutlined />,
  procedure: <ApartmentOutlined />,
  instance: <RadarChartOutlined />,
};

/** Ctrl/⌘ K: everything this person may see, pages and actions included. */
export function SearchDialog() {
  const { t } = useTranslation();
  const { searchOpen, set } = useShell();
  return (
    <Modal open={searchOpen} onCancel={() => set({ searchOpen: false })} footer={null} closable={false} width={600} style={{ top: 72 }} destroyOnHidden title={t('shell.search')} styles={{ header: { display: 'none' }, body: { padding: 0 } }}>
      <SearchBox />
    </Modal>
  );
}

function SearchBox() {
  const { t } = useTranslation();
  const listId = useId();
  const [text, setText] = useState('');
  const input = useRef<InputRef>(null);
  // At once, before the dialog has finished opening: people type right after Ctrl K.
  useEffect(() => void input.current?.focus(), []);
  const [asked, setAsked] = useState('');
  const [cursor, setCursor] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), 180);
    return () => clearTimeout(timer);
  }, [text]);
  const { entries, note } = useEntries(asked);
  const selected = Math.min(cursor, entries.length - 1);

  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setCursor((selected + step + entries.length) % Math.max(1, entries.length));
    } else if (event.key === 'Enter') entries[selected]?.open();
  };

  return (
    <>
      <Input
        ref={input} size="large" variant="borderless" prefix={<SearchOutlined aria-hidden />} placeholder={t('shell.searchHint')} value={text} onKeyDown={onKey}
        onChange={(event) => { setText(event.target.value); setCursor(0); }}
        role="combobox" aria-label={t('shell.search')} aria-expanded={entries.length > 0} aria-controls={listId} aria-autocomplete="list"
        aria-activedescendant={entries[selected] ? `${listId}-${selected}` : undefined}
      />
      <div className="gc-hits" role="listbox" id={listId} aria-label={t('search.results')}>
        {entries.map((entry, index) => (
          <div
            key={entry.key} id={`${listId}-${index}`} className="gc-hit" role="option" tabIndex={-1} aria-selected={index === selected}
            onClick={entry.open} onMouseMove={() => setCursor(index)} onKeyDown={onKey}
          >
            <span aria-hidden>{entry.icon}</span><span className="gc-ellipsis">{entry.title}</span><span className="gc-meta gc-ellipsis">{entry.detail}</span>
          </div>
        ))}
      </div>
      <p className="gc-meta" role="status" style={{ padding: '4px 12px' }}>{note}</p>
    </>
  );
}

function useEntries(text: string): { entries: Entry[]; note: string } {
  const { t } = useTranslation();
  const { user } = useSignedIn();
  const set = useShell((shell) => shell.set);
  const navigate = useNavigate();
  const errorText = useErrorText();
  const named = useNamed();
  const found = useSearch(text);
  const entries = useMemo(() => {
    const go = (to: string) => () => { set({ searchOpen: false }); void navigate(to); };
    const pages: Entry[] = areasOf(user).map((area) => ({ key: area.path, icon: area.icon, title: t(area.label), detail: t('search.page'), open: go(area.path) }));
    if (user.roles.includes('staff')) pages.push({ key: 'start', icon: <FolderOpenOutlined />, title: t('tasks.start.open'), detail: t('search.action'), open: go('/tasks?start=1') });
    const hits = (text.trim().length >= 2 ? (found.data ?? []) : []).map((hit, index): Entry => ({
      key: `${hit.kind}-${index}`, icon: icons[hit.kind], title: named(hit.title, hit.titleEn), detail: hit.detail ?? t(`search.kinds.${hit.kind}`), open: go(hit.link),
    }));
    const words = text.trim().toLowerCase();
    return [...hits, ...pages.filter((page) => words === '' || page.title.toLowerCase().includes(words))];
  }, [found.data, named, navigate, set, t, text, user]);
  const short = text.trim().length < 2;
  const note = found.isError && !short ? errorText(found.error) : !short && entries.length === 0 && !found.isFetching ? t('search.nothing') : t('search.hint');
  return { entries, note };
}
