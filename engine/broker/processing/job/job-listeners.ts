import type { Key } from '../../../protocol/key.ts';

/** Told of jobs of its type that have become activatable. False: it cannot take them, others may. */
export type JobListener = (jobKeys: readonly Key[]) => boolean;

/** Those who are told of jobs as they come, by type. */
export class JobListeners {
  private readonly byType = new Map<string, Set<JobListener>>();

  /** Returns the function that ends it. */
  add(jobType: string, listener: JobListener): () => void {
    const listeners = this.byType.get(jobType) ?? new Set();
    this.byType.set(jobType, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.byType.get(jobType) === listeners) this.byType.delete(jobType);
    };
  }

  has(jobType: string): boolean {
    return this.byType.has(jobType);
  }

  /** Offers jobs to all of a type; whether anybody takes them. */
  offer(jobType: string, keys: readonly Key[]): boolean {
    return [...(this.byType.get(jobType) ?? [])].map((listener) => listener(keys)).includes(true);
  }
}
