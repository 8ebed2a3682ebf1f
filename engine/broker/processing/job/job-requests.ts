import type { Answer, Command } from '../../../protocol/commands.ts';

/** A request for jobs that may wait for the first one. */
export interface JobRequest {
  command: Extract<Command, { type: 'activate_jobs' }>;
  resolve: (answer: Answer) => void;
  /** True once nobody waits any more: it is answered with what there is. */
  canceled: boolean;
}

/** Requests that wait for jobs, by type, oldest first. */
export class JobRequests {
  private readonly byType = new Map<string, Set<JobRequest>>();

  add(request: JobRequest): void {
    const requests = this.byType.get(request.command.jobType);
    if (requests === undefined) this.byType.set(request.command.jobType, new Set([request]));
    else requests.add(request);
  }

  /** False when it did not wait. */
  remove(request: JobRequest): boolean {
    const requests = this.byType.get(request.command.jobType);
    if (requests?.delete(request) !== true) return false;
    if (requests.size === 0) this.byType.delete(request.command.jobType);
    return true;
  }

  /** The oldest request for a type. */
  first(type: string): JobRequest | undefined {
    return this.byType.get(type)?.values().next().value;
  }

  /** Takes all of them. */
  drain(): JobRequest[] {
    const all = [...this.byType.values()].flatMap((requests) => [...requests]);
    this.byType.clear();
    return all;
  }
}
