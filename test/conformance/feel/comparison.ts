import { javaDouble } from '../../../engine/contract/exact-json.ts';
import type { Outcome } from './player.ts';

/**
 * What must be equal on both engines: values as JSON text, texts of failures; of a refusal that there is one (the wording is that of
 * Zeebe's parser library). JSON has several ways to write a double and a character outside of the basic plane: they are one here.
 */
export function comparableOutcome(told: Record<string, Outcome>): Record<string, string> {
  return Object.fromEntries(Object.entries(told).map(([expression, outcome]) => [expression, plain(outcome)]));
}

function plain(outcome: Outcome): string {
  if ('refused' in outcome) return 'refused';
  if ('failed' in outcome) return `failed: ${settled(outcome.failed)}`;
  return outcome.value.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g, (token) => {
    if (token.startsWith('"')) return JSON.stringify(JSON.parse(token));
    return /[.eE]/.test(token) ? javaDouble(Number(token)) : token;
  });
}

/** Instants differ from run to run; Zeebe prints the entries of a context variable as places in memory, and properties in the order of a hash table. */
const settled = (text: string): string =>
  text
    .replace(/\b20\d\d-\d\d-\d\dT[\d:.]+(?:@[\w/]+)?/g, '<instant>')
    .replace(/'\{[^']*\}'/g, "'{…}'")
    .replace(/(Available properties: )(.*)/g, (_, label: string, names: string) => label + names.split(', ').sort().join(', '));
