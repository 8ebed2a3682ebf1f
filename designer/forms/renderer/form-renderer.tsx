import { useCallback, useEffect, useId, useImperativeHandle, useMemo, useRef, useState, type FormEvent, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { FormProvider, useForm, useWatch, type FieldValues } from 'react-hook-form';
import type { FieldProblem } from '../../../engine/contract/api.ts';
import { computeExpressions, fieldInstances, getPath, initialValues, pathName, sameValue, topScope, validateForm, type FormOption, type FormSchema, type FormScope } from '../../../engine/contract/forms/index.ts';
import type { JsonObject } from '../../../engine/contract/json.ts';
import { useLanguage } from '../../i18n/index.ts';
import { useZone } from '../../ui/index.ts';
import { RendererContext, type FileAccess, type RendererState } from './context.ts';
import { Components } from './render-components.tsx';
import { focusField, problemLinks, type FooterState } from './problem-links.ts';
import { DefaultFooter } from './default-footer.tsx';
import '../forms.css';

export interface FormHandle {
  /** As the submit button does. */
  submit: () => void;
  values: () => JsonObject;
  /** Puts other values in place, e.g. those of a draft saved elsewhere. */
  replace: (values: JsonObject) => void;
}

export interface FormRendererProps {
  schema: FormSchema;
  /** Variables of the process: loaded into the fields, and context of every condition. @default {} */
  variables?: JsonObject;
  /** What was filled in before (a draft); wins over `variables`. */
  values?: JsonObject | null;
  /** `display` shows values as words. @default 'edit' */
  mode?: 'edit' | 'display';
  /** Options of `properties.source`. */
  sources?: Record<string, FormOption[] | undefined>;
  files?: FileAccess | null;
  /** Rules the server found broken, by field id. */
  serverErrors?: Record<string, FieldProblem[]>;
  onChange?: (values: JsonObject) => void;
  /** Gets the data of visible, enabled fields, valid by the same rules the server runs. */
  onSubmit?: (data: JsonObject) => void;
  /** In place of the plain submit row; null for none. */
  footer?: ((state: FooterState) => ReactNode) | null;
  /** Words beside the labels of fields, by key. @default {} */
  marks?: Readonly<Record<string, ReactNode>>;
  /** Accessible name of the form. */
  label?: string;
  /** Epoch milliseconds, fixed for a preview; the device's clock otherwise. */
  now?: number;
  ref?: Ref<FormHandle>;
}

const noMarks: Readonly<Record<string, ReactNode>> = {};

/** Renders form-js JSON. Give it a `key` of the task, so that another task starts with fresh values. */
export function FormRenderer({ schema, variables = {}, values: given = null, mode = 'edit', sources, files = null, serverErrors, onChange, onSubmit, footer, marks = noMarks, label, now, ref }: FormRendererProps) {
  const formId = `f${useId().replace(/[^\w]/g, '')}`;
  const { short } = useLanguage();
  const zone = useZone();
  const [start] = useState(() => ({ ...initialValues(schema, variables), ...given }));
  const form = useForm<FieldValues>({ defaultValues: start as FieldValues, shouldUnregister: false });
  const values = useWatch({ control: form.control }) as JsonObject;
  const scope = useMemo((): FormScope => ({ variables, zone, now: now ?? thisMinute(), ...(sources ? { sources } : {}) }), [variables, zone, now, sources, values]);
  useComputed(schema, values, scope, (name, value) => form.setValue(name, value));
  useChanged(values, onChange);

  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const server = useServerErrors(serverErrors, schema, values, scope);
  const result = useMemo(() => (mode === 'edit' ? validateForm(schema, values, scope) : { data: {}, errors: {} }), [schema, values, scope, mode]);
  const all = useMemo(() => ({ ...server, ...result.errors }), [result, server]);
  const problems = useMemo(() => Object.fromEntries(Object.entries(all).filter(([id]) => tried || touched.has(id) || id in server)), [all, tried, touched, server]);
  const hidden = useMemo(() => new Set(fieldInstances(schema, values, scope).filter((instance) => instance.hidden).map((instance) => instance.id)), [schema, values, scope]);
  const links = useMemo(() => problemLinks(schema, values, scope, tried ? all : server, formId), [schema, values, scope, tried, all, server, formId]);

  const submit = useCallback(() => {
    const current = computeExpressions(schema, form.getValues() as JsonObject, scope, 'presubmit');
    const { data, errors } = validateForm(schema, current, { ...scope, now: now ?? Date.now() });
    setTried(true);
    const first = problemLinks(schema, current, scope, errors, formId)[0];
    if (first) requestAnimationFrame(() => focusField(first));
    else onSubmit?.(data);
  }, [form, formId, now, onSubmit, schema, scope]);
  useImperativeHandle(ref, () => ({ submit, values: () => form.getValues() as JsonObject, replace: (next) => form.reset({ ...start, ...next }) }), [form, start, submit]);

  const touch = useCallback((id: string) => setTouched((before) => (before.has(id) ? before : new Set(before).add(id))), []);
  const state: RendererState = {
    formId, values, scope, language: short, mode, hidden, files, problems, ownButtons: footer === undefined, marks, touch,
    reset: () => { form.reset(start); setTouched(new Set()); setTried(false); },
    renderComponents: (components, around) => <Components components={components} around={around} />,
  };
  const foot: FooterState = { problems: links, focus: focusField };
  return (
    <RendererContext value={state}>
      <FormProvider {...form}>
        <form className="gc-form" noValidate aria-label={label} onKeyDown={noStraySubmit} onSubmit={(event: FormEvent) => { event.preventDefault(); event.stopPropagation(); if (mode === 'edit') submit(); }}>
          <div className="gc-form-body"><div className="gc-form-grid"><Components components={schema.components} around={{ path: [], at: topScope(values), suffix: '', compact: false }} /></div></div>
          {footer === null ? null : footer ? footer(foot) : mode === 'edit' && onSubmit ? <DefaultFooter state={foot} /> : null}
        </form>
      </FormProvider>
    </RendererContext>
  );
}

/** Enter in a line of text must not complete a task: the button and Ctrl+Enter do. */
function noStraySubmit(event: KeyboardEvent): void {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
}

/** Conditions look at the minute, so that an expression over `now()` settles instead of chasing itself. */
function thisMinute(): number {
  return Math.floor(Date.now() / 60_000) * 60_000;
}

/** Keeps `expression` fields up to date with what is typed. */
function useComputed(schema: FormSchema, values: JsonObject, scope: FormScope, set: (name: string, value: JsonObject[string]) => void): void {
  useEffect(() => {
    const computed = computeExpressions(schema, values, scope, 'change');
    if (computed === values) return;
    for (const { component, path } of fieldInstances(schema, computed, scope)) {
      const value = component.type === 'expression' ? getPath(computed, path) : undefined;
      if (value !== undefined && !sameValue(value, getPath(values, path))) set(pathName(path), value);
    }
  }, [schema, values, scope, set]);
}

/** Tells the page about changes, not about the first values. */
function useChanged(values: JsonObject, onChange: ((values: JsonObject) => void) | undefined): void {
  const last = useRef(JSON.stringify(values));
  useEffect(() => {
    const text = JSON.stringify(values);
    if (text === last.current) return;
    last.current = text;
    onChange?.(values);
  }, [values, onChange]);
}

/** What the server refused, until the field is changed. */
function useServerErrors(given: Record<string, FieldProblem[]> | undefined, schema: FormSchema, values: JsonObject, scope: FormScope): Record<string, FieldProblem[]> {
  const refused = useRef<{ given: typeof given; values: Record<string, string> }>({ given: undefined, values: {} });
  return useMemo(() => {
    if (!given) return {};
    const now = Object.fromEntries(fieldInstances(schema, values, scope).map((instance) => [instance.id, JSON.stringify(getPath(values, instance.path) ?? null)]));
    if (refused.current.given !== given) refused.current = { given, values: now };
    return Object.fromEntries(Object.entries(given).filter(([id]) => refused.current.values[id] === now[id]));
  }, [given, schema, values, scope]);
}
