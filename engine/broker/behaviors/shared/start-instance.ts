import type { JsonObject } from '../../../contract/json.ts';
import { NO_KEY, type Key } from '../../../protocol/key.ts';
import { ownedBy } from '../../../protocol/tenant.ts';
import { elementOf } from '../../model/executable-process.ts';
import { modelOf } from '../../state/deployment.ts';
import { elementActivated, elementActivating, instanceOf } from '../../state/process-instance.ts';
import { instanceUnit, type ElementInstance, type ProcessRow } from '../../state/tables.ts';
import { setAllLocal } from '../../state/variable.ts';
import { openEvents, placeElement } from './activate-anywhere.ts';
import type { Processing, Trigger } from './processing.ts';

export interface StartOptions {
  variables: JsonObject;
  /** The message or timer start event that fired; else the none start event is taken. */
  start?: Trigger;
  startLock?: ElementInstance['startLock'];
  businessKey?: { value: string; unique: boolean };
  /** Call activity that calls it. */
  caller?: { processInstanceKey: Key; elementInstanceKey: Key };
}

/** Creates a process instance; its activation is the next step. */
export function startInstance(processing: Processing, process: ProcessRow, options: StartOptions): ElementInstance {
  const instance = prepareInstance(processing, process, options);
  processing.follow({ type: 'begin', instance, ...(options.start === undefined ? {} : { trigger: options.start }) });
  return instance;
}

/** Creates a process instance that begins at given elements instead of its start event. Throws PlacementFailure. */
export function startInstanceAt(processing: Processing, process: ProcessRow, options: StartOptions, elementIds: readonly string[]): ElementInstance {
  const { state } = processing;
  const instance = prepareInstance(processing, process, options);
  elementActivating(state, instance, 0);
  const activated = elementActivated(state, instance);
  openEvents(processing, elementOf(modelOf(state, process.key), process.bpmnProcessId), activated);
  for (const elementId of elementIds) processing.follow(placeElement(processing, instanceOf(state, instance.key), { elementId, ancestorKey: NO_KEY, variables: [] }).step);
  return instance;
}

function prepareInstance(processing: Processing, process: ProcessRow, options: StartOptions): ElementInstance {
  const { state } = processing;
  const key = state.mintKey();
  const instance: ElementInstance = {
    key,
    elementId: process.bpmnProcessId,
    type: 'PROCESS',
    eventType: 'UNSPECIFIED',
    processInstanceKey: key,
    processDefinitionKey: process.key,
    bpmnProcessId: process.bpmnProcessId,
    version: process.version,
    ...ownedBy(process.tenantId),
    flowScopeKey: NO_KEY,
    parentProcessInstanceKey: options.caller?.processInstanceKey ?? NO_KEY,
    parentElementInstanceKey: options.caller?.elementInstanceKey ?? NO_KEY,
    state: 'ACTIVATING',
    children: 0,
    flows: 0,
    loopCounter: 0,
    ...(options.startLock === undefined ? {} : { startLock: options.startLock }),
    ...(options.businessKey === undefined ? {} : { businessKey: { ...options.businessKey, bpmnProcessId: process.bpmnProcessId } }),
  };
  state.rows.create(instanceUnit(key));
  setAllLocal(state, instance, options.variables);
  return instance;
}
