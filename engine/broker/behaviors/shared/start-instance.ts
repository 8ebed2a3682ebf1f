import type { JsonObject } from '../../../contract/json.ts';
import { NO_KEY, type Key } from '../../../protocol/key.ts';
import { instanceUnit, type ElementInstance, type ProcessRow } from '../../state/tables.ts';
import { setAllLocal } from '../../state/variable.ts';
import type { Processing, Trigger } from './processing.ts';

export interface StartOptions {
  variables: JsonObject;
  /** The message or timer start event that fired; else the none start event is taken. */
  start?: Trigger;
  startLock?: ElementInstance['startLock'];
  /** Call activity that calls it. */
  caller?: { processInstanceKey: Key; elementInstanceKey: Key };
}

/** Creates a process instance; its activation is the next step. */
export function startInstance(processing: Processing, process: ProcessRow, options: StartOptions): ElementInstance {
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
    flowScopeKey: NO_KEY,
    parentProcessInstanceKey: options.caller?.processInstanceKey ?? NO_KEY,
    parentElementInstanceKey: options.caller?.elementInstanceKey ?? NO_KEY,
    state: 'ACTIVATING',
    children: 0,
    flows: 0,
    loopCounter: 0,
    ...(options.startLock === undefined ? {} : { startLock: options.startLock }),
  };
  state.rows.create(instanceUnit(key));
  setAllLocal(state, instance, options.variables);
  processing.follow({ type: 'begin', instance, ...(options.start === undefined ? {} : { trigger: options.start }) });
  return instance;
}
