import { useCallback, useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { TaskDetail, TaskDraft } from '../../../engine/contract/api.ts';
import type { JsonObject } from '../../../engine/contract/json.ts';
import { ApiFailure, saveDraft, useSignedIn } from '../../api/index.ts';

/** Typing rests this long before the draft is saved. */
const QUIET_MS = 1_200;
const RETRY_MS = 5_000;

/** What became of the draft. `local`: kept on this device until the server answers again. */
export type DraftState =
  | { kind: 'none' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: string }
  | { kind: 'local'; at: string }
  | { kind: 'failed'; error: unknown }
  | { kind: 'conflict' };

interface LocalCopy {
  values: JsonObject;
  revision: number;
}

/** Kept per person: on a shared device nobody finds what another one typed. */
const localKey = (user: string, task: string) => `guicheng.draft.${user}.${task}`;

/** Values to open the form with: what this device could not send yet, else the server's draft. */
export function openingValues(task: TaskDetail, store: string): { values: JsonObject | null; unsent: boolean } {
  const copy = readLocal(store);
  if (copy) return { values: copy.values, unsent: true };
  return { values: task.draft?.values ?? null, unsent: false };
}

/**
 * Saves what is typed by itself, also when the page is left. A draft that somebody else saved in between is never overwritten
 * unasked: `resolve('mine')` keeps what is on the screen, the caller shows the other one for `'theirs'`.
 */
export function useDraft(task: TaskDetail, enabled: boolean) {
  const client = useQueryClient();
  const store = localKey(useSignedIn().user.id, task.key);
  const opening = useRef(openingValues(task, store));
  const revision = useRef(readLocal(store)?.revision ?? task.draft?.revision ?? 0);
  const pending = useRef<JsonObject | null>(opening.current.unsent ? opening.current.values : null);
  const running = useRef(false);
  const closed = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [state, setState] = useState<DraftState>(task.draft ? { kind: 'saved', at: task.draft.savedAt } : { kind: 'none' });

  const flush = useCallback(async () => {
    clearTimeout(timer.current);
    if (!enabled || closed.current || running.current || pending.current === null) return;
    const values = pending.current;
    pending.current = null;
    running.current = true;
    setState({ kind: 'saving' });
    try {
      const saved = await saveDraft(task.key, values, revision.current);
      revision.current = saved.revision;
      writeLocal(store, null);
      setState({ kind: 'saved', at: saved.savedAt });
      remember(client, task.key, saved);
    } catch (error) {
      pending.current ??= values;
      const failed = failureOf(error);
      if (failed.kind === 'local') {
        writeLocal(store, { values: pending.current, revision: revision.current });
        timer.current = setTimeout(() => void flush(), RETRY_MS);
      }
      setState(failed);
      return;
    } finally {
      running.current = false;
    }
    if (pending.current !== null) void flush();
  }, [client, enabled, store, task.key]);

  const change = useCallback((values: JsonObject) => {
    if (!enabled) return;
    pending.current = values;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), QUIET_MS);
  }, [enabled, flush]);

  // Leaving keeps the draft: what still waits is sent now.
  useEffect(() => () => void flush(), [flush]);
  useEffect(() => { if (pending.current !== null) void flush(); }, [flush]);

  const resolve = useCallback((choice: 'mine' | 'theirs', latest: TaskDraft | null) => {
    revision.current = latest?.revision ?? 0;
    if (choice === 'theirs') {
      pending.current = null;
      writeLocal(store, null);
      setState(latest ? { kind: 'saved', at: latest.savedAt } : { kind: 'none' });
    } else void flush();
  }, [flush, store]);

  /** The task is done: nothing is to be saved any more. */
  const close = useCallback(() => {
    closed.current = true;
    pending.current = null;
    clearTimeout(timer.current);
    writeLocal(store, null);
  }, [store]);

  return { values: opening.current.values, state, change, flush, resolve, close };
}

function failureOf(error: unknown): DraftState {
  if (!(error instanceof ApiFailure)) return { kind: 'failed', error };
  if (error.code === 'draft_conflict') return { kind: 'conflict' };
  const passing = ['offline', 'timeout', 'engine_unavailable', 'overloaded', 'internal'].includes(error.code);
  return passing ? { kind: 'local', at: new Date().toISOString() } : { kind: 'failed', error };
}

function remember(client: ReturnType<typeof useQueryClient>, key: string, draft: TaskDraft): void {
  client.setQueryData<TaskDetail>(['task', key], (task) => (task ? { ...task, draft } : task));
}

function readLocal(store: string): LocalCopy | null {
  const text = localStorage.getItem(store);
  return text === null ? null : (JSON.parse(text) as LocalCopy);
}

function writeLocal(store: string, copy: LocalCopy | null): void {
  if (copy === null) localStorage.removeItem(store);
  else localStorage.setItem(store, JSON.stringify(copy));
}
