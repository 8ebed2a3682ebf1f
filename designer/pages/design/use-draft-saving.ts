import { useCallback, useEffect, useRef, useState } from 'react';
import type { ResourceKind } from '../../../engine/contract/api.ts';
import { ApiFailure, useSaveDesignDraft } from '../../api/index.ts';

/** Where the draft of one resource stands. */
export type SavingState = 'idle' | 'waiting' | 'saving' | 'saved' | 'conflict' | 'failed';

const PAUSE_MS = 1200;

/**
 * Saves a draft by itself a moment after the last change, one save at a time. A conflict stops it: nothing of the other person's
 * work is overwritten.
 */
export function useDraftSaving(kind: ResourceKind, id: string, revision: number) {
  const { mutateAsync: save } = useSaveDesignDraft(kind, id);
  const [state, setState] = useState<SavingState>('idle');
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const current = useRef({ revision, timer: 0, pending: null as null | (() => Promise<string>), running: null as null | Promise<void> });
  current.current.revision = Math.max(current.current.revision, revision);

  const run = useCallback(async (): Promise<void> => {
    const { pending } = current.current;
    if (pending === null) return;
    current.current.pending = null;
    setState('saving');
    try {
      const saved = await save({ content: await pending(), revision: current.current.revision });
      current.current.revision = saved.revision;
      setSavedAt(saved.changedAt);
      setState(current.current.pending === null ? 'saved' : 'waiting');
    } catch (cause) {
      setError(cause);
      setState(cause instanceof ApiFailure && cause.code === 'draft_conflict' ? 'conflict' : 'failed');
      if (!(cause instanceof ApiFailure && cause.code === 'draft_conflict')) current.current.pending ??= pending;
    }
  }, [save]);

  /** Saves what is waiting now; resolves when it is stored. */
  const flush = useCallback(async (): Promise<void> => {
    clearTimeout(current.current.timer);
    await current.current.running;
    current.current.running = run();
    await current.current.running;
  }, [run]);

  /** Notes a change; `read` gives the content and is asked at once, as the editor may be gone when the time has come. */
  const schedule = useCallback((read: () => Promise<string>): void => {
    const content = read();
    current.current.pending = () => content;
    setState((before) => (before === 'conflict' ? before : 'waiting'));
    clearTimeout(current.current.timer);
    current.current.timer = window.setTimeout(() => void flush(), PAUSE_MS);
  }, [flush]);

  useEffect(() => {
    const held = current.current;
    const warn = (event: BeforeUnloadEvent) => { if (held.pending !== null) event.preventDefault(); };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
      clearTimeout(held.timer);
      if (held.pending !== null) void run();
    };
  }, [run]);

  return { state, savedAt, error, schedule, flush };
}
