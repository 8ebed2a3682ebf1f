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
import { contextOf } from './tenants.ts';
import { streamActivatedJobs } from './stream-activated-jobs.ts';
import { topology } from './topology.ts';

/** All rpcs by name. */
export function handlersOf(gateway: GatewayContext): Record<string, unknown> {
  const answering = <Request, Response>(rpc: (context: GatewayContext) => (request: Request) => Promise<Response>) => unary((request: Request, caller) => rpc(contextOf(gateway, caller))(request));
  return {
    topology: answering(topology),
    deployProcess: answering(deployProcess),
    deployResource: answering(deployResource),
    deleteResource: answering(deleteResource),
    createProcessInstance: answering(createProcessInstance),
    createProcessInstanceWithResult: answering(createProcessInstanceWithResult),
    cancelProcessInstance: answering(cancelProcessInstance),
    setVariables: answering(setVariables),
    resolveIncident: answering(resolveIncident),
    activateJobs: activateJobs(gateway),
    streamActivatedJobs: streamActivatedJobs(gateway),
    completeJob: answering(completeJob),
    failJob: answering(failJob),
    throwError: answering(throwError),
    updateJobRetries: answering(updateJobRetries),
    updateJobTimeout: answering(updateJobTimeout),
    publishMessage: answering(publishMessage),
    evaluateDecision: answering(evaluateDecision),
    modifyProcessInstance: answering(modifyProcessInstance),
    migrateProcessInstance: answering(migrateProcessInstance),
    broadcastSignal: answering(broadcastSignal),
  };
}
