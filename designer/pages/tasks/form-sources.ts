import { useMemo } from 'react';
import type { FormComponent, FormOption, FormSchema } from '../../../engine/contract/forms/index.ts';
import type { JsonObject } from '../../../engine/contract/json.ts';
import { fileUrl, MAX_FILE_BYTES, uploadFile, useDirectory, useOpenComplaints } from '../../api/index.ts';
import type { FileAccess } from '../../forms/index.ts';
import { useLanguage } from '../../i18n/index.ts';

/** Options of `properties.source`, fetched only for the sources a form uses; tables name people. A source still on its way is undefined. */
export function useFormSources(schema: FormSchema | null, variables: JsonObject): Record<string, FormOption[] | undefined> {
  const { short } = useLanguage();
  const used = useMemo(() => new Set(sourcesIn(schema?.components ?? [])), [schema]);
  const directory = useDirectory(['users', 'groups', 'sites', 'products'].some((source) => used.has(source))).data;
  const customerNo = typeof variables.customerNo === 'string' ? variables.customerNo : null;
  const complaints = useOpenComplaints(used.has('complaints') ? customerNo : null).data;
  return useMemo(() => ({
    users: directory?.users.map((user) => ({ label: user.name, value: user.id })),
    groups: directory?.groups.map((group) => ({ label: short === 'en' ? group.nameEn : group.name, value: group.id })),
    sites: directory?.sites.map((site) => ({ label: short === 'en' ? site.nameEn : site.name, value: site.id })),
    products: directory?.products.map((product) => ({ label: short === 'en' ? product.nameEn : product.name, value: product.id })),
    complaints: customerNo === null || customerNo === '' ? [] : complaints?.map((row) => ({ label: [row.complaintNo, row.customerName].filter(Boolean).join(' '), value: row.complaintNo })),
  }), [directory, complaints, customerNo, short]);
}

function sourcesIn(components: FormComponent[]): string[] {
  return components.flatMap((component) => [...(component.properties?.source ? [String(component.properties.source)] : []), ...(component.type === 'table' ? ['users'] : []), ...sourcesIn(component.components ?? [])]);
}

/** Files of a form: stored as files of the case when there is one. */
export function useTaskFiles(processInstanceKey?: string): FileAccess {
  return useMemo(() => ({
    upload: async (file) => {
      const { id, name, size, mediaType } = await uploadFile(file, processInstanceKey);
      return { id, name, size, mediaType };
    },
    url: fileUrl,
    maxBytes: MAX_FILE_BYTES,
  }), [processInstanceKey]);
}
