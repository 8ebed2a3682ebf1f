import { useState, type ReactNode } from 'react';
import { CheckOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { PublicLink } from '../../../engine/contract/api.ts';
import { useAnswerLink, usePublicLink } from '../../api/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { FormSkeleton, ZoneProvider } from '../../ui/index.ts';
import { AnswerForm } from './answer-form.tsx';
import { LinkProblem } from './link-problem.tsx';
import { Notice } from './notice.tsx';
import { isFinal } from './final-errors.ts';
import { PublicFrame } from './public-frame.tsx';

/** One link from opening to thanks: loading, the form, and why it cannot be used. */
export function LinkPage({ token, languages }: { token: string; languages: ReactNode }) {
  const { t } = useTranslation();
  const { short } = useLanguage();
  const link = usePublicLink(token);
  const answer = useAnswerLink(token);
  const title = answer.isSuccess && link.data ? link.data.thanks.title[short] : (link.data?.title[short] ?? t('public.header'));
  return <PublicFrame title={title} languages={languages}>{content()}</PublicFrame>;

  function content(): ReactNode {
    if (answer.isError && isFinal(answer.error)) return <LinkProblem error={answer.error} />;
    // Asked again only by the person: an answer under way must not lose its form.
    if (link.isError) return <LinkProblem error={link.error} onRetry={() => void link.refetch()} retrying={link.isFetching} />;
    if (link.isPending) return <FormSkeleton />;
    if (answer.isSuccess) return <Notice tone="accent" icon={<CheckOutlined />} title={link.data.thanks.title[short]} text={link.data.thanks.text[short]} />;
    return <Open link={link.data}><AnswerForm link={link.data} answer={answer} /></Open>;
  }
}

function Open({ link, children }: { link: PublicLink; children: ReactNode }) {
  const { short } = useLanguage();
  const [labelId] = useState('gc-public-title');
  return (
    <ZoneProvider zone={link.zone}>
      <h1 id={labelId}>{link.title[short]}</h1>
      <p className="gc-public-intro">{link.intro[short]}</p>
      {children}
    </ZoneProvider>
  );
}
