import { useTranslation } from 'react-i18next';
import type { FormComponent } from '../../../../engine/contract/forms/index.ts';
import { useChange } from './change.ts';
import { FeelLine, Section, TextLine } from './inputs.tsx';

/** A condition over the whole form that must not be false, and what to say when it is. */
export function RuleSection({ component }: { component: FormComponent }) {
  const { t } = useTranslation();
  const change = useChange(component);
  const { rule, ruleMessage, ruleMessageEn } = component.properties ?? {};
  return (
    <Section title={t('forms.props.rule')}>
      <FeelLine prefixed label={t('forms.props.condition')} value={rule} onChange={(value) => change.property('rule', value)} placeholder="approvedDays <= extensionDays" />
      {rule && <TextLine long label={t('forms.props.message')} value={ruleMessage} onChange={(value) => change.property('ruleMessage', value)} />}
      {rule && <TextLine long label={t('forms.props.messageEn')} value={ruleMessageEn} onChange={(value) => change.property('ruleMessageEn', value)} />}
    </Section>
  );
}
