import { execute, readVariables, type GatewayContext } from './rpc.ts';

/** rpc CompleteJob. */
export const completeJob = (context: GatewayContext) => async ({ jobKey, variables }: { jobKey: string; variables: string }) => {
  await execute(context, 'COMPLETE', { type: 'complete_job', jobKey, variables: readVariables(variables) });
  return {};
};

/** rpc FailJob: `retryBackOff` in ms. */
export const failJob = (context: GatewayContext) => async (request: { jobKey: string; retries: number; errorMessage: string; retryBackOff: string; variables: string }) => {
  await execute(context, 'FAIL', { type: 'fail_job', jobKey: request.jobKey, retries: request.retries, errorMessage: request.errorMessage, backOffMs: Number(request.retryBackOff), variables: readVariables(request.variables) });
  return {};
};

/** rpc ThrowError. */
export const throwError = (context: GatewayContext) => async (request: { jobKey: string; errorCode: string; errorMessage: string; variables: string }) => {
  await execute(context, 'THROW_ERROR', { type: 'throw_error', jobKey: request.jobKey, errorCode: request.errorCode, errorMessage: request.errorMessage, variables: readVariables(request.variables) });
  return {};
};

/** rpc UpdateJobRetries. */
export const updateJobRetries = (context: GatewayContext) => async ({ jobKey, retries }: { jobKey: string; retries: number }) => {
  await execute(context, 'UPDATE_RETRIES', { type: 'update_job_retries', jobKey, retries });
  return {};
};

/** rpc UpdateJobTimeout: `timeout` in ms from now. */
export const updateJobTimeout = (context: GatewayContext) => async ({ jobKey, timeout }: { jobKey: string; timeout: string }) => {
  await execute(context, 'UPDATE_TIMEOUT', { type: 'update_job_timeout', jobKey, timeoutMs: Number(timeout) });
  return {};
};
