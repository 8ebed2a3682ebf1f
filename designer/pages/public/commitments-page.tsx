import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Commitment } from '../../../engine/contract/administration.ts';
import { useCommitments } from '../../api/index.ts';
import { useNamed } from '../../i18n/index.ts';
import { ErrorState, FormSkeleton } from '../../ui/index.ts';
import { PublicFrame } from './public-frame.tsx';

/** 服务承诺: how long what takes at most, as the decisions in force say. */
export function CommitmentsPage({ languages }: { languages: ReactNode }) {
  const { t } = useTranslation();
  const named = useNamed();
  const commitments = useCommitments();
  const limit = ({ amount, unit }: Commitment) => t(`commitments.limits.${unit}`, { count: amount });
  return (
    <PublicFrame title={t('commitments.title')} languages={languages}>
      <h1>{t('commitments.title')}</h1>
      <p className="gc-public-intro">{t('commitments.intro')}</p>
      {commitments.isPending ? <FormSkeleton /> : commitments.isError ? <ErrorState error={commitments.error} onRetry={() => void commitments.refetch()} /> : commitments.data.groups.length === 0 ? <p>{t('commitments.none')}</p> : commitments.data.groups.map((group) => (
        <section key={group.id} className="gc-promises" aria-labelledby={`gc-promises-${group.id}`}>
          <h2 id={`gc-promises-${group.id}`}>{named(group.name.zh, group.name.en)}</h2>
          <dl>{group.items.map((item) => <div key={item.id}><dt>{named(item.text.zh, item.text.en)}</dt><dd>{limit(item)}</dd></div>)}</dl>
        </section>
      ))}
      <p className="gc-public-intro gc-promises-foot">{t('commitments.foot')}</p>
      <nav className="gc-promises-links" aria-label={t('commitments.more')}><Link to="/p/complaint">{t('commitments.complain')}</Link><Link to="/p/feedback">{t('commitments.feedback')}</Link><Link to="/p/progress">{t('commitments.progress')}</Link></nav>
    </PublicFrame>
  );
}
