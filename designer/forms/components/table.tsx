import { Table } from 'antd';
import { TableOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { englishColumns, evaluateFeel, isObject, type FormComponent, type FormLanguage, type Place } from '../../../engine/contract/forms/index.ts';
import type { JsonObject, JsonValue } from '../../../engine/contract/json.ts';
import { useValueWords } from '../../ui/index.ts';
import { usePlace, useRenderer } from '../renderer/context.ts';
import type { BlockDefinition, BlockViewProps } from './definition.ts';

interface Column {
  key: string;
  label: string;
}

/** Columns that hold a person's id, which readers know by name. */
const PERSON = /^(owner|person|staff|staffNo|by|inspector|trainee)$/;

function TableBlock({ component, label, domId }: BlockViewProps) {
  const { t } = useTranslation();
  const place = usePlace();
  const { language } = useRenderer();
  const coded = useValueWords();
  const people = place.scope.sources?.['users'];
  const shown = (name: string, value: JsonValue): string => (PERSON.test(name) ? people?.find((person) => person.value === value)?.label : undefined) ?? coded(name, value);
  const found = evaluateFeel(String(component.dataSource ?? ''), place);
  const rows = (Array.isArray(found) ? found : []).filter(isObject);
  const pageSize = typeof component.rowCount === 'number' ? component.rowCount : 10;
  return (
    <div role="group" aria-labelledby={`${domId}-label`}>
      <div className="gc-field-head"><span className="gc-label" id={`${domId}-label`}>{label}</span></div>
      <Table<JsonObject & { rowNumber: number }>
        size="small" rowKey="rowNumber" dataSource={rows.map((row, index) => ({ ...row, rowNumber: index }))} pagination={rows.length > pageSize ? { pageSize, size: 'small', showSizeChanger: false } : false}
        locale={{ emptyText: t('forms.noRows') }} scroll={{ x: 'max-content' }}
        columns={columnsOf(component, place, language).map((column) => ({
          key: column.key, title: column.label, dataIndex: column.key, render: (value: JsonValue | undefined) => shown(column.key, value ?? null) || '—', sorter: (a: JsonObject, b: JsonObject) => compare(a[column.key], b[column.key]),
        }))}
      />
    </div>
  );
}

function columnsOf(component: FormComponent, place: Place, language: FormLanguage): Column[] {
  const english = language === 'en' ? englishColumns(component) : {};
  const list = component.columnsExpression ? evaluateFeel(String(component.columnsExpression), place) : ((component.columns as JsonValue | undefined) ?? null);
  return (Array.isArray(list) ? list : []).filter(isObject).map((column) => ({ key: String(column.key ?? ''), label: english[String(column.key)] ?? String(column.label ?? column.key ?? '') }));
}

function words(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return '—';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function compare(a: JsonValue | undefined, b: JsonValue | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return words(a).localeCompare(words(b), 'zh-CN', { numeric: true });
}

export const table: BlockDefinition = {
  kind: 'block', type: 'table', group: 'presentation', icon: <TableOutlined />, View: TableBlock,
  properties: ['label', 'table'],
  create: () => ({ dataSource: '=[]', columns: [{ label: '列 1', key: 'column1' }], rowCount: 10 }),
};
