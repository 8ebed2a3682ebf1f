import type { Command } from '../../../protocol/commands.ts';
import { NO_KEY, type Key } from '../../../protocol/key.ts';
import { tenantOf } from '../../../protocol/tenant.ts';
import { placeElement, scopesAround, type PlacementFailure } from '../../behaviors/shared/activate-anywhere.ts';
import { terminateNow } from '../../behaviors/shared/terminate-now.ts';
import type { ExecutableProcess } from '../../model/executable-process.ts';
import type { EngineState } from '../../state/engine-state.ts';
import { modelOf } from '../../state/deployment.ts';
import { findInstance, instanceOf } from '../../state/process-instance.ts';
import type { ElementInstance } from '../../state/tables.ts';
import { forgetVariables } from '../../state/variable.ts';
import { accept, CommandRefused, reject, type CommandHandler, type CommandProcessing } from '../command-handler.ts';
import { isAfterEventGateway, refusingPlacement, typeInTheWay } from './placement.ts';

type Modify = Extract<Command, { type: 'modify_process_instance' }>;

/** Begins elements of a running instance (opening the scopes they need) and ends others; scopes left empty end with them. All or nothing. */
export const modifyProcessInstance: CommandHandler<'modify_process_instance'> = (processing, command) => {
  const { state } = processing;
  const process = state.seen(findInstance(state, command.processInstanceKey));
  if (process === undefined || process.type !== 'PROCESS' || process.state !== 'ACTIVATED') return reject('NOT_FOUND', `Expected to modify process instance but no process instance found with key '${command.processInstanceKey}'`);
  const model = modelOf(state, process.processDefinitionKey);
  const expected = `Expected to modify instance of process '${process.bpmnProcessId}' but`;
  const unfit = unfitElements(model, command) ?? unfitKeys(state, model, process, command) ?? unfitVariables(model, command);
  if (unfit !== undefined) return reject('INVALID_ARGUMENT', `${expected} it contains one or more ${unfit}`);

  const placed = command.activate.map((activation) => refusingPlacement(() => placeElement(processing, process, activation), (failure) => told(expected, failure)));
  const needed = new Set(placed.flatMap((each) => each.scopes));
  for (const key of command.terminate) terminateWithEmptyScopes(processing, key, needed, expected);
  state.record('PROCESS_INSTANCE_MODIFICATION', 'MODIFIED', state.mintKey(), {
    processInstanceKey: process.key,
    activateInstructions: command.activate.map(({ elementId, ancestorKey, variables }, at) => ({ elementId, ancestorScopeKey: ancestorKey, ancestorScopeKeys: [...placed[at]!.scopes], variableInstructions: variables.map((each) => ({ elementId: each.scopeId, variables: each.variables })) })),
    terminateInstructions: command.terminate.map((elementInstanceKey) => ({ elementInstanceKey })),
    tenantId: tenantOf(process),
  });
  for (const { step } of placed) {
    // A scope that was ended by the same command takes what was meant for it along.
    if (findInstance(state, step.scopeKey) === undefined) forgetVariables(state, process.key, step.key!);
    else processing.follow(step);
  }
  return accept({});
};

function told(expected: string, { why, scopeId, message }: PlacementFailure): string {
  if (why === 'events') return `Expected to subscribe to catch event(s) of '${scopeId}' but ${message}`;
  if (why === 'multi-instance') return `${expected} it contains one or more activate instructions that would result in the activation of multi-instance element '${scopeId}', which is currently unsupported.`;
  return `${expected} it contains one or more activate instructions for an element that has a flow scope with more than one active instance: '${scopeId}'. Can't decide in which instance of the flow scope the element should be activated. Please specify an ancestor element instance key for this activate instruction.`;
}

function unfitElements(model: ExecutableProcess, { activate }: Modify): string | undefined {
  const unknown = activate.filter(({ elementId }) => !model.elements.has(elementId) && !model.flows.has(elementId));
  if (unknown.length > 0) return `activate instructions with an element that could not be found: '${unknown.map((each) => each.elementId).join("', '")}'`;
  for (const { elementId } of activate) {
    const type = typeInTheWay(model, elementId);
    if (type !== undefined) return `activate instructions for elements that are unsupported: '${elementId}'. The activation of elements with type '${type}' is not supported.`;
    if (isAfterEventGateway(model, model.elements.get(elementId)!)) return `activate instructions for elements that are unsupported: '${elementId}'. The activation of events belonging to an event-based gateway is not supported.`;
  }
  return undefined;
}

function unfitKeys(state: EngineState, model: ExecutableProcess, process: ElementInstance, { activate, terminate }: Modify): string | undefined {
  // Zeebe 8.5.8 would also end elements of another instance here.
  const gone = terminate.filter((key) => findInstance(state, key)?.processInstanceKey !== process.key);
  if (gone.length > 0) return `terminate instructions with an element instance that could not be found: '${gone.join("', '")}'`;
  for (const { elementId, ancestorKey } of activate) {
    if (ancestorKey === NO_KEY) continue;
    const ancestor = findInstance(state, ancestorKey);
    if (ancestor === undefined || ancestor.state !== 'ACTIVATED') return `activate instructions with an ancestor scope key that does not exist, or is not in an active state: '${ancestorKey}'`;
    if (ancestor.processInstanceKey !== process.key) return `activate instructions with an ancestor scope key that does not belong to the modified process instance: '${ancestorKey}'`;
    const around = scopesAround(model, model.elements.get(elementId)!);
    if (!around.some((scope) => scope.id === ancestor.elementId)) return `activate instructions with an ancestor scope key that is not an ancestor of the element to activate:\n- instance '${ancestorKey}' of element '${ancestor.elementId}' is not an ancestor of element '${elementId}'`;
  }
  return undefined;
}

function unfitVariables(model: ExecutableProcess, { activate }: Modify): string | undefined {
  for (const { elementId, variables } of activate) {
    const scopeIds = variables.map((each) => each.scopeId).filter((id) => id !== '');
    const unknown = scopeIds.filter((id) => !model.elements.has(id));
    if (unknown.length > 0) return `variable instructions with a scope element id that could not be found: '${unknown.join("', '")}'`;
    const around = new Set([elementId, ...scopesAround(model, model.elements.get(elementId)!).map((scope) => scope.id)]);
    if (scopeIds.some((id) => !around.has(id))) return "variable instructions with a scope element that doesn't belong to the activating element's flow scope. These variables should be set before or after the modification.";
  }
  return undefined;
}

/** Ends an element instance, and every scope around it in which nothing is left or to come. Throws CommandRefused. */
function terminateWithEmptyScopes(processing: CommandProcessing, key: Key, needed: ReadonlySet<Key>, expected: string): void {
  const { state } = processing;
  for (let instance = findInstance(state, key); instance !== undefined; ) {
    if (instance.type === 'PROCESS' && instance.parentProcessInstanceKey !== NO_KEY) {
      throw new CommandRefused('INVALID_ARGUMENT', `${expected} the given instructions would terminate the instance. The instance was created by a call activity in the parent process. To terminate this instance please modify the parent process instead.`);
    }
    terminateNow(processing, instance.key);
    if (instance.flowScopeKey === NO_KEY) return;
    const scope = instanceOf(state, instance.flowScopeKey);
    instance = scope.children === 0 && scope.flows === 0 && !needed.has(scope.key) ? scope : undefined;
  }
}
