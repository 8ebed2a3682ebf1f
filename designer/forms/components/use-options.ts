import { useMemo } from 'react';
import { optionLabel, resolveOptions, sameValue, type FormComponent } from '../../../engine/contract/forms/index.ts';
import type { JsonValue } from '../../../engine/contract/json.ts';
import { usePlace, useRenderer } from '../renderer/context.ts';

/** An option as controls take it: any JSON value under a text key. */
export interface ShownOption {
  key: string;
  label: string;
  value: JsonValue;
}

/** The options at this place in the language shown, with the way from value to key and back. */
export function useOptions(component: FormComponent) {
  const place = usePlace();
  const { language } = useRenderer();
  const resolved = resolveOptions(component, place);
  const text = JSON.stringify(resolved);
  return useMemo(() => {
    const options = ((JSON.parse(text) as { label: string; value: JsonValue }[] | null) ?? []).map((option): ShownOption => ({
      key: JSON.stringify(option.value), label: optionLabel(component, option, language), value: option.value,
    }));
    return {
      options,
      known: text !== 'null',
      keyOf: (value: JsonValue) => options.find((option) => sameValue(option.value, value))?.key ?? JSON.stringify(value),
      valueOf: (key: string) => options.find((option) => option.key === key)?.value ?? (JSON.parse(key) as JsonValue),
      labelOf: (value: JsonValue) => options.find((option) => sameValue(option.value, value))?.label ?? (typeof value === 'object' ? JSON.stringify(value) : String(value)),
    };
  }, [component, language, text]);
}
