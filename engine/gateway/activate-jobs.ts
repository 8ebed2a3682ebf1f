import { exactJsonText } from '../contract/exact-json.ts';
import { status } from '@grpc/grpc-js';
import type { ActivatedJob } from '../protocol/commands.ts';
import type { Key } from '../protocol/key.ts';
import { asGiven, RpcError, valueOf, type GatewayContext } from './rpc.ts';
import type { ServerCall } from './server-call.ts';
import { checkTenants, contextOf } from './tenants.ts';

interface ActivateJobsRequest {
  type: string;
  worker: string;
  timeout: string;
  maxJobsToActivate: number;
  fetchVariable: string[];
  requestTimeout: string;
  tenantIds: string[];
}

interface ActivateJobsResponse {
  jobs: ReturnType<typeof jobMessage>[];
}

/** Long polling when the client names no time: as Zeebe's default. */
const DEFAULT_POLL_MS = 10_000;

/** A job as the protocol has it. */
export function jobMessage(job: ActivatedJob) {
  return {
    ...job,
    key: asNumber(job.key),
    processInstanceKey: asNumber(job.processInstanceKey),
    processDefinitionKey: asNumber(job.processDefinitionKey),
    elementInstanceKey: asNumber(job.elementInstanceKey),
    customHeaders: JSON.stringify(job.customHeaders),
    variables: exactJsonText(job.variables),
  };
}

/** The key as a number, where that holds it: a text has to be calculated with to be written as 64 bits. */
function asNumber(key: Key): number | Key {
  const number = Number(key);
  return Number.isSafeInteger(number) ? number : key;
}

/** rpc ActivateJobs: hands out jobs, waiting up to the request's timeout (ms; 0: 10 s, negative: not at all) for the first. */
export const activateJobs = (gateway: GatewayContext) => (call: ServerCall<ActivateJobsRequest, ActivateJobsResponse>): void => {
  poll(contextOf(gateway, call.caller), call).then(
    () => call.end(),
    (error: Error) => call.fail(error),
  );
};

async function poll(context: GatewayContext, call: ServerCall<ActivateJobsRequest, ActivateJobsResponse>): Promise<void> {
  const { type, worker, fetchVariable, maxJobsToActivate } = call.request;
  const timeoutMs = Number(call.request.timeout);
  const tenantIds = checkTenants(context, call.request.tenantIds, 'ActivateJobs');
  const refuse = (what: string): never => {
    throw new RpcError(status.INVALID_ARGUMENT, `Command 'ACTIVATE' rejected with code 'INVALID_ARGUMENT': Expected to activate job batch with ${what}`);
  };
  if (type === '') refuse('type to be present, but it was blank');
  if (timeoutMs <= 0) refuse(`timeout to be greater than zero, but it was '${timeoutMs}'`);
  if (maxJobsToActivate <= 0) return;
  const requestTimeout = Number(call.request.requestTimeout);
  const waitMs = requestTimeout === 0 ? DEFAULT_POLL_MS : requestTimeout;
  const request = context.broker.requestJobs(asGiven(context, { type: 'activate_jobs', jobType: type, worker, timeoutMs, maxJobs: maxJobsToActivate, fetchVariables: fetchVariable, tenantIds }));
  const limit = setTimeout(request.cancel, Math.max(0, waitMs));
  call.onCancelled(request.cancel);
  if (waitMs < 0 || call.cancelled) request.cancel();
  try {
    const jobs = valueOf<ActivatedJob[]>(await request.answer, 'ACTIVATE');
    if (jobs.length > 0 && call.cancelled) await giveBack(context, jobs);
    else if (jobs.length > 0) call.write({ jobs: jobs.map(jobMessage) });
  } finally {
    clearTimeout(limit);
  }
}

/** Makes jobs that could not be delivered activatable again at once, their retries untouched. */
export async function giveBack(context: GatewayContext, jobs: readonly ActivatedJob[]): Promise<void> {
  for (const job of jobs) {
    await context.broker.submit({ type: 'fail_job', jobKey: job.key, retries: job.retries, errorMessage: 'The client went away before it was given the job', backOffMs: 0, variables: {} });
  }
}
