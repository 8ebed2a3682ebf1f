import { CheckCircleFilled, ExclamationCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { FigureView } from '../../../../engine/contract/api.ts';
import { useNamed } from '../../../i18n/index.ts';
import { Sparkline } from './sparkline.tsx';
import { useFigureText } from './figure-text.ts';

/** A figure: its value, whether it meets its target, how it went by month. A click shows the cases behind it. */
export function FigureCard({ figure, chosen, onPick }: { figure: FigureView; chosen: boolean; onPick: () => void }) {
  const { t } = useTranslation();
  const named = useNamed();
  const text = useFigureText();
  const { value, target, good, previous } = figure;
  const change = value === null || previous === null ? null : Math.round((value - previous) * 10) / 10;
  return (
    <button type="button" className="gc-figure" aria-pressed={chosen} onClick={onPick}>
      <span className="gc-figure-name">{named(figure.name, figure.nameEn)}</span>
      <b>{text.value(figure.unit, value)}</b>
      <span className="gc-figure-state">
        {good === null ? <span className="gc-meta">{t(value === null ? 'dashboards.noData' : 'dashboards.noTarget')}</span> : good ? <span className="gc-ok"><CheckCircleFilled aria-hidden /> {t('dashboards.good')}</span> : <span className="gc-bad"><ExclamationCircleFilled aria-hidden /> {t('dashboards.bad')}</span>}
        {target && <span className="gc-meta">{t('dashboards.target', { value: `${target.direction === 'min' ? '≥' : '≤'} ${text.value(figure.unit, target.value)}` })}</span>}
      </span>
      <Sparkline points={figure.trend.map((point) => point.value)} target={target?.value ?? null} />
      <span className="gc-meta">{t('dashboards.cases', { count: figure.cases })}{change !== null && ` · ${t('dashboards.change', { value: text.change(figure.unit, change) })}`}</span>
    </button>
  );
}
