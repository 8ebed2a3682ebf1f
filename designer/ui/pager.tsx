import { Pagination } from 'antd';
import { useTranslation } from 'react-i18next';

interface PagerProps {
  page: number;
  pageSize: number;
  /** How many there are; nothing is shown for none, or while it is not known. */
  total: number | undefined;
  /** There are more than `total`. */
  more?: boolean | undefined;
  /** Few figures, for narrow panes. */
  simple?: boolean;
  onChange: (page: number, pageSize: number) => void;
}

/** Total and pages; hidden while everything fits on one page. */
export function Pager({ page, pageSize, total = 0, more = false, simple = false, onChange }: PagerProps) {
  const { t } = useTranslation();
  if (total === 0) return null;
  return (
    <nav className="gc-pager" aria-label={t('pager.label')}>
      {!simple && <span className="gc-meta">{t(more ? 'pager.more' : 'pager.total', { count: total })}</span>}
      {total > pageSize && <Pagination size="small" simple={simple} current={page} pageSize={pageSize} total={total} showSizeChanger={false} onChange={onChange} />}
    </nav>
  );
}
