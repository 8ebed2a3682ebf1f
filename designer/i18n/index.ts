import { useCallback } from 'react';
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';

/** The two languages of the product. */
export type Language = 'zh-CN' | 'en';

type Tree = { [key: string]: string | Tree };

// `zh-CN.json` and `en.json` are the frame's; `<area>.zh-CN.json` beside them hold an area's own keys. All become one tree.
const files = import.meta.glob<Tree>(['./*.json'], { eager: true, import: 'default' });

const STORED = 'guicheng.language';

/** Starts translation; the language is the one chosen before, else Chinese. Call once before rendering. */
export function startI18n(language: Language = storedLanguage()): typeof i18next {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    supportedLngs: ['zh-CN', 'en'],
    resources: { 'zh-CN': { translation: collect('zh-CN') }, en: { translation: collect('en') } },
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
  });
  return i18next;
}

/** Switches the language everywhere at once and remembers it on this device. */
export async function changeLanguage(language: Language): Promise<void> {
  globalThis.localStorage?.setItem(STORED, language);
  await i18next.changeLanguage(language);
}

/** The language shown now, as `zh` or `en` where a form's own words are chosen. */
export function useLanguage(): { language: Language; short: 'zh' | 'en' } {
  const { i18n } = useTranslation();
  const language: Language = i18n.language === 'en' ? 'en' : 'zh-CN';
  return { language, short: language === 'en' ? 'en' : 'zh' };
}

/** Picks the name to show: the English one where English is shown and there is one. */
export function useNamed(): (name: string, nameEn: string | null | undefined) => string {
  const { short } = useLanguage();
  return useCallback((name, nameEn) => (short === 'en' && nameEn ? nameEn : name), [short]);
}

function storedLanguage(): Language {
  return globalThis.localStorage?.getItem(STORED) === 'en' ? 'en' : 'zh-CN';
}

function collect(language: Language): Tree {
  return Object.entries(files)
    .filter(([name]) => name === `./${language}.json` || name.endsWith(`.${language}.json`))
    .sort(([a], [b]) => a.localeCompare(b))
    .reduce<Tree>((all, [, tree]) => merge(all, tree), {});
}

function merge(into: Tree, from: Tree): Tree {
  const merged: Tree = { ...into };
  for (const [key, value] of Object.entries(from)) {
    const present = merged[key];
    merged[key] = typeof value === 'object' && typeof present === 'object' ? merge(present, value) : value;
  }
  return merged;
}
