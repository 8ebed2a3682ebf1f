import type { Key } from '../../../protocol/key.ts';
import { tenantOf } from '../../../protocol/tenant.ts';
import { startInstance, startInstanceAt } from '../../behaviors/shared/start-instance.ts';
import { latestProcess, modelOf, processByKey, processVersion } from '../../state/deployment.ts';
import { accept, reject, type CommandHandler } from '../command-handler.ts';
import { businessKeyHolder } from '../../state/process-instance.ts';
import { isHeld } from '../../state/suspension.ts';
import { refusingPlacement, unfitStart } from './placement.ts';

export interface CreatedInstance {
  processDefinitionKey: Key;
  bpmnProcessId: string;
  version: number;
  processInstanceKey: Key;
  tenantId: string;
}

/** Creates a process instance by definition key, or by process id and version (-1: the latest). */
export const createProcessInstance: CommandHandler<'create_process_instance'> = (processing, command) => {
  const { state } = processing;
  const { bpmnProcessId, processDefinitionKey, version, variables, awaitResult, tenantId } = command;
  if (bpmnProcessId === '' && processDefinitionKey.startsWith('-')) return reject('INVALID_ARGUMENT', 'Expected at least a bpmnProcessId or a key greater than -1, but none given');
  const named = bpmnProcessId === '' ? processByKey(state, processDefinitionKey) : version >= 0 ? processVersion(state, bpmnProcessId, version, tenantId) : latestProcess(state, bpmnProcessId, tenantId);
  const process = named !== undefined && tenantOf(named) === tenantOf(command) ? state.seen(named) : undefined;
  if (process === undefined) {
    if (bpmnProcessId === '') return reject('NOT_FOUND', `Expected to find process definition with key '${processDefinitionKey}', but none found`);
    if (version >= 0) return reject('NOT_FOUND', `Expected to find process definition with process ID '${bpmnProcessId}' and version '${version}', but none found`);
    return reject('NOT_FOUND', `Expected to find process definition with process ID '${bpmnProcessId}', but none found`);
  }
  if (isHeld(state, 'process_definition', process.key)) return reject('INVALID_STATE', `Expected to create instance of process definition with key '${process.key}', but it is suspended: resume it first`);
  const { businessKey } = command;
  const holder = businessKey?.unique === true ? businessKeyHolder(state, process, businessKey.value) : undefined;
  if (holder !== undefined) return reject('ALREADY_EXISTS', `Expected to create instance of process '${process.bpmnProcessId}' with the unique business key '${businessKey!.value}', but process instance '${holder}' has it`);
  const model = modelOf(state, process.key);
  const startElementIds = command.startElementIds ?? [];
  const unfit = startElementIds.length === 0 ? undefined : unfitStart(model, startElementIds);
  if (unfit !== undefined) return reject('INVALID_ARGUMENT', `Expected to create instance of process with start instructions but ${unfit}`);
  if (startElementIds.length === 0 && model.elements.get(model.id)?.startEventId === undefined) return reject('INVALID_STATE', `Expected to create instance of process with none start event, but there is no such event`);
  const called = businessKey === undefined ? {} : { businessKey };
  const instance = startElementIds.length === 0 ? startInstance(processing, process, { variables, ...called }) : refusingPlacement(() => startInstanceAt(processing, process, { variables, ...called }, startElementIds), ({ scopeId, message }) => `Expected to subscribe to catch event(s) of '${scopeId}' but ${message}`);
  const created: CreatedInstance = { processDefinitionKey: process.key, bpmnProcessId: process.bpmnProcessId, version: process.version, processInstanceKey: instance.key, tenantId: tenantOf(process) };
  state.record('PROCESS_INSTANCE_CREATION', 'CREATED', state.mintKey(), { ...created, variables, fetchVariables: awaitResult?.fetchVariables ?? [], startInstructions: startElementIds.map((elementId) => ({ elementId })), ...(businessKey === undefined ? {} : { businessKey: businessKey.value }), tenantId: tenantOf(process) });
  if (awaitResult === undefined) return accept(created);
  processing.awaitResult(instance.key, created, awaitResult);
  return null;
};
