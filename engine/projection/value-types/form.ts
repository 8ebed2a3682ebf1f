import { formDefinition } from '../tables.ts';
import { resourceText, text, type Applier } from './applier.ts';

/** Forms, every version: a task keeps the one it started with. */
export const form: Applier = {
  valueTypes: ['FORM'],
  apply(batch, { key, intent, timestamp, value }) {
    if (intent === 'DELETED') return batch.patch(formDefinition, key, { deleted: true });
    if (intent !== 'CREATED') return;
    batch.put(formDefinition, { key, form_id: text(value['formId']), version: Number(value['version']), resource_name: text(value['resourceName']), content: resourceText(value['resource']), deployed_at: timestamp, deleted: false });
  },
};
