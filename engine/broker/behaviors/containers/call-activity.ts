import { compareKeys } from '../../../protocol/key.ts';
import type { ExecutableElement } from '../../model/executable-process.ts';
import { latestProcess, modelOf, newestProcess, processByKey } from '../../state/deployment.ts';
import { attachTrigger, findInstance, updateInstance } from '../../state/process-instance.ts';
import { isHeld } from '../../state/suspension.ts';
import type { ElementInstance, ProcessRow, Variable } from '../../state/tables.ts';
import { asJson, localVariables, visibleVariables } from '../../state/variable.ts';
import { evaluateText } from '../shared/expressions.ts';
import { ElementFailure } from '../shared/failure.ts';
import { elementFor } from '../shared/lifecycle.ts';
import type { ElementBehavior, Processing } from '../shared/processing.ts';
import { startInstance } from '../shared/start-instance.ts';

/** Call activity: starts the latest version of another process and waits for its end. */
export const callActivity: ElementBehavior = {
  prepare(processing, element, instance) {
    const { state } = processing;
    const { processId, propagateAllParent } = element.calledElement!;
    const id = evaluateText(state, processId, instance);
    const process = calledProcess(processing, element, instance, id);
    if (process === undefined) throw new ElementFailure('CALLED_ELEMENT_ERROR', `Expected process with BPMN process id '${id}' to be deployed, but not found.`);
    if (isHeld(state, 'process_definition', process.key)) throw new ElementFailure('CALLED_ELEMENT_ERROR', `Expected process with BPMN process id '${id}' to be called, but its version ${process.version} is suspended.`);
    const model = modelOf(state, process.key);
    if (model.elements.get(model.id)?.startEventId === undefined) throw new ElementFailure('CALLED_ELEMENT_ERROR', `Expected process with BPMN process id '${id}' to have a none start event, but not found.`);
    return (activated) => {
      const local = asJson(localVariables(state, activated));
      const child = startInstance(processing, process, {
        variables: propagateAllParent ? visibleVariables(state, activated) : local,
        caller: { processInstanceKey: activated.processInstanceKey, elementInstanceKey: activated.key },
      });
      updateInstance(state, activated, { calledInstanceKey: child.key });
    };
  },
};

/** The version that is bound: the latest, that of the caller's deployment, or the newest with a tag (the latter two as Zeebe 8.6 and later have them). */
function calledProcess({ state }: Processing, element: ExecutableElement, instance: ElementInstance, id: string): ProcessRow | undefined {
  const { binding } = element.calledElement!;
  if (binding === undefined) return latestProcess(state, id, instance.tenantId);
  if (binding.type === 'deployment') {
    const caller = processByKey(state, instance.processDefinitionKey);
    return caller === undefined ? undefined : newestProcess(state, id, instance.tenantId, (row) => compareKeys(row.deploymentKey, caller.deploymentKey) <= 0);
  }
  const tag = evaluateText(state, binding.versionTag, instance);
  const process = newestProcess(state, id, instance.tenantId, (row) => row.versionTag === tag);
  if (process === undefined) throw new ElementFailure('CALLED_ELEMENT_ERROR', `Expected process with BPMN process id '${id}' and version tag '${tag}' to be deployed, but not found.`);
  return process;
}

/** The called process has completed: its variables go to the call activity, which goes on. */
export function returnToCaller(processing: Processing, child: ElementInstance, variables: readonly Variable[]): void {
  const caller = findInstance(processing.state, child.parentElementInstanceKey);
  if (caller === undefined || caller.state !== 'ACTIVATED') return;
  const element = elementFor(processing, caller);
  if (element.calledElement!.propagateAllChild || element.outputs.length > 0) attachTrigger(processing.state, caller, { elementId: element.id, kind: 'JOB', variables: asJson(variables) });
  processing.follow({ type: 'complete', key: caller.key });
}
