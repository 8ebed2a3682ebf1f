import { Button, Drawer } from 'antd';
import { FolderOpenOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { LedgerInfo } from '../../../engine/contract/api.ts';
import { useDataClasses, useLedgerSheet } from '../../api/index.ts';
import { SensitivityChip } from '../../forms/index.ts';
import { useNamed } from '../../i18n/index.ts';
import { DueChip, ErrorState, FactList, FormSkeleton } from '../../ui/index.ts';
import { useLedgerWords } from './ledger-words.ts';

/** Everything a ledger says of one row, its case's deadlines, rows of other ledgers about it, and the way to the case. */
export function RowDrawer({ ledger, ledgers, rowKey, onClose }: { ledger: LedgerInfo; ledgers: LedgerInfo[]; rowKey: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  const named = useNamed();
  const words = useLedgerWords();
  const sheet = useLedgerSheet(ledger.id, rowKey);
  const navigate = useNavigate();
  const found = sheet.data;
  const classes = useDataClasses(rowKey === null ? [] : ledger.columns.filter((column) => column.type === 'personal').map((column) => column.id)).data?.fields ?? {};
  const link = found?.row.link;
  return (
    <Drawer open={rowKey !== null} onClose={onClose} size="min(520px, 100vw)" title={rowKey ?? ''} closable={{ 'aria-label': t('ledgers.close') }} extra={link && <Button type="primary" href={link} icon={<FolderOpenOutlined aria-hidden />} onClick={(event) => { event.preventDefault(); void navigate(link); }}>{t('ledgers.openCase')}</Button>}>
      {rowKey === null ? null : sheet.isPending ? <FormSkeleton /> : sheet.isError || found === undefined ? <ErrorState error={sheet.error} onRetry={() => void sheet.refetch()} /> : (
        <div className="gc-ledger-sheet">
          {found.row.link === null && <p className="gc-meta">{t('ledgers.noCase')}</p>}
          <FactList facts={ledger.columns.map((column) => ({ name: named(column.name, column.nameEn), value: <>{words.text(column, found.row.values[column.id])} {classes[column.id] && <SensitivityChip of={classes[column.id]!} short />}</> }))} />
          {found.deadlines.length > 0 && (
            <section aria-label={t('case.deadlines')}>
              <h3>{t('case.deadlines')}</h3>
              <FactList facts={found.deadlines.map((each) => ({ name: named(each.stageName, each.stageNameEn), value: <DueChip due={each.due} ended={each.endedAt !== null} /> }))} />
            </section>
          )}
          {found.related.length > 0 && (
            <section aria-label={t('ledgers.related')}>
              <h3>{t('ledgers.related')}</h3>
              <ul className="gc-ledger-related">
                {found.related.map((each) => {
                  const other = ledgers.find((one) => one.id === each.ledger);
                  return <li key={`${each.ledger} ${each.key}`}><Link to={`/ledgers/${each.ledger}?row=${encodeURIComponent(each.key)}`}>{each.key}</Link> <span className="gc-meta">{other ? named(other.name, other.nameEn) : ''}</span></li>;
                })}
              </ul>
            </section>
          )}
        </div>
      )}
    </Drawer>
  );
}
