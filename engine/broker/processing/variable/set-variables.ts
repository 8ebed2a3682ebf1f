import { tenantOf } from '../../../protocol/tenant.ts';
import { findInstance } from '../../state/process-instance.ts';
import { mergeVariables, setAllLocal } from '../../state/variable.ts';
import { accept, reject, type CommandHandler } from '../command-handler.ts';

/** Sets variables at an element instance: locally, or each in the nearest scope that has it. */
export const setVariables: CommandHandler<'set_variables'> = ({ state }, { elementInstanceKey, variables, local }) => {
  const scope = state.seen(findInstance(state, elementInstanceKey));
  if (scope === undefined) return reject('NOT_FOUND', `Expected to update variables for element with key '${elementInstanceKey}', but no such element was found`);
  if (local) setAllLocal(state, scope, variables);
  else mergeVariables(state, scope, variables);
  const key = state.mintKey();
  state.record('VARIABLE_DOCUMENT', 'UPDATED', key, { scopeKey: elementInstanceKey, updateSemantics: local ? 'LOCAL' : 'PROPAGATE', variables, tenantId: tenantOf(scope) });
  return accept({ key });
};
