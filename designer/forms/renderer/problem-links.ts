import type { FieldProblem } from '../../../engine/contract/api.ts';
import { fieldInstances, type FormComponent, type FormSchema, type FormScope } from '../../../engine/contract/forms/index.ts';
import type { JsonObject } from '../../../engine/contract/json.ts';
import { domIdOf } from './context.ts';

/** A field with broken rules, to be jumped to. */
export interface ProblemLink {
  id: string;
  domId: string;
  component: FormComponent;
  /** 1-based rows it stands in, outermost first. */
  rows: number[];
}

/** What a page's own footer may show and do. */
export interface FooterState {
  /** Fields to mend, once a submit was tried. */
  problems: ProblemLink[];
  focus: (link: ProblemLink) => void;
}

/** The fields to mend in the order they stand in the form. */
export function problemLinks(schema: FormSchema, values: JsonObject, scope: FormScope, errors: Record<string, FieldProblem[]>, formId: string): ProblemLink[] {
  return fieldInstances(schema, values, scope)
    .filter((instance) => errors[instance.id] !== undefined)
    .map((instance) => ({ id: instance.id, domId: domIdOf(formId, instance.id), component: instance.component, rows: instance.at.indexes }));
}

/** Moves to a field: the control itself, or the first one of a group. */
export function focusField({ domId }: ProblemLink): void {
  const element = document.getElementById(domId);
  if (!element) return;
  const control = element.matches('input, textarea, button, [tabindex]') ? element : element.querySelector<HTMLElement>('input, button, textarea');
  (control ?? element).focus({ preventScroll: true });
  element.scrollIntoView({ block: 'center' });
}
