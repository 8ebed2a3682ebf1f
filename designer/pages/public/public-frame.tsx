import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Logo } from '../../ui/index.ts';

/** What every page of customers looks like: the institution's name, the language, one column. Also the browser's title. */
export function PublicFrame({ title, languages, children }: { title: string; languages: ReactNode; children: ReactNode }) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <div className="gc-public">
      <header className="gc-public-head"><Logo /><span>{t('public.header')}</span>{languages}</header>
      <main>{children}</main>
    </div>
  );
}
