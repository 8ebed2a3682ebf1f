import { CheckCircleFilled, ClockCircleFilled, ExclamationCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Due } from '../../engine/contract/api.ts';

const icons = { ok: <CheckCircleFilled />, soon: <ClockCircleFilled />, overdue: <ExclamationCircleFilled /> } as const;

/** Deadline state: color, icon and word, then what is left. Nothing where there is no deadline. */
export function DueChip({ due, ended = false }: { due: Due; ended?: boolean }) {
  const rest = useRest(due);
  const { t } = useTranslation();
  if (due.state === 'none') return null;
  return (
    <span className="gc-due" data-state={ended && due.state === 'soon' ? 'ok' : due.state}>
      <span aria-hidden>{icons[ended && due.state === 'soon' ? 'ok' : due.state]}</span> {ended && due.state !== 'overdue' ? t('due.onTime') : t(`due.${due.state}`)}
      {rest && !(ended && due.state !== 'overdue') && <><span className="gc-due-rule" aria-hidden /> {rest}</>}
    </span>
  );
}

/** 剩 2 个工作日, 剩 3 小时, or how late. */
function useRest(due: Due): string {
  const { t } = useTranslation();
  const late = due.state === 'overdue' ? 'late' : 'left';
  if (due.workingDays !== null && due.workingDays >= 1) return t(`due.${late}Days`, { count: due.workingDays });
  if (due.minutes === null) return '';
  const hours = Math.floor(due.minutes / 60);
  return hours >= 1 ? t(`due.${late}Hours`, { count: hours }) : t(`due.${late}Minutes`, { count: Math.max(0, due.minutes) });
}
