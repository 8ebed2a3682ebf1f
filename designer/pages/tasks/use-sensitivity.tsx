import { useMemo, type ReactNode } from 'react';
import type { FormComponent, FormSchema } from '../../../engine/contract/forms/index.ts';
import { useDataClasses, useWatermark } from '../../api/index.ts';
import { SensitivityChip } from '../../forms/index.ts';
import { useFormat } from '../../ui/index.ts';

/** How sensitive the personal fields of a form are, as words beside their labels, and the watermark it is shown under; null without such fields. */
export function useSensitivity(schema: FormSchema | null): { marks: Record<string, ReactNode>; watermark: string[] | null } {
  const format = useFormat();
  const { name, openedAt } = useWatermark();
  const keys = useMemo(() => (schema === null ? [] : personalKeys(schema.components)), [schema]);
  const { data } = useDataClasses(keys);
  const marks = useMemo(() => Object.fromEntries(Object.entries(data?.fields ?? {}).map(([key, found]) => [key, <SensitivityChip key={key} of={found} />])), [data]);
  return { marks, watermark: keys.length === 0 ? null : [name, format.dateTime(openedAt)] };
}

/** Keys of the fields marked as personal. */
function personalKeys(components: readonly FormComponent[]): string[] {
  return components.flatMap((component) => [...(component.key !== undefined && component.properties?.['pii'] === 'true' ? [component.key] : []), ...(Array.isArray(component.components) ? personalKeys(component.components) : [])]);
}
