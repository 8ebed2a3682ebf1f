import type { FieldProblem } from '../api.ts';
import type { JsonValue } from '../json.ts';
import type { FormComponent } from './schema.ts';

/** Languages of a form's own words: Chinese in the form-js members, English in `properties`. */
export type FormLanguage = 'zh' | 'en';

/** The label in a language; the Chinese one where no English is given, the key where there is no label at all. */
export function labelOf(component: FormComponent, language: FormLanguage): string {
  const english = component.properties?.labelEn;
  if (language === 'en' && english) return english;
  return component.label ?? (component.dateLabel as string | undefined) ?? (component.timeLabel as string | undefined) ?? component.key ?? '';
}

export function descriptionOf(component: FormComponent, language: FormLanguage): string {
  const english = component.properties?.descriptionEn;
  return language === 'en' && english ? english : (component.description ?? '');
}

/** English labels of the options by value, out of `properties.optionsEn`; empty when absent or no JSON object. */
export function englishOptions(component: FormComponent): Record<string, string> {
  return readWords(component.properties?.optionsEn);
}

/** English titles of a table's columns by key, out of `properties.columnsEn`. */
export function englishColumns(component: FormComponent): Record<string, string> {
  return readWords(component.properties?.columnsEn);
}

function readWords(text: unknown): Record<string, string> {
  if (typeof text !== 'string' || text === '') return {};
  try {
    const parsed = JSON.parse(text) as unknown;
    if (typeof parsed !== 'object' || parsed === null) return {};
    return Object.fromEntries(Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    // Written by hand in another tool; the Chinese labels still stand.
    return {};
  }
}

/** An option's label in a language. */
export function optionLabel(component: FormComponent, option: { label: string; value: JsonValue }, language: FormLanguage): string {
  return (language === 'en' && englishOptions(component)[String(option.value)]) || option.label;
}

/** The message the author wrote for a broken rule; null when the translation of the rule is to be shown. */
export function authorMessage(component: FormComponent, problem: FieldProblem, language: FormLanguage): string | null {
  if (language === 'en') {
    const english = problem.rule === 'custom' ? component.properties?.ruleMessageEn : component.properties?.patternErrorMessageEn;
    if ((problem.rule === 'custom' || problem.rule === 'pattern') && typeof english === 'string' && english) return english;
  }
  return problem.message ?? null;
}
