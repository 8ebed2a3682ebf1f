import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FigureUnit } from '../../../../engine/contract/api.ts';
import { useFormat } from '../../../ui/index.ts';

/** How figures are written: `93.6%`, `31.4 小时`, `¥1,234.50`; and how far they have moved. */
export function useFigureText() {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const rounded = (value: number): string => format.number(Math.round(value * 10) / 10);
    const written = (unit: FigureUnit, value: number): string => {
      switch (unit) {
        case 'percent':
          return `${rounded(value)}%`;
        case 'money':
          return format.money(value);
        case 'count':
          return format.number(value);
        case 'score':
          return t('dashboards.units.score', { value: rounded(value) });
        default:
          return t(`dashboards.units.${unit}`, { value: rounded(value) });
      }
    };
    return {
      value: (unit: FigureUnit, value: number | null): string => (value === null ? '—' : written(unit, value)),
      change: (unit: FigureUnit, value: number): string => `${value > 0 ? '+' : value < 0 ? '−' : '±'}${unit === 'percent' ? t('dashboards.units.points', { value: rounded(Math.abs(value)) }) : written(unit, Math.abs(value))}`,
    };
  }, [format, t]);
}
