import { asBoolean, jsonScope } from '../../../contract/feel/index.ts';
import type { Key } from '../../../protocol/key.ts';
import { tenantOf } from '../../../protocol/tenant.ts';
import { startInstance } from '../../behaviors/shared/start-instance.ts';
import { elementOf } from '../../model/executable-process.ts';
import { latestProcesses, modelOf, processByKey } from '../../state/deployment.ts';
import { isHeld } from '../../state/suspension.ts';
import { accept, reject, type CommandHandler } from '../command-handler.ts';

/** An instance that a condition has begun. */
export interface BegunByCondition {
  processDefinitionKey: Key;
  processInstanceKey: Key;
}

/**
 * Tells of variables that conditional start events may wait for: each process of the tenant (its latest version, or the one named) whose
 * condition they make true begins with them, once for each such event. A process that does not begin has no variables of its own to look at.
 */
export const evaluateConditions: CommandHandler<'evaluate_conditions'> = (processing, command) => {
  const { state } = processing;
  const { processDefinitionKey, variables } = command;
  const named = processDefinitionKey === undefined ? undefined : state.seen(processByKey(state, processDefinitionKey));
  if (processDefinitionKey !== undefined && (named === undefined || tenantOf(named) !== tenantOf(command))) return reject('NOT_FOUND', `Expected to evaluate the conditions of process definition with key '${processDefinitionKey}', but no such process definition was found`);
  const begun: BegunByCondition[] = [];
  for (const process of named === undefined ? latestProcesses(state, command.tenantId) : [named]) {
    if (isHeld(state, 'process_definition', process.key)) continue;
    const model = modelOf(state, process.key);
    for (const id of elementOf(model, model.id).eventStartIds) {
      const { condition } = elementOf(model, id);
      if (condition?.kind !== 'feel' || asBoolean(condition.compiled.evaluate(jsonScope(variables), { now: () => state.now, zone: state.zone }).value) !== true) continue;
      const instance = startInstance(processing, process, { variables, start: { elementId: id, kind: 'CONDITION', variables: {} } });
      begun.push({ processDefinitionKey: process.key, processInstanceKey: instance.key });
    }
  }
  return accept(begun);
};
