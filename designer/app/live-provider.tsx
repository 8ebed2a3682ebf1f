import { useEffect, type ReactNode } from 'react';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { ChangeEvent } from '../../engine/contract/api.ts';
import { apiUrl } from '../api/index.ts';
import { useShell } from '../ui/shell-store.ts';

/** A short gap is no news; longer than this the banner says that the connection is gone. */
const SILENT_MS = 4_000;
const RECONNECT_MS = 3_000;
/** Changes that arrive together refresh the page once. */
const GATHER_MS = 120;

/** Listens to the server's change events and refreshes what they concern; reconnects by itself. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  useEffect(() => listen(client), [client]);
  return children;
}

function listen(client: QueryClient): () => void {
  let source: EventSource | null = null;
  let reconnect: ReturnType<typeof setTimeout> | undefined;
  let lost: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const gather = gatherer(client);

  const connect = () => {
    source = new EventSource(apiUrl('/events'));
    source.addEventListener('open', () => {
      clearTimeout(lost);
      lost = undefined;
      if (useShell.getState().offlineSince === null) return;
      useShell.getState().set({ offlineSince: null });
      // Whatever changed while nobody was listening.
      void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' && query.queryKey[0] !== 'design-resource' });
    });
    source.addEventListener('change', (event) => gather(JSON.parse((event as MessageEvent<string>).data) as ChangeEvent));
    source.addEventListener('error', () => {
      const since = new Date().toISOString();
      lost ??= setTimeout(() => useShell.getState().set({ offlineSince: since }), SILENT_MS);
      if (source?.readyState !== EventSource.CLOSED || stopped) return;
      clearTimeout(reconnect);
      reconnect = setTimeout(connect, RECONNECT_MS);
    });
  };
  connect();
  // The browser knows at once that the network is gone; the event stream may take minutes to notice.
  const gone = () => useShell.getState().set({ offlineSince: new Date().toISOString() });
  const back = () => {
    source?.close();
    connect();
  };
  window.addEventListener('offline', gone);
  window.addEventListener('online', back);

  return () => {
    stopped = true;
    window.removeEventListener('offline', gone);
    window.removeEventListener('online', back);
    clearTimeout(reconnect);
    clearTimeout(lost);
    source?.close();
    useShell.getState().set({ offlineSince: null });
  };
}

function gatherer(client: QueryClient): (change: ChangeEvent) => void {
  const waiting = new Map<string, readonly unknown[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (change) => {
    for (const key of queriesOf(change)) waiting.set(JSON.stringify(key), key);
    timer ??= setTimeout(() => {
      timer = undefined;
      const keys = [...waiting.values()];
      waiting.clear();
      for (const queryKey of keys) void client.invalidateQueries({ queryKey });
    }, GATHER_MS);
  };
}

/** The queries a change concerns. */
export function queriesOf(change: ChangeEvent): (readonly unknown[])[] {
  switch (change.topic) {
    case 'tasks':
      return [['tasks'], ['task']];
    case 'inbox':
      return [['inbox']];
    case 'instance':
      return [['instance', change.key], ['case', change.key], ['instances']];
    case 'monitor':
      return [['monitor'], ['instances']];
    case 'design':
      return [['design']];
  }
}
