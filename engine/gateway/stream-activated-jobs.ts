import { status, type ServerWritableStream } from '@grpc/grpc-js';
import type { ActivatedJob } from '../protocol/commands.ts';
import { checkActivation, giveBack, jobMessage } from './activate-jobs.ts';
import { execute, RpcError, type GatewayContext } from './rpc.ts';

interface StreamActivatedJobsRequest {
  type: string;
  worker: string;
  timeout: string;
  fetchVariable: string[];
}

const PUSH_AT_ONCE = 32;

/** rpc StreamActivatedJobs: pushes jobs as they become activatable, until the client ends the stream. Waits while the client reads slowly. */
export const streamActivatedJobs = (context: GatewayContext) => (call: ServerWritableStream<StreamActivatedJobsRequest, ReturnType<typeof jobMessage>>): void => {
  const { type, worker, fetchVariable } = call.request;
  const timeoutMs = Number(call.request.timeout);
  try {
    checkActivation('StreamActivatedJobs', type, timeoutMs);
  } catch (error) {
    call.emit('error', error);
    return;
  }
  let pushing = false;
  let again = false;
  const push = async (): Promise<void> => {
    again = true;
    if (pushing) return;
    pushing = true;
    while (again && !call.cancelled) {
      again = false;
      const jobs = await execute<ActivatedJob[]>(context, 'ACTIVATE', { type: 'activate_jobs', jobType: type, worker, timeoutMs, maxJobs: PUSH_AT_ONCE, fetchVariables: fetchVariable });
      again ||= jobs.length > 0;
      for (let at = 0; at < jobs.length; at += 1) {
        if (call.cancelled) {
          await giveBack(context, jobs.slice(at));
          break;
        }
        if (!call.write(jobMessage(jobs[at]!))) await drained(call);
      }
    }
    pushing = false;
  };
  const end = context.broker.onJobs((jobType) => {
    if (jobType === type) push().catch((error: Error) => void call.emit('error', new RpcError(status.UNAVAILABLE, error.message)));
  });
  call.on('cancelled', end);
  call.on('close', end);
};

/** Resolves when the client can read on, or has gone. */
function drained(call: { once(event: 'drain' | 'cancelled', listener: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => {
    call.once('drain', resolve);
    call.once('cancelled', resolve);
  });
}
