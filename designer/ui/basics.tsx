import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Tooltip } from 'antd';

/** The product's mark. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden focusable="false">
      <rect width="24" height="24" rx="5" fill="var(--gc-accent)" />
      <g fill="none" stroke="var(--gc-on-accent)" strokeWidth="1.8" strokeLinejoin="round" strokeLinecap="round"><rect x="4.5" y="8.5" width="6" height="7" rx="1" /><path d="M10.5 12h3M13.5 12l3-3 3 3-3 3z" /></g>
    </svg>
  );
}

/** The first letter of a person's own name in a circle; the mark of sample people is left out. */
export function Avatar({ name }: { name: string }) {
  const own = name.split(/[·・]/).at(-1)?.trim() ?? name;
  return <span className="gc-avatar" aria-hidden>{[...own][0]?.toUpperCase()}</span>;
}

/** A square button with an icon; its name is read out and shown on hover. */
export function IconButton({ label, icon, ...rest }: { label: string; icon: ReactNode } & ButtonHTMLAttributes<HTMLButtonElement>) {
  return <Tooltip title={label}><button type="button" {...rest} className={`gc-icon-button ${rest.className ?? ''}`} aria-label={label}><span aria-hidden>{icon}</span></button></Tooltip>;
}

/** A small marked word: icon and color support it, never replace it. */
export function Chip({ tone = 'neutral', icon, children }: { tone?: 'neutral' | 'accent' | 'ok' | 'soon' | 'bad' | 'info'; icon?: ReactNode; children: ReactNode }) {
  return <span className="gc-chip" data-tone={tone}>{icon && <span aria-hidden>{icon}</span>}{children}</span>;
}
