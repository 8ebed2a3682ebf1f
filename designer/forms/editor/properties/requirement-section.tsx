import { useTranslation } from 'react-i18next';
import type { FormComponent } from '../../../../engine/contract/forms/index.ts';
import type { PropertyName } from '../../components/index.ts';
import { put, useChange } from './change.ts';
import { NumberLine, RangeLine, Section, SelectLine, SwitchLine, TextLine } from './inputs.tsx';

const NEEDS: PropertyName[] = ['required', 'length', 'range', 'decimals', 'shape', 'datetime', 'rows', 'files', 'searchable'];

/** What a value has to be like. */
export function RequirementSection({ component, offered }: { component: FormComponent; offered: Set<PropertyName> }) {
  const { t } = useTranslation();
  const change = useChange(component);
  const rules = component.validate ?? {};
  if (!NEEDS.some((name) => offered.has(name))) return null;
  return (
    <Section title={t('forms.props.requirements')}>
      {offered.has('required') && <SwitchLine label={t('forms.props.required')} value={rules.required === true} onChange={(on) => change.validate('required', on || undefined)} />}
      {offered.has('length') && <RangeLine label={t('forms.props.length')} min={rules.minLength} max={rules.maxLength} onMin={(value) => change.validate('minLength', value)} onMax={(value) => change.validate('maxLength', value)} />}
      {offered.has('range') && <RangeLine label={t('forms.props.range')} min={rules.min} max={rules.max} onMin={(value) => change.validate('min', value)} onMax={(value) => change.validate('max', value)} />}
      {offered.has('decimals') && <NumberLine label={t('forms.props.decimals')} min={0} max={20} value={component.decimalDigits} onChange={(value) => change.own('decimalDigits', value)} />}
      {offered.has('shape') && <Shape component={component} />}
      {offered.has('datetime') && <Datetime component={component} />}
      {offered.has('rows') && <Rows component={component} />}
      {offered.has('files') && <Files component={component} />}
      {offered.has('searchable') && <SwitchLine label={t('forms.props.searchable')} value={component.searchable === true} onChange={(on) => change.own('searchable', on || undefined)} />}
    </Section>
  );
}

type ShapeName = 'any' | 'email' | 'phone' | 'phoneCn' | 'pattern';

function Shape({ component }: { component: FormComponent }) {
  const { t } = useTranslation();
  const change = useChange(component);
  const rules = component.validate ?? {};
  const shape: ShapeName = component.properties?.phoneCn === 'true' ? 'phoneCn' : rules.validationType === 'email' ? 'email' : rules.validationType === 'phone' ? 'phone' : rules.pattern !== undefined || rules.validationType === 'custom' ? 'pattern' : 'any';
  const choose = (next: ShapeName) => change.all((before) => {
    const type = next === 'email' ? 'email' : next === 'phone' ? 'phone' : next === 'pattern' ? 'custom' : undefined;
    const { pattern, patternErrorMessage, ...kept } = before.validate ?? {};
    const validate = put({ ...kept, ...(next === 'pattern' ? { pattern: pattern ?? '', ...(patternErrorMessage ? { patternErrorMessage } : {}) } : {}) }, 'validationType', type);
    return { ...put(before, 'validate', validate), ...(next === 'phoneCn' || before.properties?.phoneCn ? { properties: put(before.properties ?? {}, 'phoneCn', next === 'phoneCn' ? 'true' : undefined) } : {}) };
  });
  return (
    <>
      <SelectLine<ShapeName> label={t('forms.props.shape')} value={shape} onChange={choose} options={(['any', 'phoneCn', 'phone', 'email', 'pattern'] as const).map((value) => ({ value, label: t(`forms.props.shapes.${value}`) }))} />
      {shape === 'pattern' && (
        <>
          <TextLine mono label={t('forms.props.pattern')} value={rules.pattern} onChange={(value) => change.validate('pattern', value ?? '')} problem={isPattern(rules.pattern) ? null : t('forms.props.patternWrong')} />
          <TextLine long label={t('forms.props.message')} value={rules.patternErrorMessage} onChange={(value) => change.validate('patternErrorMessage', value)} />
          <TextLine long label={t('forms.props.messageEn')} value={component.properties?.patternErrorMessageEn as string | undefined} onChange={(value) => change.property('patternErrorMessageEn', value)} />
        </>
      )}
    </>
  );
}

function isPattern(text: string | undefined): boolean {
  try {
    new RegExp(text ?? '');
    return true;
  } catch {
    // Only asked whether it is one.
    return false;
  }
}

type Bound = 'none' | 'now' | 'today';

function Datetime({ component }: { component: FormComponent }) {
  const { t } = useTranslation();
  const change = useChange(component);
  const bounds = (['none', 'today', 'now'] as const).map((value) => ({ value, label: t(`forms.props.bounds.${value}`) }));
  const bound = (name: 'minDate' | 'maxDate') => ({ value: (component.properties?.[name] as Bound | undefined) ?? 'none', onChange: (value: Bound) => change.property(name, value === 'none' ? undefined : value), options: bounds });
  return (
    <>
      <SelectLine label={t('forms.props.subtype')} value={String(component.subtype ?? 'date')} onChange={(value) => change.own('subtype', value)} options={['date', 'time', 'datetime'].map((value) => ({ value, label: t(`forms.editor.subtypes.${value}`) }))} />
      {component.subtype !== 'date' && <NumberLine label={t('forms.props.interval')} min={1} max={60} value={component.timeInterval} onChange={(value) => change.own('timeInterval', value)} />}
      {component.subtype !== 'time' && <SelectLine<Bound> label={t('forms.props.notBefore')} {...bound('minDate')} />}
      {component.subtype !== 'time' && <SelectLine<Bound> label={t('forms.props.notAfter')} {...bound('maxDate')} />}
    </>
  );
}

function Rows({ component }: { component: FormComponent }) {
  const { t } = useTranslation();
  const change = useChange(component);
  const least = Number(component.properties?.minRows ?? Number.NaN);
  return (
    <>
      <NumberLine label={t('forms.props.minRows')} min={0} max={100} value={Number.isNaN(least) ? undefined : least} onChange={(value) => change.property('minRows', value ? String(value) : undefined)} />
      <NumberLine label={t('forms.props.startRows')} min={0} max={20} value={component.defaultRepetitions ?? 1} onChange={(value) => change.own('defaultRepetitions', value ?? 0)} />
      <SwitchLine label={t('forms.props.addRemove')} value={component.allowAddRemove !== false} onChange={(on) => change.own('allowAddRemove', on)} />
    </>
  );
}

function Files({ component }: { component: FormComponent }) {
  const { t } = useTranslation();
  const change = useChange(component);
  const most = Number(component.properties?.maxFiles ?? Number.NaN);
  return (
    <>
      <SwitchLine label={t('forms.props.multiple')} value={component.multiple === true} onChange={(on) => change.own('multiple', on)} />
      {component.multiple === true && <NumberLine label={t('forms.props.maxFiles')} min={1} max={50} value={Number.isNaN(most) ? undefined : most} onChange={(value) => change.property('maxFiles', value ? String(value) : undefined)} />}
      <TextLine label={t('forms.props.accept')} value={component.accept as string | undefined} onChange={(value) => change.own('accept', value)} placeholder=".pdf,.jpg" />
    </>
  );
}
