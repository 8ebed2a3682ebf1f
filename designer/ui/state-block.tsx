import type { ReactNode } from 'react';

interface StateBlockProps {
  tone: 'accent' | 'neutral' | 'bad';
  icon: ReactNode;
  title: string;
  /** 1 where the block is the whole page. @default 2 */
  level?: 1 | 2;
  text?: ReactNode;
  actions?: ReactNode;
  role?: 'alert' | 'status';
  children?: ReactNode;
}

/** Empty, failed, closed: an icon, one line, one sentence, what to do. */
export function StateBlock({ tone, icon, title, level = 2, text, actions, role, children }: StateBlockProps) {
  return (
    <div className="gc-state" data-tone={tone} role={role}>
      <span className="gc-state-icon" aria-hidden>{icon}</span>
      {level === 1 ? <h1>{title}</h1> : <h2>{title}</h2>}
      {text && <p>{text}</p>}
      {actions && <div className="gc-state-actions">{actions}</div>}
      {children}
    </div>
  );
}

/** Nothing here yet; says what to do next. */
export function EmptyState({ icon, title, text, actions }: { icon: ReactNode; title: string; text?: ReactNode; actions?: ReactNode }) {
  return <StateBlock tone="accent" icon={icon} title={title} text={text} actions={actions} />;
}
