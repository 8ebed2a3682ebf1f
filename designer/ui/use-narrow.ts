import { useSyncExternalStore } from 'react';

const QUERY = '(max-width: 767px)';

/** True on narrow screens, where a page shows one pane at a time. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(QUERY).matches);
}

function subscribe(changed: () => void): () => void {
  const query = window.matchMedia(QUERY);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}
