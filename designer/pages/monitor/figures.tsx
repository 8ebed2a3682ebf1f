import { ExclamationCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { MonitorSummary } from '../../../engine/contract/api.ts';
import { useFormat } from '../../ui/index.ts';

/** The numbers that matter, on top; a click on one filters the instances below. */
export function Figures({ summary, onPick }: { summary: MonitorSummary | undefined; onPick: (filter: Record<string, string>) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const figures: { name: string; value: string; bad?: boolean; filter?: Record<string, string> }[] = [
    { name: 'running', value: summary ? format.number(summary.running) : '–', filter: { state: 'active', incident: '' } },
    { name: 'incidents', value: summary ? format.number(summary.incidents) : '–', bad: (summary?.incidents ?? 0) > 0, filter: { state: 'active', incident: 'true' } },
    { name: 'overdueTasks', value: summary ? format.number(summary.overdueTasks) : '–', bad: (summary?.overdueTasks ?? 0) > 0 },
    { name: 'finishedToday', value: summary ? format.number(summary.finishedToday) : '–', filter: { state: 'completed', incident: '' } },
    { name: 'lag', value: summary ? t('monitor.milliseconds', { count: summary.lagMs }) : '–' },
  ];
  return (
    <ul className="gc-figures" aria-label={t('monitor.figures.label')}>
      {figures.map(({ name, value, bad, filter }) => (
        <li key={name}>
          {filter === undefined ? <FigureText name={t(`monitor.figures.${name}`)} value={value} bad={bad} /> : <button type="button" onClick={() => onPick(filter)}><FigureText name={t(`monitor.figures.${name}`)} value={value} bad={bad} /></button>}
        </li>
      ))}
    </ul>
  );
}

function FigureText({ name, value, bad = false }: { name: string; value: string; bad?: boolean | undefined }) {
  return <><span className="gc-meta">{name}</span><b className={bad ? 'gc-bad' : ''}>{bad && <ExclamationCircleFilled aria-hidden />} {value}</b></>;
}
