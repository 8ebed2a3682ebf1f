import type { FeelResult } from './evaluation.ts';

/** What Zeebe 8.5 says of an expression whose evaluation failed. */
export function failureText(text: string, { failure, failureKind }: FeelResult): string {
  if (failureKind === 'assert') return `Assertion failure on evaluate the expression '${text}': ${failure}`;
  return failureKind === undefined ? `failed to evaluate expression '${text}': ${failure}` : `failed to evaluate expression '${text}' : ${failureKind}: ${failure}`;
}
