import type { ReactNode } from 'react';

/** Title, marks beside it, meta line below, actions at the right. One `h1` per page. */
export function PageHeader({ title, marks, meta, actions, children }: { title: ReactNode; marks?: ReactNode; meta?: ReactNode; actions?: ReactNode; children?: ReactNode }) {
  return (
    <header className="gc-page-header">
      <div className="gc-page-header-row">
        <h1>{title}</h1>
        {marks}
        {actions && <div className="gc-page-header-actions">{actions}</div>}
      </div>
      {meta && <div className="gc-page-header-meta">{meta}</div>}
      {children}
    </header>
  );
}

/** A pane with its own header and scrolling body. */
export function Pane({ title, count, actions, footer, children, label, className }: { title?: ReactNode; count?: number; actions?: ReactNode; footer?: ReactNode; children: ReactNode; label?: string; className?: string }) {
  return (
    <section className={`gc-pane ${className ?? ''}`} aria-label={label}>
      {title !== undefined && (
        <header className="gc-pane-header">
          <h2>{title}{count !== undefined && <span className="gc-count">{count}</span>}</h2>
          <div className="gc-pane-actions">{actions}</div>
        </header>
      )}
      <div className="gc-pane-body">{children}</div>
      {footer && <footer className="gc-pane-footer">{footer}</footer>}
    </section>
  );
}

/** Facts for reading: name at the left, value at the right. */
export function FactList({ facts }: { facts: { name: string; value: ReactNode }[] }) {
  return (
    <dl className="gc-facts">
      {facts.map((fact) => <div key={fact.name}><dt>{fact.name}</dt><dd>{fact.value}</dd></div>)}
    </dl>
  );
}
