import { ChurnMap } from '../../contract/churn-map.ts';
import type { Answer } from '../../protocol/commands.ts';
import type { Key } from '../../protocol/key.ts';
import type { Variable } from '../state/tables.ts';
import { asJson } from '../state/variable.ts';
import type { Decision } from './decider.ts';

interface Awaiting {
  awaits: NonNullable<Decision['awaits']>;
  resolve: (answer: Answer) => void;
  timer: ReturnType<typeof setTimeout>;
}

/** Clients that await the results of process instances. Nobody is kept longer than they wait. */
export class AwaitedResults {
  private readonly waiting = new ChurnMap<Key, Awaiting>();

  expect(awaits: Awaiting['awaits'], resolve: Awaiting['resolve']): void {
    const timer = setTimeout(() => this.waiting.delete(awaits.processInstanceKey), awaits.timeoutMs);
    this.waiting.set(awaits.processInstanceKey, { awaits, resolve, timer });
  }

  completed(processInstanceKey: Key, variables: readonly Variable[]): void {
    const { awaits, resolve } = this.take(processInstanceKey) ?? {};
    if (awaits === undefined) return;
    resolve!({ ok: true, value: { ...awaits.created, variables: asJson(variables, awaits.fetchVariables) } });
  }

  /** Zeebe lets these clients wait until their time is over; they get the same refusal at once. */
  terminated(processInstanceKey: Key): void {
    this.take(processInstanceKey)?.resolve({ ok: false, rejection: 'DEADLINE_EXCEEDED', reason: `Expected to await the result of process instance with key '${processInstanceKey}', but it was terminated` });
  }

  /** Answers all who wait. */
  refuse(answer: Answer): void {
    for (const { timer, resolve } of this.waiting.values()) {
      clearTimeout(timer);
      resolve(answer);
    }
    this.waiting.clear();
  }

  private take(processInstanceKey: Key): Awaiting | undefined {
    const awaiting = this.waiting.get(processInstanceKey);
    clearTimeout(awaiting?.timer);
    this.waiting.delete(processInstanceKey);
    return awaiting;
  }
}
