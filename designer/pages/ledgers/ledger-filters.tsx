import { Button, DatePicker, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { LedgerInfo } from '../../../engine/contract/api.ts';
import { useNamed } from '../../i18n/index.ts';
import { Chip, SearchInput } from '../../ui/index.ts';
import type { LedgerAddress } from './ledger-address.ts';
import { useLedgerWords } from './ledger-words.ts';

/** Search, state, dates, the codes rows can be narrowed to, and the figure of a dashboard one has come from. */
export function LedgerFilters({ ledger, address }: { ledger: LedgerInfo; address: LedgerAddress }) {
  const { t } = useTranslation();
  const named = useNamed();
  const words = useLedgerWords();
  const { value, put } = address;
  const shown = new Set(address.columns.map((column) => column.id));
  const columns = ledger.columns.filter((column) => column.filter && (shown.has(column.id) || value(column.id) !== ''));
  const date = (name: string): Dayjs | null => (value(name) === '' ? null : dayjs(value(name)));
  const dated = ledger.columns.find((column) => column.id === ledger.at);
  const label = dated === undefined ? '' : named(dated.name, dated.nameEn);
  return (
    <div className="gc-ledger-tools" role="search">
      <SearchInput key={ledger.id} value={value('search')} onChange={(search) => put({ search })} label={t('ledgers.search')} hint={t('ledgers.searchHint')} width={240} />
      {ledger.states.length > 0 && <Select aria-label={t('ledgers.state')} allowClear placeholder={t('ledgers.state')} value={value('state') || null} onChange={(state?: string) => put({ state: state ?? '' })} options={ledger.states.map((state) => ({ value: state, label: t(`ledgers.states.${state}`) }))} />}
      <DatePicker aria-label={t('ledgers.from', { column: label })} placeholder={t('ledgers.from', { column: label })} value={date('from')} onChange={(day: Dayjs | null) => put({ from: day?.format('YYYY-MM-DD') ?? '' })} />
      <DatePicker aria-label={t('ledgers.to', { column: label })} placeholder={t('ledgers.to', { column: label })} value={date('to')} onChange={(day: Dayjs | null) => put({ to: day?.format('YYYY-MM-DD') ?? '' })} />
      {columns.map((column) => (
        <Select
          key={column.id} mode="multiple" maxTagCount={1} allowClear showSearch optionFilterProp="label" aria-label={named(column.name, column.nameEn)} placeholder={named(column.name, column.nameEn)} popupMatchSelectWidth={false}
          value={value(column.id) === '' ? [] : value(column.id).split(',')} onChange={(next: string[]) => put({ [column.id]: next.join(',') })} options={[...words.choices(column), { value: '-', label: t('ledgers.noValue') }]}
        />
      ))}
      {value('figure') !== '' && <FigureChip ledger={ledger} address={address} />}
      {address.filters.length > 0 && <Button type="link" onClick={address.clear}>{t('ledgers.clear')}</Button>}
    </div>
  );
}

function FigureChip({ ledger, address }: { ledger: LedgerInfo; address: LedgerAddress }) {
  const { t } = useTranslation();
  const named = useNamed();
  const figure = ledger.figures.find((each) => each.id === address.value('figure'));
  const name = figure === undefined ? address.value('figure') : named(figure.name, figure.nameEn);
  const met = address.value('met');
  const [from = '', to = ''] = address.value('period').split('..');
  return (
    <Chip tone="accent">
      {name}{met !== '' && ` · ${t(met === 'no' ? 'dashboards.missed' : 'dashboards.met')}`}{from !== '' && ` · ${from === to ? from : `${from} – ${to}`}`}
      <button type="button" className="gc-link" aria-label={t('ledgers.clearFigure')} onClick={() => address.put({ figure: '', met: '', period: '' })}>×</button>
    </Chip>
  );
}
