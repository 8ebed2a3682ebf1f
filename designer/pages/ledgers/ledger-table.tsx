import { Button, Table, type TableColumnType } from 'antd';
import { ExclamationCircleFilled, TableOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { LedgerColumnInfo, LedgerInfo, LedgerRow } from '../../../engine/contract/api.ts';
import { useNamed } from '../../i18n/index.ts';
import { Chip, EmptyState } from '../../ui/index.ts';
import { useLedgerWords } from './ledger-words.ts';

interface LedgerTableProps {
  ledger: LedgerInfo;
  columns: LedgerColumnInfo[];
  rows: LedgerRow[];
  /** Column, with `-` from the largest; empty for the newest first. */
  sort: string;
  onSort: (sort: string) => void;
  onOpen: (key: string) => void;
  narrowed: boolean;
  onClear?: () => void;
}

const numeric = new Set(['money', 'number']);
const alarming = new Set(['urgent', 'high', 'major', 'significant', 'serious', 'severe', 'overdue', 'noshow']);

/** Rows of a ledger. The first column opens the row. */
export function LedgerTable({ ledger, columns, rows, sort, onSort, onOpen, narrowed, onClear }: LedgerTableProps) {
  const { t } = useTranslation();
  const named = useNamed();
  const words = useLedgerWords();
  if (rows.length === 0) {
    return narrowed
      ? <EmptyState icon={<TableOutlined />} title={t('ledgers.notFound')} text={t('ledgers.notFoundText')} actions={onClear && <Button onClick={onClear}>{t('ledgers.clear')}</Button>} />
      : <EmptyState icon={<TableOutlined />} title={t('ledgers.empty')} text={t('ledgers.emptyText')} />;
  }
  const cell = (column: LedgerColumnInfo, row: LedgerRow) => {
    const value = row.values[column.id];
    const text = words.text(column, value);
    if (column.id === ledger.key) return <button type="button" className="gc-link gc-nowrap" onClick={() => onOpen(row.key)}>{text}</button>;
    if (row.overdue && column.id.startsWith('due')) return <Chip tone="bad" icon={<ExclamationCircleFilled />}>{text} {t('due.overdue')}</Chip>;
    if (column.type === 'code' && alarming.has(String(value))) return <Chip tone="bad">{text}</Chip>;
    if (column.id === 'closedAt' && value === null) return <Chip tone="accent">{t('ledgers.states.open')}</Chip>;
    return text;
  };
  return (
    <Table<LedgerRow>
      size="small" rowKey="key" dataSource={rows} pagination={false} showSorterTooltip={false}
      onChange={(_page, _filters, sorter) => {
        const { columnKey, order } = Array.isArray(sorter) ? sorter[0] ?? {} : sorter;
        onSort(order ? `${order === 'descend' ? '-' : ''}${String(columnKey)}` : '');
      }}
      columns={columns.map((column): TableColumnType<LedgerRow> => ({
        key: column.id, title: named(column.name, column.nameEn), sorter: true, sortOrder: sort === column.id ? 'ascend' : sort === `-${column.id}` ? 'descend' : null,
        ...(numeric.has(column.type) ? { align: 'right' as const } : {}), ...(column.id === ledger.key ? { fixed: 'left' as const } : {}),
        className: column.type === 'text' && column.id !== ledger.key ? 'gc-ledger-text' : '', render: (_, row) => cell(column, row),
      }))}
    />
  );
}
