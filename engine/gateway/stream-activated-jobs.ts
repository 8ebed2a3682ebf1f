import { status } from '@grpc/grpc-js';
import type { ActivatedJob } from '../protocol/commands.ts';
import { idIn } from '../protocol/tenant.ts';
import { giveBack, jobMessage } from './activate-jobs.ts';
import { execute, RpcError, type GatewayContext } from './rpc.ts';
import type { ServerCall } from './server-call.ts';
import { checkTenants, contextOf } from './tenants.ts';

interface StreamActivatedJobsRequest {
  type: string;
  worker: string;
  timeout: string;
  fetchVariable: string[];
  tenantIds: string[];
}

const PUSH_AT_ONCE = 32;
const MOST_WAITING = 10_000;

/** rpc StreamActivatedJobs: pushes jobs that become activatable after it was opened (older ones are for polling), until the client ends the stream. Waits while the client reads slowly. */
export const streamActivatedJobs = (gateway: GatewayContext) => (call: ServerCall<StreamActivatedJobsRequest, ReturnType<typeof jobMessage>>): void => {
  const context = contextOf(gateway, call.caller);
  const { type, worker, fetchVariable } = call.request;
  const timeoutMs = Number(call.request.timeout);
  let tenantIds: readonly string[];
  try {
    tenantIds = checkTenants(context, call.request.tenantIds, 'StreamActivatedJobs');
    if (type.trim() === '') throw new RpcError(status.INVALID_ARGUMENT, 'Expected to stream activated jobs with type to be present, but it was blank');
    if (timeoutMs <= 0) throw new RpcError(status.INVALID_ARGUMENT, `Expected to stream activated jobs with timeout to be greater than zero, but it was ${timeoutMs}`);
  } catch (error) {
    return call.fail(error as Error);
  }
  let arrived: string[] = [];
  let pushing = false;
  const push = async (): Promise<void> => {
    if (pushing) return;
    pushing = true;
    while (arrived.length > 0 && !call.cancelled) {
      const jobKeys = arrived.splice(0, PUSH_AT_ONCE);
      const jobs = await execute<ActivatedJob[]>(context, 'ACTIVATE', { type: 'activate_jobs', jobType: type, worker, timeoutMs, maxJobs: PUSH_AT_ONCE, fetchVariables: fetchVariable, jobKeys, tenantIds });
      await write(context, call, jobs);
    }
    pushing = false;
  };
  const take = (jobKeys: readonly string[]): boolean => {
    // What a slow client cannot take stays activatable for whoever polls.
    if (arrived.length >= MOST_WAITING) return false;
    arrived.push(...jobKeys);
    push().catch((error: Error) => {
      end();
      call.fail(new RpcError(status.UNAVAILABLE, error.message));
    });
    return true;
  };
  const ends = tenantIds.map((tenantId) => context.broker.onJobs(idIn(tenantId, type), take));
  const end = (): void => ends.forEach((each) => each());
  call.onCancelled(() => {
    arrived = [];
    end();
  });
};

/** Hands the client its jobs as fast as it reads; gives back what it goes away without. */
async function write(context: GatewayContext, call: ServerCall<StreamActivatedJobsRequest, ReturnType<typeof jobMessage>>, jobs: readonly ActivatedJob[]): Promise<void> {
  for (let at = 0; at < jobs.length; at += 1) {
    if (call.cancelled) return giveBack(context, jobs.slice(at));
    if (!call.write(jobMessage(jobs[at]!))) await call.drained();
  }
}
