import { Button, Input } from 'antd';
import { ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { englishOptions, toOptions, type FormComponent } from '../../../../engine/contract/forms/index.ts';
import { IconButton } from '../../../ui/index.ts';
import { put, useChange } from './change.ts';
import { FeelLine, Section, SelectLine, TextLine } from './inputs.tsx';

type Source = 'values' | 'valuesKey' | 'valuesExpression' | 'users' | 'groups' | 'complaints';
const sources: Source[] = ['values', 'valuesKey', 'valuesExpression', 'users', 'groups', 'complaints'];

function sourceOf(component: FormComponent): Source {
  const directory = component.properties?.source;
  if (directory === 'users' || directory === 'groups' || directory === 'complaints') return directory;
  return component.valuesKey !== undefined ? 'valuesKey' : component.valuesExpression !== undefined ? 'valuesExpression' : 'values';
}

/** Where the options come from; static ones as a table with both languages. Exactly one source is stored. */
export function OptionsSection({ component }: { component: FormComponent }) {
  const { t } = useTranslation();
  const change = useChange(component);
  const source = sourceOf(component);
  const choose = (next: Source) => change.all((before) => {
    const { values, valuesKey: _key, valuesExpression: _expression, ...rest } = before;
    const directory = next === 'users' || next === 'groups' || next === 'complaints';
    const bare = { ...rest, properties: put(before.properties ?? {}, 'source', directory ? next : undefined) } as FormComponent;
    // A tool that does not know the directory still finds a source of options.
    if (directory) return { ...bare, values: [] };
    return next === 'values' ? { ...bare, values: values ?? [] } : { ...bare, [next]: next === 'valuesExpression' ? '=[]' : '' };
  });
  return (
    <Section title={t('forms.props.options')}>
      <SelectLine<Source> label={t('forms.props.source')} value={source} onChange={choose} options={sources.map((value) => ({ value, label: t(`forms.props.sources.${value}`) }))} />
      {source === 'values' && <OptionTable component={component} />}
      {source === 'valuesKey' && <TextLine mono label={t('forms.props.variable')} value={component.valuesKey} onChange={(value) => change.own('valuesKey', value ?? '')} />}
      {source === 'valuesExpression' && <FeelLine prefixed label={t('forms.props.expression')} value={component.valuesExpression} onChange={(value) => change.own('valuesExpression', value ?? '=[]')} />}
    </Section>
  );
}

interface OptionRow {
  value: string | number | boolean;
  label: string;
  english: string;
}

/** `true`, `false` and figures are stored as such only where they were before: text stays text. */
function retyped(text: string, before: OptionRow['value']): OptionRow['value'] {
  if (typeof before === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  if (typeof before === 'number' && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text;
}

function OptionTable({ component }: { component: FormComponent }) {
  const { t } = useTranslation();
  const change = useChange(component);
  const english = englishOptions(component);
  const rows = toOptions(component.values ?? []).map((option): OptionRow => ({ value: typeof option.value === 'object' ? JSON.stringify(option.value) : option.value, label: option.label, english: english[String(option.value)] ?? '' }));
  const write = (next: OptionRow[], tag?: string) => change.all((before) => {
    const words = Object.fromEntries(next.filter((row) => row.english !== '').map((row) => [String(row.value), row.english]));
    const optionsEn = Object.keys(words).length === 0 ? undefined : JSON.stringify(words);
    const changed = { ...before, values: next.map(({ label, value }) => ({ label, value })) };
    return optionsEn === before.properties?.optionsEn ? changed : { ...changed, properties: put(before.properties ?? {}, 'optionsEn', optionsEn) };
  }, tag);
  const edit = (index: number, part: Partial<OptionRow>) => write(rows.map((row, at) => (at === index ? { ...row, ...part } : row)), `option.${index}.${Object.keys(part).join()}`);
  const values = rows.map((row) => String(row.value));
  return (
    <div className="gc-options">
      <div className="gc-option-row gc-meta" aria-hidden><span>{t('forms.props.value')}</span><span>{t('forms.props.chinese')}</span><span>{t('forms.props.english')}</span></div>
      {rows.map((row, index) => (
        <div key={index} className="gc-option-row" role="group" aria-label={t('forms.props.optionNumber', { number: index + 1 })}>
          <Input size="small" className="gc-mono" aria-label={t('forms.props.value')} status={values.indexOf(String(row.value)) !== index || row.value === '' ? 'error' : ''} value={String(row.value)} onChange={(event) => edit(index, { value: retyped(event.target.value, row.value) })} />
          <Input size="small" aria-label={t('forms.props.chinese')} value={row.label} onChange={(event) => edit(index, { label: event.target.value })} />
          <Input size="small" aria-label={t('forms.props.english')} value={row.english} onChange={(event) => edit(index, { english: event.target.value })} />
          <IconButton label={t('forms.editor.up')} icon={<ArrowUpOutlined />} disabled={index === 0} onClick={() => write(rows.map((_, at) => (at === index - 1 ? row : at === index ? (rows[index - 1] as OptionRow) : (rows[at] as OptionRow))))} />
          <IconButton label={t('forms.props.removeOption', { label: row.label })} icon={<DeleteOutlined />} onClick={() => write(rows.filter((_, at) => at !== index))} />
        </div>
      ))}
      <Button size="small" type="dashed" block icon={<PlusOutlined aria-hidden />} onClick={() => write([...rows, { value: freeValue(values), label: t('forms.props.newOption', { number: rows.length + 1 }), english: '' }])}>{t('forms.props.addOption')}</Button>
    </div>
  );
}

function freeValue(values: string[]): string {
  let number = values.length + 1;
  while (values.includes(`option_${number}`)) number += 1;
  return `option_${number}`;
}
