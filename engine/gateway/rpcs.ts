import { activateJobs } from './activate-jobs.ts';
import { broadcastSignal } from './broadcast-signal.ts';
import { deployProcess, deployResource } from './deploy-resource.ts';
import { evaluateDecision } from './evaluate-decision.ts';
import { completeJob, failJob, throwError, updateJobRetries, updateJobTimeout } from './jobs.ts';
import { migrateProcessInstance } from './migrate-process-instance.ts';
import { modifyProcessInstance } from './modify-process-instance.ts';
import { cancelProcessInstance, createProcessInstance, createProcessInstanceWithResult, deleteResource, resolveIncident, setVariables } from './process-instance.ts';
import { publishMessage } from './publish-message.ts';
import { unary, type GatewayContext } from './rpc.ts';
import { streamActivatedJobs } from './stream-activated-jobs.ts';
import { topology } from './topology.ts';

/** All rpcs by name. */
export function handlersOf(context: GatewayContext): Record<string, unknown> {
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
    updateJobTimeout: unary(updateJobTimeout(context)),
    publishMessage: unary(publishMessage(context)),
    evaluateDecision: unary(evaluateDecision(context)),
    modifyProcessInstance: unary(modifyProcessInstance(context)),
    migrateProcessInstance: unary(migrateProcessInstance(context)),
    broadcastSignal: unary(broadcastSignal(context)),
  };
}
