import { Alert } from 'antd';

interface LineProblem {
  line: number;
  rule: string;
  text: string;
}

interface LineProblemsProps {
  problems: readonly LineProblem[];
  /** What is wrong in one sentence. */
  title: string;
  /** Name of the list. */
  label: string;
  heads: { line: string; text: string; why: string };
  /** A rule as a sentence. */
  why: (rule: string) => string;
  className: string;
}

/** What is wrong with a file, line by line. */
export function LineProblems({ problems, title, label, heads, why, className }: LineProblemsProps) {
  return (
    <>
      <Alert type="error" showIcon title={title} />
      <div className={className} role="region" aria-label={label} tabIndex={0}>
        <table>
          <thead><tr><th scope="col">{heads.line}</th><th scope="col">{heads.text}</th><th scope="col">{heads.why}</th></tr></thead>
          <tbody>{problems.map(({ line, rule, text }) => <tr key={`${line} ${rule}`}><td>{line}</td><td className="gc-mono">{text || '—'}</td><td>{why(rule)}</td></tr>)}</tbody>
        </table>
      </div>
    </>
  );
}
