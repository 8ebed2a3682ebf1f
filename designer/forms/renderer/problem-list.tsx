import { ExclamationCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { FieldProblem } from '../../../engine/contract/api.ts';
import { authorMessage, type FormComponent } from '../../../engine/contract/forms/index.ts';
import { useLanguage } from '../../i18n/index.ts';

/** One broken rule in words: the author's, else the translation of the rule. */
export function useProblemText(): (component: FormComponent, problem: FieldProblem) => string {
  const { t } = useTranslation();
  const { short } = useLanguage();
  return (component, problem) => authorMessage(component, problem, short) ?? t(`forms.errors.${problem.rule}`, problem.params);
}

/** The problems under a field. */
export function ProblemList({ id, component, problems }: { id: string; component: FormComponent; problems: FieldProblem[] }) {
  const text = useProblemText();
  if (problems.length === 0) return null;
  return (
    <ul className="gc-problems" id={id}>
      {problems.map((problem) => <li key={problem.rule}><ExclamationCircleFilled aria-hidden /> {text(component, problem)}</li>)}
    </ul>
  );
}
