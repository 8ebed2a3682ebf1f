import { useState } from 'react';
import { Button, Input, Segmented } from 'antd';
import { ApartmentOutlined, CheckCircleFilled, EditOutlined, ExclamationCircleFilled, PlusOutlined, SearchOutlined, WarningFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { ProcedureCard } from '../../../engine/contract/api.ts';
import { useProcedures } from '../../api/index.ts';
import { useNamed } from '../../i18n/index.ts';
import { Chip, EmptyState, ErrorState, PageHeader, PageSkeleton, useCrumbs, useFormat } from '../../ui/index.ts';
import { CreateProcedureDialog } from './create-procedure-dialog.tsx';

type Filter = 'all' | 'draft' | 'problems';

const keeps: Record<Filter, (card: ProcedureCard) => boolean> = {
  all: () => true,
  draft: (card) => card.hasDraft,
  problems: (card) => card.problems.errors + card.problems.warnings > 0 || card.openIncidents > 0,
};

/** 流程: every procedure as a card with its state, running cases and problems. */
export function DesignHome() {
  const { t } = useTranslation();
  const [query, setQuery] = useSearchParams();
  const [creating, setCreating] = useState(false);
  const cards = useProcedures();
  useCrumbs([{ label: t('areas.design'), to: '/design' }, { label: t('design.home.title') }]);
  const filter = (query.get('show') ?? 'all') as Filter;
  const search = query.get('search') ?? '';
  const put = (name: string, value: string) => setQuery((before) => {
    const next = new URLSearchParams(before);
    if (value === '' || value === 'all') next.delete(name);
    else next.set(name, value);
    return next;
  }, { replace: true });
  const found = (cards.data ?? []).filter((card) => `${card.name} ${card.nameEn ?? ''} ${card.code ?? ''} ${card.bpmnProcessId}`.toLowerCase().includes(search.toLowerCase()));
  return (
    <div className="gc-design-home">
      <PageHeader
        title={t('design.home.title')} marks={cards.data && <span className="gc-meta">{cards.data.length}</span>}
        actions={<Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setCreating(true)}>{t('design.home.create')}</Button>}
      >
        <div className="gc-design-tools">
          <Input allowClear prefix={<SearchOutlined aria-hidden />} value={search} onChange={(event) => put('search', event.target.value)} placeholder={t('design.home.searchHint')} aria-label={t('design.home.search')} style={{ maxWidth: 280 }} />
          <Segmented<Filter> value={filter} onChange={(value) => put('show', value)} options={(['all', 'draft', 'problems'] as const).map((value) => ({ value, label: `${t(`design.home.filters.${value}`)} ${found.filter(keeps[value]).length}` }))} />
        </div>
      </PageHeader>
      <div className="gc-design-body">
        {cards.isPending ? <PageSkeleton /> : cards.isError && !cards.data ? <ErrorState error={cards.error} onRetry={() => void cards.refetch()} /> : (
          <Cards cards={found.filter(keeps[filter])} searched={search !== '' || filter !== 'all'} />
        )}
      </div>
      <CreateProcedureDialog open={creating} onClose={() => setCreating(false)} />
    </div>
  );
}

function Cards({ cards, searched }: { cards: ProcedureCard[]; searched: boolean }) {
  const { t } = useTranslation();
  if (cards.length === 0) return <EmptyState icon={<ApartmentOutlined />} title={t(searched ? 'design.home.notFound' : 'design.home.empty')} text={t(searched ? 'design.home.notFoundText' : 'design.home.emptyText')} />;
  return <ul className="gc-procedures">{cards.map((card) => <li key={card.bpmnProcessId}><Card card={card} /></li>)}</ul>;
}

function Card({ card }: { card: ProcedureCard }) {
  const { t } = useTranslation();
  const named = useNamed();
  const format = useFormat();
  const { errors, warnings } = card.problems;
  const problems = [errors > 0 && t('design.home.errors', { count: errors }), warnings > 0 && t('design.home.warnings', { count: warnings })].filter(Boolean).join(t('design.comma'));
  return (
    <Link to={`/design/${encodeURIComponent(card.bpmnProcessId)}`} className="gc-procedure">
      <h2>{named(card.name, card.nameEn)}</h2>
      <p className="gc-meta">{[card.code, card.bpmnProcessId].filter(Boolean).join(' · ')}</p>
      <div className="gc-procedure-row">
        {card.publishedVersion === null ? <Chip>{t('design.unpublished')}</Chip> : <Chip tone="accent">{t('design.published', { version: card.publishedVersion })}</Chip>}
        {card.hasDraft && <Chip tone="info" icon={<EditOutlined />}>{t('design.draft', { version: (card.publishedVersion ?? 0) + 1 })}</Chip>}
        <span className="gc-procedure-running"><b>{format.number(card.runningInstances)}</b> {t('design.home.running')}</span>
      </div>
      <div className="gc-procedure-foot">
        {errors > 0 ? <span className="gc-bad"><ExclamationCircleFilled aria-hidden /> {problems}</span> : warnings > 0 ? <span className="gc-soon"><WarningFilled aria-hidden /> {problems}</span> : <span className="gc-ok"><CheckCircleFilled aria-hidden /> {t('design.home.fine')}</span>}
        <span className="gc-meta">{[card.changedBy, card.changedAt && format.short(card.changedAt)].filter(Boolean).join(' · ')}</span>
      </div>
    </Link>
  );
}
