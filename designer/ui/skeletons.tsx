import { useTranslation } from 'react-i18next';

function Loading({ className, children }: { className: string; children: React.ReactNode }) {
  const { t } = useTranslation();
  return <div className={`gc-loading ${className}`} role="status" aria-label={t('states.loading')}>{children}</div>;
}

/** Rows of the shape of a list's entries. Appears only after 200 ms. */
export function ListSkeleton({ rows = 6 }: { rows?: number }) {
  return <Loading className="gc-skeleton-list">{Array.from({ length: rows }, (_, index) => <div key={index}><i style={{ width: '26%' }} /><i style={{ width: `${70 - (index % 3) * 12}%` }} /><i style={{ width: '42%' }} /></div>)}</Loading>;
}

/** Fields of a form while it loads. */
export function FormSkeleton() {
  return <Loading className="gc-skeleton-form">{[32, 96, 32, 120, 32].map((height, index) => <div key={index}><i style={{ width: 96 }} /><i style={{ height }} /></div>)}</Loading>;
}

/** Rows of a table. */
export function TableSkeleton({ rows = 10 }: { rows?: number }) {
  return <Loading className="gc-skeleton-table">{Array.from({ length: rows }, (_, index) => <div key={index}><i /><i /><i /><i /></div>)}</Loading>;
}

/** A page that is being fetched. */
export function PageSkeleton() {
  return <Loading className="gc-skeleton-page"><i style={{ width: 240, height: 28 }} /><i style={{ width: 360 }} /><i style={{ height: 240 }} /></Loading>;
}
