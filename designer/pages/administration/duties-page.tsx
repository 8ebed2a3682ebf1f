import { useState } from 'react';
import { TeamOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import type { DutyTask, PostDuties } from '../../../engine/contract/administration.ts';
import { useDuties } from '../../api/index.ts';
import { useNamed } from '../../i18n/index.ts';
import { EmptyState, ErrorState, PageHeader, PageSkeleton, SearchInput, useCrumbs } from '../../ui/index.ts';
import './administration.css';

/** 岗位职责: which post does which task of which procedure, read off the diagrams in force. */
export default function DutiesPage() {
  const { t } = useTranslation();
  const duties = useDuties();
  const [search, setSearch] = useState('');
  const { pathname } = useLocation();
  useCrumbs([pathname.startsWith('/admin') ? { label: t('areas.admin'), to: '/admin' } : { label: t('areas.ledgers'), to: '/ledgers' }, { label: t('duties.title') }]);
  const wanted = search.trim().toLowerCase();
  const fits = (...words: (string | null)[]) => wanted === '' || words.some((word) => word?.toLowerCase().includes(wanted) === true);
  const taskFits = (task: DutyTask) => fits(task.name, task.nameEn, task.processName, task.processNameEn, task.code);
  const posts = (duties.data?.posts ?? []).flatMap((post): PostDuties[] => (fits(post.name, post.nameEn, ...post.members.map((one) => one.name)) ? [post] : post.tasks.some(taskFits) ? [{ ...post, tasks: post.tasks.filter(taskFits), starts: [] }] : []));
  return (
    <div className="gc-admin-page">
      <PageHeader title={t('duties.title')} meta={t('duties.text')}><div className="gc-admin-tools"><SearchInput label={t('duties.search')} hint={t('duties.search')} width={360} value={search} onChange={setSearch} /></div></PageHeader>
      <div className="gc-admin-body" role="region" aria-label={t('duties.title')} tabIndex={0}>
        {duties.isPending ? <PageSkeleton /> : duties.isError ? <ErrorState error={duties.error} onRetry={() => void duties.refetch()} /> : posts.length === 0 ? <EmptyState icon={<TeamOutlined />} title={t('duties.none')} text={t('duties.noneText')} /> : (
          <>
            {posts.map((post) => <Post key={post.groupId} post={post} />)}
            {wanted === '' && duties.data.byCase.length > 0 && (
              <section className="gc-post"><h2>{t('duties.byCase')}</h2><p className="gc-meta">{t('duties.byCaseText')}</p><Tasks tasks={duties.data.byCase} label={t('duties.byCase')} /></section>
            )}
          </>
        )}
      </div>
    </div>
  );
}

/** A post with its people and tasks. */
function Post({ post }: { post: PostDuties }) {
  const { t } = useTranslation();
  const named = useNamed();
  return (
    <section className="gc-post">
      <h2>{named(post.name, post.nameEn)} <span className="gc-count">{t('duties.count', { count: post.tasks.length })}</span></h2>
      <p className="gc-meta">{post.members.length === 0 ? t('duties.nobody') : post.members.map((one) => one.name).join(t('ledgers.comma'))}</p>
      {post.starts.length > 0 && <p className="gc-meta">{t('duties.starts')}{post.starts.map((one) => named(one.name, one.nameEn)).join(t('ledgers.comma'))}</p>}
      {post.tasks.length > 0 && <Tasks tasks={post.tasks} label={named(post.name, post.nameEn)} />}
    </section>
  );
}

/** Tasks by procedure: one line for each procedure. */
function Tasks({ tasks, label }: { tasks: DutyTask[]; label: string }) {
  const named = useNamed();
  const byProcess = [...new Map(tasks.map((task) => [task.processId, tasks.filter((each) => each.processId === task.processId)])).values()];
  return (
    <ul className="gc-duties" aria-label={label}>
      {byProcess.map(([first, ...more]) => first && <li key={first.processId}><span className="gc-duty-process">{first.code !== null && <b>{first.code}</b>} {named(first.processName, first.processNameEn)}</span><span className="gc-duty-tasks">{[first, ...more].map((task) => <span key={task.elementId} className="gc-chip">{named(task.name, task.nameEn)}</span>)}</span></li>)}
    </ul>
  );
}
