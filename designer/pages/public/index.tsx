import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { LinkPage } from './link-page.tsx';
import './public.css';

/** Pages of customers, who come by a one-time link and never sign in. `languages` is the app's language switch. */
export default function PublicPages({ languages }: { languages: ReactNode }) {
  const { token = '' } = useParams();
  // Another link starts afresh.
  return <LinkPage key={token} token={token} languages={languages} />;
}
