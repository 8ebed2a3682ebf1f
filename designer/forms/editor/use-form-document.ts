import { useCallback, useEffect, useMemo, useReducer, useRef } from 'react';
import type { FormSchema } from '../../../engine/contract/forms/index.ts';
import { parseFormDocument, type FormDocument } from './form-document.ts';

interface History {
  document: FormDocument | null;
  error: Error | null;
  past: FormSchema[];
  present: FormSchema;
  future: FormSchema[];
  /** Steps with the same tag in a row are one step: a word typed is undone at once. */
  tag: string | null;
}

type Action = { kind: 'load'; text: string } | { kind: 'apply'; schema: FormSchema; tag: string | null } | { kind: 'undo' } | { kind: 'redo' };

const EMPTY: FormSchema = { components: [] };
const MAX_STEPS = 200;

function load(text: string): History {
  try {
    const document = parseFormDocument(text);
    return { document, error: null, past: [], present: document.schema, future: [], tag: null };
  } catch (error) {
    return { document: null, error: error instanceof Error ? error : new Error(String(error)), past: [], present: EMPTY, future: [], tag: null };
  }
}

function reduce(history: History, action: Action): History {
  switch (action.kind) {
    case 'load':
      return load(action.text);
    case 'apply': {
      if (action.schema === history.present) return history;
      const joined = action.tag !== null && action.tag === history.tag;
      return { ...history, past: joined ? history.past : [...history.past, history.present].slice(-MAX_STEPS), present: action.schema, future: [], tag: action.tag };
    }
    case 'undo': {
      const previous = history.past.at(-1);
      return previous ? { ...history, past: history.past.slice(0, -1), present: previous, future: [history.present, ...history.future], tag: null } : history;
    }
    case 'redo': {
      const [next, ...future] = history.future;
      return next ? { ...history, past: [...history.past, history.present], present: next, future, tag: null } : history;
    }
  }
}

/** The form being edited, with undo and redo. Tells about every change as text; text from outside starts afresh. */
export function useFormDocument(value: string, onChange: (text: string) => void) {
  const [history, dispatch] = useReducer(reduce, value, load);
  const told = useRef(value);
  const { document, present } = history;

  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    dispatch({ kind: 'load', text: value });
  }, [value]);

  useEffect(() => {
    if (!document) return;
    const text = document.print(present);
    if (text === told.current) return;
    told.current = text;
    onChange(text);
  }, [document, present, onChange]);

  const apply = useCallback((schema: FormSchema, tag: string | null = null) => dispatch({ kind: 'apply', schema, tag }), []);
  const undo = useCallback(() => dispatch({ kind: 'undo' }), []);
  const redo = useCallback(() => dispatch({ kind: 'redo' }), []);
  return useMemo(() => ({ schema: present, error: history.error, canUndo: history.past.length > 0, canRedo: history.future.length > 0, apply, undo, redo }), [present, history, apply, undo, redo]);
}
