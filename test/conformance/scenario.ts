import type { Transcript } from './transcript.ts';

/** A conversation with an engine; what it sees is written down and compared with what Zeebe 8.5.8 was seen doing. */
export interface Scenario {
  name: string;
  play: (t: Transcript) => Promise<void>;
}

/** Names scenarios by sentences. */
export const scenarios = (all: Record<string, Scenario['play']>): Scenario[] => Object.entries(all).map(([name, play]) => ({ name, play }));
