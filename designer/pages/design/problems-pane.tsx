import { useState } from 'react';
import { CheckCircleFilled, DownOutlined, ExclamationCircleFilled, UpOutlined, WarningFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DesignProblem, ProcedureDetail } from '../../../engine/contract/api.ts';
import { useProcedureCheck } from '../../api/index.ts';
import type { LintProblem } from '../../modeler/bpmn-modeler.tsx';

/** Problems of the diagram as it stands, and those the server finds in the drafts; a click leads there. */
export function ProblemsPane({ procedure, lint, onSelect }: { procedure: ProcedureDetail; lint: LintProblem[]; onSelect: (elementId: string) => void }) {
  const { t, i18n } = useTranslation();
  const check = useProcedureCheck(procedure.bpmnProcessId);
  const [open, setOpen] = useState(false);
  const found = check.data ?? [];
  const errors = lint.filter((problem) => problem.severity === 'error').length + found.filter((problem) => problem.severity === 'error').length;
  const warnings = lint.length + found.length - errors;
  const lintText = ({ rule, message }: LintProblem) => (i18n.exists(`lint.${rule}`) ? t(`lint.${rule}`) : message);
  return (
    <section className="gc-problems" aria-label={t('design.problems.title')}>
      <button type="button" className="gc-problems-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <b>{t('design.problems.title')}</b>
        {errors > 0 && <span className="gc-bad"><ExclamationCircleFilled aria-hidden /> {t('design.home.errors', { count: errors })}</span>}
        {warnings > 0 && <span className="gc-soon"><WarningFilled aria-hidden /> {t('design.home.warnings', { count: warnings })}</span>}
        {errors + warnings === 0 && <span className="gc-ok"><CheckCircleFilled aria-hidden /> {t('design.home.fine')}</span>}
        <span className="gc-problems-portable gc-meta">{errors === 0 && t(lint.some((problem) => problem.rule === 'not-portable') ? 'design.problems.notPortable' : 'design.problems.portable')}</span>
        {open ? <DownOutlined aria-hidden /> : <UpOutlined aria-hidden />}
      </button>
      {open && (
        <ul>
          {lint.map((problem) => (
            <li key={`${problem.elementId}/${problem.rule}`}>
              <Severity error={problem.severity === 'error'} />
              <button type="button" className="gc-link" onClick={() => onSelect(problem.elementId)}>{problem.elementName}</button>
              <span>{lintText(problem)}</span>
            </li>
          ))}
          {found.map((problem) => <ServerProblem key={`${problem.kind}/${problem.resourceId}/${problem.elementId}/${problem.rule}/${problem.message}`} problem={problem} procedure={procedure} onSelect={onSelect} />)}
        </ul>
      )}
    </section>
  );
}

function ServerProblem({ problem, procedure, onSelect }: { problem: DesignProblem; procedure: ProcedureDetail; onSelect: (elementId: string) => void }) {
  const { t, i18n } = useTranslation();
  const key = `problems.${problem.rule}`;
  return (
    <li>
      <Severity error={problem.severity === 'error'} />
      {problem.kind === 'process' && problem.elementId !== null
        ? <button type="button" className="gc-link" onClick={() => onSelect(problem.elementId!)}>{problem.elementId}</button>
        : <Link to={`/design/${procedure.bpmnProcessId}/${problem.kind === 'form' ? 'forms' : 'decisions'}?resource=${encodeURIComponent(problem.resourceId)}`}>{problem.resourceId}</Link>}
      <span>{i18n.exists(key) ? t(key, problem.params ?? {}) : problem.message}</span>
    </li>
  );
}

function Severity({ error }: { error: boolean }) {
  const { t } = useTranslation();
  return error ? <span className="gc-bad"><ExclamationCircleFilled aria-hidden /> {t('design.problems.error')}</span> : <span className="gc-soon"><WarningFilled aria-hidden /> {t('design.problems.warning')}</span>;
}
