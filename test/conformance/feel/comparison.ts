import type { Outcome } from './player.ts';

/** What must be equal on both engines: values as JSON text, texts of failures; of a refusal that there is one (the wording is that of Zeebe's parser library). */
export function comparableOutcome(told: Record<string, Outcome>): Record<string, string> {
  return Object.fromEntries(Object.entries(told).map(([expression, outcome]) => [expression, plain(outcome)]));
}

function plain(outcome: Outcome): string {
  if ('refused' in outcome) return 'refused';
  return 'failed' in outcome ? `failed: ${outcome.failed}` : outcome.value;
}
