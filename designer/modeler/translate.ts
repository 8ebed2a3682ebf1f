import zh from './zh-cn.json';

type Replacements = Record<string, string | number>;

const dictionaries: Record<string, Record<string, string> | undefined> = { 'zh-CN': zh };

/** bpmn-js module that translates palette, menus and property panel. What a language lacks stays English. */
export function translateModule(language: string): { translate: ['value', (template: string, replacements?: Replacements) => string] } {
  const dictionary = dictionaries[language] ?? {};
  const translate = (template: string, replacements: Replacements = {}): string => (dictionary[template] ?? template).replace(/{([^}]+)}/g, (whole, name: string) => String(replacements[name] ?? whole));
  return { translate: ['value', translate] };
}
