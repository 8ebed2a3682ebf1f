import type { Answer } from '../../protocol/commands.ts';
import type { EngineRecord } from '../../protocol/records.ts';

/** What becomes durable together, and who is told of it then. */
export interface Work {
  records: EngineRecord[];
  /** Commands decided so far. */
  commands: number;
  answers: (() => void)[];
  /** Everybody an answer is for: they are refused when the batch cannot be written. */
  asking: ((answer: Answer) => void)[];
}

export const emptyWork = (): Work => ({ commands: 0, records: [], answers: [], asking: [] });

/** The answer of whoever asks while the store fails. */
export const unavailable = ({ message }: Error): Answer => ({ ok: false, rejection: 'UNAVAILABLE', reason: message });
