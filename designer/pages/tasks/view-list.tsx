import { Button } from 'antd';
import { CheckOutlined, ClockCircleOutlined, ExclamationCircleOutlined, PlusOutlined, TeamOutlined, UserOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TaskView } from '../../../engine/contract/api.ts';
import { useTaskAddress, views } from './task-address.ts';

const icons: Record<TaskView, React.ReactNode> = {
  mine: <UserOutlined />, group: <TeamOutlined />, due_soon: <ClockCircleOutlined />, overdue: <ExclamationCircleOutlined />, done: <CheckOutlined />,
};

/** Saved views with what is in them, and the way to start a case. */
export function ViewList({ counts, onStart }: { counts: Record<TaskView, number> | undefined; onStart: () => void }) {
  const { t } = useTranslation();
  const { filter } = useTaskAddress();
  return (
    <aside className="gc-views">
      <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={onStart}>{t('tasks.start.open')}</Button>
      <nav aria-label={t('tasks.viewsLabel')}>
        <ul>
          {views.map((view) => (
            <li key={view}>
              <Link to={`/tasks?view=${view}`} aria-current={view === filter.view ? 'page' : undefined} data-alert={view === 'overdue' && (counts?.overdue ?? 0) > 0}>
                <span aria-hidden>{icons[view]}</span><span>{t(`tasks.views.${view}`)}</span>{view !== 'done' && <span className="gc-view-count">{counts?.[view] ?? ''}</span>}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </aside>
  );
}
