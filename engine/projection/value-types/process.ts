import type { JsonValue } from '../../contract/json.ts';
import { readOutline } from '../element-names.ts';
import { processDefinition } from '../tables.ts';
import { resourceText, text, type Applier } from './applier.ts';

/** Process definitions with what pages need of their diagram. */
export const process: Applier = {
  valueTypes: ['PROCESS'],
  apply(batch, { key, intent, timestamp, value }) {
    const bpmnProcessId = text(value['bpmnProcessId']);
    batch.definitions.add(bpmnProcessId);
    if (intent === 'DELETED') return batch.patch(processDefinition, key, { deleted: true });
    if (intent !== 'CREATED') return;
    const xml = resourceText(value['resource']);
    const outline = readOutline(xml, bpmnProcessId);
    batch.put(processDefinition, {
      key,
      bpmn_process_id: bpmnProcessId,
      version: Number(value['version']),
      name: outline.name,
      name_en: outline.nameEn,
      code: outline.code,
      description: outline.description,
      resource_name: text(value['resourceName']),
      xml,
      elements: outline.elements as unknown as JsonValue,
      startable: outline.startable,
      start_form_id: outline.startFormId,
      start_groups: outline.startGroups,
      deployed_at: timestamp,
      deleted: false,
    });
  },
};
