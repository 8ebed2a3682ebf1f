import { status } from '@grpc/grpc-js';
import { activateJobs } from './activate-jobs.ts';
import { broadcastSignal } from './broadcast-signal.ts';
import { deployProcess, deployResource } from './deploy-resource.ts';
import { evaluateDecision } from './evaluate-decision.ts';
import { completeJob, failJob, throwError, updateJobRetries } from './jobs.ts';
import { cancelProcessInstance, createProcessInstance, createProcessInstanceWithResult, deleteResource, resolveIncident, setVariables } from './process-instance.ts';
import { publishMessage } from './publish-message.ts';
import { RpcError, unary, type GatewayContext } from './rpc.ts';
import { streamActivatedJobs } from './stream-activated-jobs.ts';
import { topology } from './topology.ts';

/** All rpcs by name. */
export function handlersOf(context: GatewayContext): Record<string, unknown> {
  const notYet = (rpc: string) => unary(async () => Promise.reject(new RpcError(status.UNIMPLEMENTED, `${rpc} is not supported by this broker yet`)));
  return {
    topology: unary(topology(context)),
    deployProcess: unary(deployProcess(context)),
    deployResource: unary(deployResource(context)),
    deleteResource: unary(deleteResource(context)),
    createProcessInstance: unary(createProcessInstance(context)),
    createProcessInstanceWithResult: unary(createProcessInstanceWithResult(context)),
    cancelProcessInstance: unary(cancelProcessInstance(context)),
    setVariables: unary(setVariables(context)),
    resolveIncident: unary(resolveIncident(context)),
    activateJobs: activateJobs(context),
    streamActivatedJobs: streamActivatedJobs(context),
    completeJob: unary(completeJob(context)),
    failJob: unary(failJob(context)),
    throwError: unary(throwError(context)),
    updateJobRetries: unary(updateJobRetries(context)),
    publishMessage: unary(publishMessage(context)),
    evaluateDecision: unary(evaluateDecision(context)),
    modifyProcessInstance: notYet('ModifyProcessInstance'),
    broadcastSignal: unary(broadcastSignal(context)),
  };
}
