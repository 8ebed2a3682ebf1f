import type { ReactNode } from 'react';

/** A field with its name above it; `plain` for a control that names itself and would take a click on a label twice. */
export function Labeled({ label, required = false, plain = false, children }: { label: string; required?: boolean; plain?: boolean; children: ReactNode }) {
  const words = <span>{label}{required && <span className="gc-required" aria-hidden>*</span>}</span>;
  return plain ? <div className="gc-field-label">{words}{children}</div> : <label className="gc-field-label">{words}{children}</label>;
}
