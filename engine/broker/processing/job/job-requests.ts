import { ChurnMap } from '../../../contract/churn-map.ts';
import type { Answer, Command } from '../../../protocol/commands.ts';
import { DEFAULT_TENANT, idIn } from '../../../protocol/tenant.ts';

/** A request for jobs that may wait for the first one. */
export interface JobRequest {
  command: Extract<Command, { type: 'activate_jobs' }>;
  resolve: (answer: Answer) => void;
  /** True once nobody waits any more: it is answered with what there is. */
  canceled: boolean;
}

/** The type a request is for, told apart by each of its tenants. */
const typesOf = ({ command: { jobType, tenantIds = [DEFAULT_TENANT] } }: JobRequest): string[] => tenantIds.map((tenantId) => idIn(tenantId, jobType));

/** Requests that wait for jobs, by type (told apart by its tenant), oldest first. */
export class JobRequests {
  private readonly byType = new ChurnMap<string, Set<JobRequest>>();

  add(request: JobRequest): void {
    for (const type of typesOf(request)) {
      const requests = this.byType.get(type);
      if (requests === undefined) this.byType.set(type, new Set([request]));
      else requests.add(request);
    }
  }

  /** False when it did not wait. */
  remove(request: JobRequest): boolean {
    let waited = false;
    for (const type of typesOf(request)) {
      const requests = this.byType.get(type);
      if (requests?.delete(request) !== true) continue;
      waited = true;
      if (requests.size === 0) this.byType.delete(type);
    }
    return waited;
  }

  /** The oldest request for a type. */
  first(type: string): JobRequest | undefined {
    return this.byType.get(type)?.values().next().value;
  }

  /** Takes all of them. */
  drain(): JobRequest[] {
    const all = new Set([...this.byType.values()].flatMap((requests) => [...requests]));
    this.byType.clear();
    return [...all];
  }
}
