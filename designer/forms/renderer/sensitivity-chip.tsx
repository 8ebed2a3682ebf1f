import { useTranslation } from 'react-i18next';
import type { DataClass } from '../../../engine/contract/administration.ts';
import { Chip } from '../../ui/index.ts';

/** What kind of data this is and how sensitive; `short` leaves the kind out. */
export function SensitivityChip({ of, short = false }: { of: DataClass; short?: boolean }) {
  const { t } = useTranslation();
  const sensitivity = t(`dataClasses.sensitivity.${of.sensitivity}`);
  return <Chip tone={of.sensitivity === 'core' ? 'bad' : of.sensitivity === 'confidential' ? 'soon' : 'neutral'}>{short ? sensitivity : t('dataClasses.mark', { dataClass: t(`dataClasses.dataClass.${of.dataClass}`), sensitivity })}</Chip>;
}
