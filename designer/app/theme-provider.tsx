import { useEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import { App as AntdApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useLanguage } from '../i18n/index.ts';
import type { Look } from '../ui/look.ts';
import { antdTheme, cssTokens } from './tokens.ts';
import { useShell } from '../ui/shell-store.ts';

/** Colors, sizes and antd's own words, in the look and language chosen. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const { language } = useLanguage();
  const look = useLook();
  const still = useSyncExternalStore(subscribeMotion, () => motionQuery().matches);
  const theme = useMemo(() => ({ ...antdTheme(look), token: { ...antdTheme(look).token, motion: !still } }), [look, still]);
  useEffect(() => {
    document.documentElement.lang = language;
    dayjs.locale(language === 'en' ? 'en' : 'zh-cn');
  }, [language]);
  useEffect(() => {
    document.documentElement.dataset.theme = look;
  }, [look]);
  return (
    <ConfigProvider locale={language === 'en' ? enUS : zhCN} theme={theme} button={{ autoInsertSpace: false }}>
      <style>{cssTokens(look)}</style>
      <AntdApp component={false}>{children}</AntdApp>
    </ConfigProvider>
  );
}

/** The look in force: chosen, or that of the device. */
export function useLook(): Look {
  const choice = useShell((shell) => shell.look);
  const device = useSyncExternalStore(subscribe, () => darkQuery().matches);
  return choice === 'system' ? (device ? 'dark' : 'light') : choice;
}

function motionQuery(): MediaQueryList {
  return window.matchMedia('(prefers-reduced-motion: reduce)');
}

function subscribeMotion(changed: () => void): () => void {
  const query = motionQuery();
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

function darkQuery(): MediaQueryList {
  return window.matchMedia('(prefers-color-scheme: dark)');
}

function subscribe(changed: () => void): () => void {
  const query = darkQuery();
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}
