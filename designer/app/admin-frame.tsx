import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router';

const pages = [['/admin/calendar', 'calendar.title'], ['/admin/services', 'administration.title'], ['/admin/calls', 'calls.title'], ['/admin/duties', 'duties.title']] as const;

/** The pages of administrators, one beside the other. */
export function AdminFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const nav = useRef<HTMLElement>(null);
  // On a phone the tabs are wider than the page: the one that is open is in sight.
  useEffect(() => void nav.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' }), [pathname]);
  return (
    <div className="gc-admin">
      <nav ref={nav} className="gc-admin-nav" aria-label={t('areas.admin')}>{pages.map(([to, label]) => <NavLink key={to} to={to}>{t(label)}</NavLink>)}</nav>
      <div className="gc-admin-main">{children}</div>
    </div>
  );
}
