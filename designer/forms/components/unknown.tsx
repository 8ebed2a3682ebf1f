import { QuestionCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { BlockDefinition, BlockViewProps } from './definition.ts';

function Unknown({ component }: BlockViewProps) {
  const { t } = useTranslation();
  return <div className="gc-unknown"><QuestionCircleOutlined aria-hidden /> {t('forms.unknown', { type: component.type })}</div>;
}

/** Stands in for every type this product does not render; its JSON travels untouched. */
export const unknown: BlockDefinition = {
  kind: 'block', type: 'unknown', group: 'presentation', icon: <QuestionCircleOutlined />, View: Unknown,
  properties: [],
  create: () => ({}),
};
