import { Button, Checkbox, Popover } from 'antd';
import { SettingOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { LedgerInfo } from '../../../engine/contract/api.ts';
import { useNamed } from '../../i18n/index.ts';
import type { LedgerAddress } from './ledger-address.ts';

/** Which columns the table and the export have. The one that names the row always stays. */
export function ColumnChooser({ ledger, address }: { ledger: LedgerInfo; address: LedgerAddress }) {
  const { t } = useTranslation();
  const named = useNamed();
  const shown = address.columns.map((column) => column.id);
  const choose = (ids: string[]) => {
    const next = ledger.columns.filter((column) => ids.includes(column.id)).map((column) => column.id);
    const first = ledger.columns.filter((column) => column.shown).map((column) => column.id);
    address.put({ columns: next.join() === first.join() ? '' : next.join() }, { keepPage: true });
  };
  return (
    <Popover
      trigger="click" placement="bottomRight" title={t('ledgers.columns')}
      content={<div className="gc-ledger-columns"><Checkbox.Group value={shown} onChange={choose} options={ledger.columns.map((column) => ({ value: column.id, label: named(column.name, column.nameEn), disabled: column.id === ledger.key }))} /><Button size="small" type="link" onClick={() => address.put({ columns: '' }, { keepPage: true })}>{t('ledgers.columnsReset')}</Button></div>}
    >
      <Button icon={<SettingOutlined aria-hidden />} aria-haspopup="dialog">{t('ledgers.columns')}</Button>
    </Popover>
  );
}
