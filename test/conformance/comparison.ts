import type { Seen } from './transcript.ts';

/** What must be equal on both engines: answers and records; of a refusal or an incident its kind, not its wording. */
export function comparable(seen: Seen, other: Seen): { steps: string[]; records: string[] | null } {
  const bare = (line: string): string => line.replace(/ \| .*$/s, '');
  return { steps: seen.steps.map(bare), records: seen.records === null || other.records === null ? null : arranged(seen.records.map(bare)) };
}

/** Variables written and signals subscribed to together come in any order (Zeebe's is that of a hash table); timers set and escalations stand at the end. */
function arranged(lines: readonly string[]): string[] {
  const apart = lines.filter((line) => /^(?:TIMER CREATED|ESCALATION)/.test(line));
  const rest = lines.filter((line) => !/^(?:TIMER CREATED|ESCALATION)/.test(line));
  const result: string[] = [];
  for (let at = 0; at < rest.length; ) {
    const run = [rest[at]!];
    const kind = /^(?:VARIABLE|SIGNAL_SUBSCRIPTION) /.exec(rest[at]!)?.[0];
    while (kind !== undefined && rest[at + run.length]?.startsWith(kind) === true) run.push(rest[at + run.length]!);
    at += run.length;
    result.push(...run.sort());
  }
  return joined([...result, ...apart.sort()]);
}

/** Steps of one element's life that now stand side by side. */
function joined(lines: readonly string[]): string[] {
  const result: string[] = [];
  for (const line of lines) {
    const [who, ...life] = line.split(': ');
    if (life.length > 0 && !/^[A-Z_]+ [A-Z_]+ /.test(line) && result.at(-1)?.startsWith(`${who}: `) === true) result.push(`${result.pop()} ${life.join(': ')}`);
    else result.push(line);
  }
  return result;
}
