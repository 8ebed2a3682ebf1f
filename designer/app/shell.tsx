import { useEffect } from 'react';
import { DisconnectOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet } from 'react-router';
import { isTyping, useFormat } from '../ui/index.ts';
import { areasOf } from './areas.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { InboxDrawer } from './inbox-drawer.tsx';
import { LiveProvider } from './live-provider.tsx';
import { SearchDialog } from './search-dialog.tsx';
import { useSignedIn } from '../api/index.ts';
import { useShell } from '../ui/shell-store.ts';
import { TopBar } from './top-bar.tsx';

/** The frame of every page: navigation on the left, bar on top, the page in between. */
export function Shell() {
  const { t } = useTranslation();
  const { user } = useSignedIn();
  const focused = useShell((shell) => shell.focused);
  useShellKeys();
  return (
    <LiveProvider>
      <a className="gc-skip" href="#main">{t('shell.skip')}</a>
      <div className="gc-shell" data-focus={focused}>
        <TopBar />
        <nav className="gc-nav" aria-label={t('shell.areas')}>
          {areasOf(user).map((area) => (
            <NavLink key={area.path} to={area.path}>{area.icon}<span>{t(area.label)}</span></NavLink>
          ))}
        </nav>
        <OfflineBanner />
        <main className="gc-main" id="main" tabIndex={-1}><Outlet /></main>
      </div>
      <SearchDialog />
      <InboxDrawer />
      <HelpDialog />
    </LiveProvider>
  );
}

function OfflineBanner() {
  const { t } = useTranslation();
  const format = useFormat();
  const since = useShell((shell) => shell.offlineSince);
  if (since === null) return null;
  return (
    <div className="gc-banner" role="status">
      <DisconnectOutlined aria-hidden /> {t('shell.offline')}
      <time dateTime={since}>{t('shell.offlineSince', { time: format.time(since) })}</time>
    </div>
  );
}

function useShellKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        useShell.getState().set({ searchOpen: true });
      } else if (event.key === '?' && !isTyping(event.target)) {
        useShell.getState().set({ helpOpen: true });
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
