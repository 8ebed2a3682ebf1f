import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { CommitmentsPage } from './commitments-page.tsx';
import { LinkPage } from './link-page.tsx';
import { ProgressPage } from './progress-page.tsx';
import { SubmitPage } from './submit-page.tsx';
import './public.css';

/**
 * Pages of customers, who never sign in: `/p/complaint` and `/p/feedback` bring something in, `/p/progress` looks it up, `/p/commitments` says how long what takes at most, and any
 * other word is the token of a one-time link. `languages` is the app's language switch.
 */
export default function PublicPages({ languages }: { languages: ReactNode }) {
  const { token = '' } = useParams();
  if (token === 'complaint' || token === 'feedback') return <SubmitPage key={token} kind={token} languages={languages} />;
  if (token === 'progress') return <ProgressPage languages={languages} />;
  if (token === 'commitments') return <CommitmentsPage languages={languages} />;
  // Another link starts afresh.
  return <LinkPage key={token} token={token} languages={languages} />;
}
