import { useTranslation } from 'react-i18next';
import { changeLanguage, useLanguage, type Language } from '../i18n/index.ts';

const choices: { language: Language; short: string; name: string }[] = [
  { language: 'zh-CN', short: '中', name: '中文' },
  { language: 'en', short: 'EN', name: 'English' },
];

/** 中 / EN, at any moment. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (
    <div className="gc-language" role="group" aria-label={t('shell.language')}>
      {choices.map((choice) => (
        <button key={choice.language} type="button" lang={choice.language} title={choice.name} aria-pressed={choice.language === language} onClick={() => void changeLanguage(choice.language)}>
          {choice.short}
        </button>
      ))}
    </div>
  );
}
