import { useId, useState, type ReactNode } from 'react';
import { Input, InputNumber, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { feelProblem } from '../../../../engine/contract/forms/index.ts';

/** A titled part of the panel. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return <section className="gc-section"><h3>{title}</h3>{children}</section>;
}

/** Label at the left, control at the right. `id` joins the two. */
export function Line({ label, id, children, problem }: { label: string; id: string; children: ReactNode; problem?: string | null }) {
  return (
    <div className="gc-line">
      <label htmlFor={id}>{label}</label>
      <div>{children}{problem && <p className="gc-bad gc-meta-bad" role="alert" id={`${id}-problem`}>{problem}</p>}</div>
    </div>
  );
}

interface TextProps {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  long?: boolean;
  mono?: boolean;
  placeholder?: string;
  problem?: string | null;
}

/** Text; empty means the property is absent. */
export function TextLine({ label, value, onChange, long = false, mono = false, placeholder, problem = null }: TextProps) {
  const id = useId();
  const shared = { id, value: value ?? '', placeholder, className: mono ? 'gc-mono' : '', status: problem ? ('error' as const) : ('' as const), onChange: (event: { target: { value: string } }) => onChange(event.target.value === '' ? undefined : event.target.value) };
  return <Line label={label} id={id} problem={problem}>{long ? <Input.TextArea {...shared} autoSize={{ minRows: 2, maxRows: 10 }} /> : <Input {...shared} />}</Line>;
}

export function NumberLine({ label, value, onChange, min, max }: { label: string; value: unknown; onChange: (value: number | undefined) => void; min?: number; max?: number }) {
  const id = useId();
  return <Line label={label} id={id}><InputNumber id={id} min={min} max={max} value={typeof value === 'number' ? value : null} onChange={(next) => onChange(next ?? undefined)} style={{ width: '100%' }} /></Line>;
}

/** A limit: a number, or FEEL beginning with `=`. */
export function LimitInput({ label, value, onChange }: { label: string; value: number | string | undefined; onChange: (value: number | string | undefined) => void }) {
  return (
    <Input
      aria-label={label} value={value === undefined ? '' : String(value)} status={typeof value === 'string' && (value.startsWith('=') ? feelProblem(value) !== null : value !== '') ? 'error' : ''}
      onChange={(event) => {
        const text = event.target.value.trim();
        onChange(text === '' ? undefined : /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);
      }}
    />
  );
}

/** Two limits on one line: 10 至 2000. */
export function RangeLine({ label, min, max, onMin, onMax }: { label: string; min: number | string | undefined; max: number | string | undefined; onMin: (value: number | string | undefined) => void; onMax: (value: number | string | undefined) => void }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="gc-line" role="group" aria-labelledby={id}>
      <span id={id} className="gc-line-label">{label}</span>
      <div className="gc-range"><LimitInput label={t('forms.props.atLeast', { label })} value={min} onChange={onMin} /><span>{t('forms.props.to')}</span><LimitInput label={t('forms.props.atMost', { label })} value={max} onChange={onMax} /></div>
    </div>
  );
}

export function SwitchLine({ label, value, onChange }: { label: string; value: boolean; onChange: (value: boolean) => void }) {
  const id = useId();
  return <Line label={label} id={id}><Switch id={id} size="small" checked={value} onChange={onChange} aria-label={label} /></Line>;
}

export function SelectLine<T extends string>({ label, value, onChange, options }: { label: string; value: T; onChange: (value: T) => void; options: { value: T; label: string }[] }) {
  const id = useId();
  return <Line label={label} id={id}><Select<T> id={id} aria-label={label} value={value} onChange={onChange} options={options} style={{ width: '100%' }} /></Line>;
}

/** FEEL text with a check of its grammar. `prefixed`: stored with a leading `=`. */
export function FeelLine({ label, value, onChange, prefixed = false, placeholder }: { label: string; value: string | undefined; onChange: (value: string | undefined) => void; prefixed?: boolean; placeholder?: string }) {
  const { t } = useTranslation();
  const stored = (value ?? '').replace(/^=/, '');
  const [text, setText] = useState(stored);
  const shown = text.trim() === stored.trim() ? text : stored;
  const problem = shown.trim() === '' ? null : feelProblem(shown);
  return (
    <TextLine
      label={label} long mono value={shown} {...(placeholder ? { placeholder } : {})} problem={problem === null ? null : t('forms.props.feelWrong', { reason: problem })}
      onChange={(next) => {
        setText(next ?? '');
        onChange(next === undefined || next.trim() === '' ? undefined : `${prefixed ? '=' : ''}${next}`);
      }}
    />
  );
}
