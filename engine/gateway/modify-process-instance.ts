import { NO_KEY } from '../protocol/key.ts';
import { execute, readVariables, type GatewayContext } from './rpc.ts';

interface ModifyProcessInstanceRequest {
  processInstanceKey: string;
  activateInstructions: { elementId: string; ancestorElementInstanceKey: string; variableInstructions: { variables: string; scopeId: string }[] }[];
  terminateInstructions: { elementInstanceKey: string }[];
}

/** rpc ModifyProcessInstance. An ancestor of 0 or less is none. */
export const modifyProcessInstance = (context: GatewayContext) => async ({ processInstanceKey, activateInstructions, terminateInstructions }: ModifyProcessInstanceRequest) => {
  await execute(context, 'MODIFY', {
    type: 'modify_process_instance',
    processInstanceKey,
    activate: activateInstructions.map(({ elementId, ancestorElementInstanceKey, variableInstructions }) => ({
      elementId,
      ancestorKey: BigInt(ancestorElementInstanceKey) <= 0n ? NO_KEY : ancestorElementInstanceKey,
      variables: variableInstructions.map(({ variables, scopeId }) => ({ scopeId, variables: readVariables(variables) })),
    })),
    terminate: terminateInstructions.map((each) => each.elementInstanceKey),
  });
  return {};
};
