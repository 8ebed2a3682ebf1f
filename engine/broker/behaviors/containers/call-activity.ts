import { parseExactJson } from '../../../contract/exact-json.ts';
import type { JsonObject } from '../../../contract/json.ts';
import { latestProcess, modelOf } from '../../state/deployment.ts';
import { attachTrigger, findInstance, updateInstance } from '../../state/process-instance.ts';
import type { ElementInstance } from '../../state/tables.ts';
import { localVariables, visibleVariables } from '../../state/variable.ts';
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
    const process = latestProcess(state, id);
    if (process === undefined) throw new ElementFailure('CALLED_ELEMENT_ERROR', `Expected process with BPMN process id '${id}' to be deployed, but not found.`);
    const model = modelOf(state, process.key);
    if (model.elements.get(model.id)?.startEventId === undefined) throw new ElementFailure('CALLED_ELEMENT_ERROR', `Expected process with BPMN process id '${id}' to have a none start event, but not found.`);
    return (activated) => {
      const local = Object.fromEntries(localVariables(state, activated).map((variable) => [variable.name, parseExactJson(variable.value)])) as JsonObject;
      const child = startInstance(processing, process, {
        variables: propagateAllParent ? visibleVariables(state, activated) : local,
        caller: { processInstanceKey: activated.processInstanceKey, elementInstanceKey: activated.key },
      });
      updateInstance(state, activated, { calledInstanceKey: child.key });
    };
  },
};

/** The called process has completed: its variables go to the call activity, which goes on. */
export function returnToCaller(processing: Processing, child: ElementInstance, variables: JsonObject): void {
  const caller = findInstance(processing.state, child.parentElementInstanceKey);
  if (caller === undefined || caller.state !== 'ACTIVATED') return;
  const element = elementFor(processing, caller);
  if (element.calledElement!.propagateAllChild || element.outputs.length > 0) attachTrigger(processing.state, caller, { elementId: element.id, kind: 'JOB', variables });
  processing.follow({ type: 'complete', key: caller.key });
}
