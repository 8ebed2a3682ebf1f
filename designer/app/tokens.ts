import type { ThemeConfig } from 'antd';
import { theme } from 'antd';


import type { Look } from '../ui/look.ts';

const font = '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif';

const palettes = {
  light: {
    accent: '#0F766E', dark: '#115E59', tint: '#E6F4F2', edge: '#9ACFC8',
    ink: '#1B2429', ink2: '#465259', ink3: '#5E6A71', placeholder: '#667178',
    line: '#D9DFE2', line2: '#E8ECEE', control: '#CBD3D7',
    ground: '#FFFFFF', ground2: '#FAFBFB', ground3: '#F4F6F7',
    ok: '#1A6B3A', okTint: '#E9F6EE', okEdge: '#A9D9B9', soon: '#8A5300', soonTint: '#FFF4DE', soonEdge: '#E8C986',
    bad: '#B42318', badTint: '#FDEEEC', badEdge: '#F2B8B1', info: '#1D5FA8', infoTint: '#EAF2FB', infoEdge: '#A9C7EA', onAccent: '#FFFFFF', frame: '#2F3E46',
  },
  dark: {
    accent: '#3DB8AC', dark: '#7FD6CD', tint: '#12332F', edge: '#23635C',
    ink: '#E8EDEF', ink2: '#B7C1C6', ink3: '#98A4AA', placeholder: '#8C989E',
    line: '#333D42', line2: '#2A3338', control: '#465259',
    ground: '#171D20', ground2: '#1B2226', ground3: '#12171A',
    ok: '#7CCB97', okTint: '#14291C', okEdge: '#2C5B3C', soon: '#E3B565', soonTint: '#2E2410', soonEdge: '#664E1E',
    bad: '#F2948B', badTint: '#331A17', badEdge: '#74342D', info: '#8FBCEF', infoTint: '#152638', infoEdge: '#2E527A', onAccent: '#0B1412', frame: '#55636B',
  },
} as const;

/** antd's theme out of the product's own tokens. */
export function antdTheme(look: Look): ThemeConfig {
  const color = palettes[look];
  return {
    algorithm: look === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      fontFamily: font, fontSize: 14, borderRadius: 6, borderRadiusSM: 4, borderRadiusLG: 6, controlHeight: 32, controlHeightLG: 40, controlHeightSM: 24, fontWeightStrong: 600,
      colorPrimary: color.accent, colorInfo: color.info, colorSuccess: color.ok, colorWarning: color.soon, colorError: color.bad, colorLink: color.accent, colorLinkHover: color.dark,
      colorText: color.ink, colorTextSecondary: color.ink2, colorTextTertiary: color.ink3, colorTextPlaceholder: color.placeholder, colorTextDescription: color.ink3,
      colorBorder: color.control, colorBorderSecondary: color.line2, colorBgContainer: color.ground, colorBgLayout: color.ground3, colorBgElevated: color.ground,
      colorPrimaryBg: color.tint, controlItemBgActive: color.tint, colorWarningBg: color.soonTint, colorWarningBorder: color.soonEdge, colorErrorBg: color.badTint, colorErrorBorder: color.badEdge,
      colorSuccessBg: color.okTint, colorSuccessBorder: color.okEdge, colorInfoBg: color.infoTint, colorInfoBorder: color.infoEdge,
      boxShadow: '0 2px 8px rgb(0 0 0 / 12%)', boxShadowSecondary: '0 4px 16px rgb(0 0 0 / 14%)', motionDurationMid: '0.12s', motionDurationSlow: '0.16s',
    },
    components: {
      Alert: { defaultPadding: '8px 16px', withDescriptionPadding: '12px 24px', withDescriptionIconSize: 18 },
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', primaryColor: color.onAccent },
      Table: { cellPaddingBlockSM: 8, cellPaddingInlineSM: 12, headerBg: color.ground3, headerColor: color.ink2, rowHoverBg: color.ground2, headerSplitColor: 'transparent' },
      Tabs: { horizontalItemGutter: 16, titleFontSize: 14, horizontalItemPadding: '10px 0', inkBarColor: color.accent },
      Segmented: { trackBg: color.ground3, itemSelectedColor: color.accent },
      Select: { optionSelectedBg: color.tint },
      Modal: { titleFontSize: 16 },
    },
  };
}

/** The same tokens as CSS custom properties (`--gc-accent`, `--gc-ink-2`, …) for the product's own style sheets. */
export function cssTokens(look: Look): string {
  const entries = Object.entries(palettes[look]).map(([name, value]) => `--gc-${name.replace(/(\d|[A-Z])/g, (part) => `-${part.toLowerCase()}`)}:${value}`);
  return `:root{color-scheme:${look};--gc-font:${font};${entries.join(';')}}`;
}
