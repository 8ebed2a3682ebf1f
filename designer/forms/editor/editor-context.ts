import { createContext, useContext } from 'react';
import type { FormComponent, FormSchema } from '../../../engine/contract/forms/index.ts';
import type { Position } from './operations.ts';

/** Whose words the canvas shows. */
export type CanvasLanguage = 'zh' | 'en' | 'both';

export interface EditorState {
  schema: FormSchema;
  selected: string | null;
  language: CanvasLanguage;
  readonly: boolean;
  select: (id: string | null) => void;
  /** Changes the selected component; steps with the same tag join into one undo step. */
  update: (id: string, change: (component: FormComponent) => FormComponent, tag?: string) => void;
  add: (type: string, at?: Position) => void;
  move: (id: string, to: Position) => void;
  nudge: (id: string, step: -1 | 1) => void;
  duplicate: (id: string) => void;
  remove: (id: string) => void;
  setShareRow: (id: string, share: boolean) => void;
}

export const EditorContext = createContext<EditorState | null>(null);

export function useEditor(): EditorState {
  const state = useContext(EditorContext);
  if (!state) throw new Error('expected a component inside a FormEditor, but there is none around it');
  return state;
}
