import type { ReactNode } from 'react';
import type { FieldProblem } from '../../../engine/contract/api.ts';
import type { FormComponent } from '../../../engine/contract/forms/index.ts';
import { ProblemList } from './problem-list.tsx';

interface FieldFrameProps {
  component: FormComponent;
  domId: string;
  label: string;
  description: string;
  required: boolean;
  frame: 'control' | 'group' | 'own' | 'none';
  compact: boolean;
  /** `93 / 4000` */
  counter: string | null;
  problems: FieldProblem[];
  /** A word beside the label. */
  mark?: ReactNode;
  children: ReactNode;
}

/** Label and counter above a field, description and problems below. */
export function FieldFrame({ component, domId, label, description, required, frame, compact, counter, problems, mark, children }: FieldFrameProps) {
  const words = <>{label}{required && <span className="gc-required" aria-hidden>*</span>}</>;
  // In list rows the words stand inside the control; choices without one keep them.
  const quiet = compact && frame === 'control';
  return (
    <div className="gc-field" data-invalid={problems.length > 0}>
      {frame !== 'own' && (
        <div className={quiet ? 'gc-visually-hidden' : 'gc-field-head'}>
          {frame === 'control' ? <label className="gc-label" htmlFor={domId}>{words}</label> : <span className="gc-label" aria-hidden>{words}</span>}
          {mark}
          {counter && <span className="gc-meta">{counter}</span>}
        </div>
      )}
      {children}
      {description && <p className="gc-meta" id={`${domId}-description`}>{description}</p>}
      <ProblemList id={`${domId}-problems`} component={component} problems={problems} />
    </div>
  );
}
