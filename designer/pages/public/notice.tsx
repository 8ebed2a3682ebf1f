import { useEffect, useRef, type ReactNode } from 'react';

interface NoticeProps {
  tone: 'accent' | 'neutral' | 'bad';
  icon: ReactNode;
  title: string;
  text: string;
  actions?: ReactNode;
}

/** The whole page in one sentence. Takes the focus, so that a screen reader hears what has become of the form. */
export function Notice({ tone, icon, title, text, actions }: NoticeProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => void heading.current?.focus(), [title]);
  return (
    <section className="gc-public-notice" data-tone={tone}>
      <span className="gc-state-icon" aria-hidden>{icon}</span>
      <h1 ref={heading} tabIndex={-1}>{title}</h1>
      <p>{text}</p>
      {actions}
    </section>
  );
}
