import { createContext, useContext, type ReactNode } from 'react';
import type { FieldProblem } from '../../../engine/contract/api.ts';
import type { FileValue, FormComponent, FormLanguage, FormScope, Path, Place, RowScope } from '../../../engine/contract/forms/index.ts';
import type { JsonObject } from '../../../engine/contract/json.ts';

/** Where children are rendered: their data path, their row, the suffix of their ids. */
export interface Around {
  path: Path;
  at: RowScope;
  suffix: string;
  /** In a row of a list. */
  compact: boolean;
}

/** How files are stored and fetched; without it a filepicker only shows what is there. */
export interface FileAccess {
  upload: (file: File) => Promise<FileValue>;
  url: (id: string) => string;
  /** Largest size in bytes. */
  maxBytes: number;
}

/** What every component of a rendered form can look at. */
export interface RendererState {
  formId: string;
  values: JsonObject;
  scope: FormScope;
  language: FormLanguage;
  mode: 'edit' | 'display';
  hidden: Set<string>;
  files: FileAccess | null;
  /** Broken rules to show now, by instance id. */
  problems: Record<string, FieldProblem[]>;
  /** A button of the form's own would double the page's. */
  ownButtons: boolean;
  /** A word beside a field's label, by its key, such as how sensitive it is. */
  marks: Readonly<Record<string, ReactNode>>;
  touch: (instanceId: string) => void;
  reset: () => void;
  renderComponents: (components: FormComponent[], around: Around) => ReactNode;
}

export const RendererContext = createContext<RendererState | null>(null);
export const AroundContext = createContext<Around | null>(null);

export function useRenderer(): RendererState {
  const state = useContext(RendererContext);
  if (!state) throw new Error('expected a component inside a FormRenderer, but there is none around it');
  return state;
}

export function useAround(): Around {
  const around = useContext(AroundContext);
  if (!around) throw new Error('expected a component inside a FormRenderer, but there is none around it');
  return around;
}

/** Where FEEL of the component rendered here is evaluated. */
export function usePlace(): Place {
  const { values, scope } = useRenderer();
  const { at } = useAround();
  return { values, scope, at };
}

/** DOM id of an instance: `evidence[0]` is no good id for a selector. */
export function domIdOf(formId: string, instanceId: string): string {
  return `${formId}-${instanceId.replace(/\[(\d+)\]/g, '-$1').replace(/[^\w-]/g, '_')}`;
}
