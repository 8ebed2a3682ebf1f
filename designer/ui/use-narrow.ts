import { useCallback, useSyncExternalStore } from 'react';

/** True on narrow screens, where a page shows one pane at a time. `maxWidth` in px, 767 (phones) unless told. */
export function useNarrow(maxWidth = 767): boolean {
  const text = `(max-width: ${maxWidth}px)`;
  const subscribe = useCallback((changed: () => void) => {
    const query = window.matchMedia(text);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, [text]);
  return useSyncExternalStore(subscribe, () => window.matchMedia(text).matches);
}
