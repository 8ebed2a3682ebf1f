import { useState } from 'react';
import { Drawer, Dropdown } from 'antd';
import { BellOutlined, MenuOutlined, QuestionCircleOutlined, SearchOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useNavigate } from 'react-router';
import { useInbox, useSignOut } from '../api/index.ts';
import { Avatar, IconButton, Logo } from '../ui/index.ts';
import { areasOf } from './areas.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { useSignedIn } from '../api/index.ts';
import { chooseLook, useShell, type LookChoice } from '../ui/shell-store.ts';

/** Where I am, search, inbox, language, help, me. */
export function TopBar() {
  const { t } = useTranslation();
  const set = useShell((shell) => shell.set);
  return (
    <header className="gc-top">
      <Link to="/" className="gc-top-mark" aria-label={t('shell.home')}><Logo /></Link>
      <AreaMenu />
      <Crumbs />
      <button type="button" className="gc-search-button" onClick={() => set({ searchOpen: true })} aria-keyshortcuts="Control+K">
        <SearchOutlined aria-hidden /><span>{t('shell.searchHint')}</span><kbd aria-hidden>Ctrl K</kbd>
      </button>
      <Bell />
      <LanguageSwitch />
      <IconButton label={t('shell.help')} icon={<QuestionCircleOutlined />} onClick={() => set({ helpOpen: true })} />
      <Me />
    </header>
  );
}

function Crumbs() {
  const { t } = useTranslation();
  const crumbs = useShell((shell) => shell.crumbs);
  return (
    <nav className="gc-crumbs" aria-label={t('shell.breadcrumb')}>
      <ol>
        {crumbs.map((crumb, index) => (
          <li key={`${index}-${crumb.label}`}>
            {index === crumbs.length - 1 ? <span aria-current="page">{crumb.label}</span> : crumb.to ? <Link to={crumb.to}>{crumb.label}</Link> : <span>{crumb.label}</span>}
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Bell() {
  const { t } = useTranslation();
  const set = useShell((shell) => shell.set);
  const unread = useInbox().data?.unread ?? 0;
  const shown = unread > 99 ? '99+' : String(unread);
  return (
    <button type="button" className="gc-icon-button" onClick={() => set({ inboxOpen: true })} aria-label={t('shell.inbox', { count: unread, shown })}>
      <BellOutlined aria-hidden />
      {unread > 0 && <span className="gc-bell-count" aria-hidden>{shown}</span>}
    </button>
  );
}

function Me() {
  const { t } = useTranslation();
  const { user } = useSignedIn();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const look = useShell((shell) => shell.look);
  const looks: LookChoice[] = ['light', 'dark', 'system'];
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectedKeys: [`look-${look}`],
        items: [
          { key: 'look', type: 'group', label: t('shell.look'), children: looks.map((choice) => ({ key: `look-${choice}`, label: t(`shell.looks.${choice}`), onClick: () => chooseLook(choice) })) },
          { type: 'divider' },
          { key: 'out', label: t('shell.signOut'), onClick: () => signOut.mutate(undefined, { onSuccess: () => void navigate('/sign-in') }) },
        ],
      }}
    >
      <button type="button" className="gc-me" title={t('shell.me')}>
        <Avatar name={user.name} /><span className="gc-me-name gc-ellipsis">{user.name}</span>
      </button>
    </Dropdown>
  );
}

/** The areas on narrow screens. */
function AreaMenu() {
  const { t } = useTranslation();
  const { user } = useSignedIn();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="gc-icon-button gc-menu-button" aria-label={t('shell.areas')} onClick={() => setOpen(true)}><MenuOutlined aria-hidden /></button>
      <Drawer open={open} onClose={() => setOpen(false)} placement="left" size={260} title={t('app.name')} styles={{ body: { padding: 8 } }}>
        <nav className="gc-drawer-nav" aria-label={t('shell.areas')}>
          {areasOf(user).map((area) => <NavLink key={area.path} to={area.path} onClick={() => setOpen(false)}>{area.icon}<span>{t(area.label)}</span></NavLink>)}
        </nav>
      </Drawer>
    </>
  );
}
