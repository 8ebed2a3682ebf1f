import { optionSource, readForm, type FormComponent, type FormSchema } from '../../contract/forms/index.ts';
import type { JsonObject } from '../../contract/json.ts';
import type { Database } from '../../database/connect.ts';
import { formById } from '../tasks/task-form.ts';
import type { OpenLink } from './open-link.ts';
import type { Purpose } from './purposes.ts';

/** The form behind a link: what is shown and what an answer is checked against. */
export interface LinkForm {
  json: JsonObject;
  schema: FormSchema;
  /** What the link itself answers; context of the form's conditions. */
  variables: JsonObject;
}

/** The deployed form the link names, made fit for customers, or the purpose's own. Throws when the named form is not deployed. */
export async function formOfLink(db: Database, link: OpenLink, purpose: Purpose): Promise<LinkForm> {
  const variables = purpose.fixed ?? {};
  if (link.formId === null) return linkForm(purpose.components, variables);
  return formForCustomers(db, link.formId, purpose);
}

/** A deployed form made fit for customers. Throws when it is not deployed. */
export async function formForCustomers(db: Database, formId: string, purpose: Pick<Purpose, 'fixed' | 'labels'>): Promise<LinkForm> {
  const deployed = await formById(db, formId);
  if (deployed === null) throw new Error(`the form '${formId}' for customers is not deployed: deploy it`);
  return linkForm(forCustomers(deployed.schema.components, purpose, true), purpose.fixed ?? {});
}

function linkForm(components: readonly FormComponent[], variables: JsonObject): LinkForm {
  // Only what is needed to show it: no id, no origin.
  const json = { type: 'default', schemaVersion: 16, components } as unknown as JsonObject;
  return { json, schema: readForm(json), variables };
}

/**
 * Leaves out what is not for customers: the form's own headline (the page has a title), what the link answers itself, uploads,
 * buttons, and choices out of the institution's directory.
 */
function forCustomers(components: readonly FormComponent[], purpose: Pick<Purpose, 'fixed' | 'labels'>, top: boolean): FormComponent[] {
  return components.flatMap((component, index): FormComponent[] => {
    if (top && index === 0 && component.type === 'text' && String(component['text'] ?? '').startsWith('#')) return [];
    if (component.key !== undefined && purpose.fixed !== undefined && component.key in purpose.fixed) return [];
    if (component.type === 'filepicker' || component.type === 'button' || optionSource(component) === 'directory') return [];
    return [{ ...relabeled(component, purpose), ...(component.components === undefined ? {} : { components: forCustomers(component.components, purpose, false) }) }];
  });
}

function relabeled(component: FormComponent, purpose: Pick<Purpose, 'labels'>): FormComponent {
  const label = component.key === undefined ? undefined : purpose.labels?.[component.key];
  return label === undefined ? component : { ...component, label: label.zh, properties: { ...component.properties, labelEn: label.en } };
}
