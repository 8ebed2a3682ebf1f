import {
  BellOutlined, CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined, CommentOutlined, ExclamationCircleOutlined, FlagOutlined, FormOutlined, MailOutlined, PlayCircleOutlined, SettingOutlined, TableOutlined, WarningOutlined,
} from '@ant-design/icons';
import { HistoryOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '../../../engine/contract/api.ts';
import { EmptyState, useFormat } from '../../ui/index.ts';

const icons: Record<TimelineEntry['kind'], React.ReactNode> = {
  started: <PlayCircleOutlined />, task_created: <FormOutlined />, task_completed: <CheckCircleOutlined />, task_canceled: <CloseCircleOutlined />, notification: <BellOutlined />, decision: <TableOutlined />,
  incident: <ExclamationCircleOutlined />, incident_resolved: <CheckCircleOutlined />, timer: <ClockCircleOutlined />, message: <MailOutlined />, comment: <CommentOutlined />, worker: <SettingOutlined />, ended: <FlagOutlined />, breach: <WarningOutlined />,
};

/** What happened, newest first. */
export function TimelinePanel({ entries }: { entries: TimelineEntry[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (entries.length === 0) return <EmptyState icon={<HistoryOutlined />} title={t('timeline.empty')} />;
  const shown = [...entries].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <ol className="gc-timeline">
      {shown.map((entry, index) => (
        <li key={`${entry.at}-${index}`} data-bad={entry.kind === 'incident' || entry.kind === 'breach'}>
          <span className="gc-timeline-icon" aria-hidden>{icons[entry.kind]}</span>
          <div>
            <p><span className="gc-meta">{t(`timeline.kinds.${entry.kind}`)}</span> {entry.title}</p>
            {entry.detail && <p className="gc-secondary">{entry.detail}</p>}
            <p className="gc-meta"><time dateTime={entry.at}>{format.dateTime(entry.at)}</time>{entry.actor && ` · ${entry.actor}`}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
