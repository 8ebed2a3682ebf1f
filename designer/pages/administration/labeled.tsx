import type { ReactNode } from 'react';

/** A field with its name above it. */
export function Labeled({ label, required = false, children }: { label: string; required?: boolean; children: ReactNode }) {
  return <label className="gc-field-label"><span>{label}{required && <span className="gc-required" aria-hidden>*</span>}</span>{children}</label>;
}
