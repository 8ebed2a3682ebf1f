import {
  BellOutlined, CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined, CommentOutlined, ExclamationCircleOutlined, FlagOutlined, FormOutlined, MailOutlined, PlayCircleOutlined, SettingOutlined, TableOutlined, WarningOutlined,
} from '@ant-design/icons';
import { HistoryOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '../../../engine/contract/api.ts';
import { useDirectory } from '../../api/index.ts';
import { useNamed } from '../../i18n/index.ts';
import { EmptyState, useFormat } from '../../ui/index.ts';

const icons: Record<TimelineEntry['kind'], React.ReactNode> = {
  started: <PlayCircleOutlined />, task_created: <FormOutlined />, task_completed: <CheckCircleOutlined />, task_canceled: <CloseCircleOutlined />, notification: <BellOutlined />, decision: <TableOutlined />,
  incident: <ExclamationCircleOutlined />, incident_resolved: <CheckCircleOutlined />, timer: <ClockCircleOutlined />, message: <MailOutlined />, comment: <CommentOutlined />, worker: <SettingOutlined />, ended: <FlagOutlined />, breach: <WarningOutlined />,
};

/** What happened, newest first. */
export function TimelinePanel({ entries }: { entries: TimelineEntry[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useEntryWords();
  if (entries.length === 0) return <EmptyState icon={<HistoryOutlined />} title={t('timeline.empty')} />;
  const shown = [...entries].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <ol className="gc-timeline">
      {shown.map((entry, index) => (
        <li key={`${entry.at}-${index}`} data-bad={entry.kind === 'incident' || entry.kind === 'breach'}>
          <span className="gc-timeline-icon" aria-hidden>{icons[entry.kind]}</span>
          <div>
            <p><span className="gc-meta">{t(`timeline.kinds.${entry.kind}`)}</span> {words.title(entry)}</p>
            {words.detail(entry) && <p className="gc-secondary">{words.detail(entry)}</p>}
            <p className="gc-meta"><time dateTime={entry.at}>{format.dateTime(entry.at)}</time>{entry.actor && ` · ${entry.actor}`}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}

/** What an entry says, in words for staff: job types and message names stay with administrators. */
function useEntryWords() {
  const { t, i18n } = useTranslation();
  const named = useNamed();
  const groups = useDirectory().data?.groups ?? [];
  const known = (key: string, otherwise: string) => (i18n.exists(key) ? t(key) : otherwise);
  const groupName = (id: string) => {
    const group = groups.find((each) => each.id === id);
    return group === undefined ? id : named(group.name, group.nameEn);
  };
  const delivery = (pair: string) => {
    const [channel = '', state = ''] = pair.split(':');
    return `${known(`case.values.preferredChannel.${channel}`, channel)} ${known(`timeline.delivery.${state}`, state)}`;
  };
  /** Ways that were used; ways the customer cannot be reached by are no news, unless none is left. */
  const deliveries = (detail: string) => {
    const used = detail.split(', ').filter((pair) => !pair.endsWith(':skipped'));
    return used.length === 0 ? t('timeline.undelivered') : used.map(delivery).join(t('forms.listComma'));
  };
  return {
    title: (entry: TimelineEntry) => named(entry.title, entry.titleEn),
    detail: (entry: TimelineEntry): string | null => {
      if (entry.detail === null) return null;
      switch (entry.kind) {
        case 'worker':
        case 'message':
          return null;
        case 'notification':
          return deliveries(entry.detail);
        case 'incident':
        case 'incident_resolved':
          return known(`monitor.incidents.names.${entry.detail}`, t('monitor.incidents.names.other'));
        case 'breach':
          return t('timeline.escalated', { group: groupName(entry.detail) });
        case 'ended':
          return known(`monitor.states.${entry.detail}`, entry.detail);
        default:
          return entry.detail;
      }
    },
  };
}
