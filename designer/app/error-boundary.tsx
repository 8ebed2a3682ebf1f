import { Component, type ReactNode } from 'react';
import { CrashPage } from './state-pages.tsx';

interface State {
  error: Error | null;
}

/** Catches what a page throws while rendering; says so and offers to load again. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error ? <CrashPage error={error} /> : this.props.children;
  }
}
