import { feelFromJson, type FeelValue } from '../../../contract/feel/index.ts';
import { parseExactJson } from '../../../contract/exact-json.ts';
import type { JsonValue } from '../../../contract/json.ts';
import { childrenIn, findInstance, instanceOf, updateInstance } from '../../state/process-instance.ts';
import type { ElementInstance } from '../../state/tables.ts';
import { mergeVariables, setLocal, visibleVariable } from '../../state/variable.ts';
import type { ExecutableElement } from '../../model/executable-process.ts';
import { checkList, evaluateCondition, evaluateJson, evaluateList } from '../shared/expressions.ts';
import { ElementFailure } from '../shared/failure.ts';
import type { ElementBehavior, Processing } from '../shared/processing.ts';

/** Multi-instance: one pass per item of its collection, at once or in turn; gathers the outputs in the collection's order. */
export const multiInstanceBody: ElementBehavior = {
  appliesMappings: () => false,
  prepare(processing, element, instance) {
    const { inputCollection, outputCollection, sequential } = element.multiInstance!;
    const items = evaluateList(processing.state, inputCollection, instance);
    return (activated) => {
      const body = updateInstance(processing.state, activated, { loop: { total: items.length, completed: 0, terminated: 0 } });
      if (outputCollection !== undefined) setLocal(processing.state, body, outputCollection, items.map(() => null));
      if (items.length === 0) processing.follow({ type: 'complete', key: body.key });
      else if (sequential) pass(processing, element, body, 1, items[0]!);
      else processing.follow({ type: 'begin passes', key: body.key, items });
    };
  },
  beginPasses(processing, element, body, items) {
    items.forEach((item, at) => pass(processing, element, body, at + 1, item));
  },
  childCompleting(processing, element, scope, child) {
    const { state } = processing;
    const { inputCollection, outputCollection, outputElement, completionCondition } = element.multiInstance!;
    if (outputCollection !== undefined && outputElement !== undefined) {
      const value = evaluateJson(state, outputElement, child);
      const gathered = parseExactJson(visibleVariable(state, scope, outputCollection)?.value ?? '[]') as JsonValue[];
      if (child.loopCounter > gathered.length) throw new ElementFailure('EXTRACT_VALUE_ERROR', `Unable to update an item in output collection '${outputCollection}' at position ${child.loopCounter} because the size of the collection is: ${gathered.length}. This may happen when multiple BPMN elements write to the same variable.`);
      gathered[child.loopCounter - 1] = value;
      setLocal(state, scope, outputCollection, gathered);
    }
    // Looked at each time (Zeebe 8.5.8): a pass may have replaced it.
    checkList(state, inputCollection, scope);
    if (completionCondition === undefined || scope.loop!.satisfied === true) return;
    // Asked while the pass still completes, so that a broken condition can be mended and asked again.
    if (evaluateCondition(state, completionCondition, child, counters(scope))) updateInstance(state, instanceOf(state, scope.key), { loop: { ...scope.loop!, satisfied: true } });
  },
  childGone(processing, element, scope, child) {
    const { state } = processing;
    const loop = scope.loop!;
    const completed = child.state === 'COMPLETING' ? loop.completed + 1 : loop.completed;
    const body = updateInstance(state, scope, { loop: { ...loop, completed, terminated: child.state === 'TERMINATING' ? loop.terminated + 1 : loop.terminated } });
    const { sequential, inputCollection } = element.multiInstance!;
    if (body.interruptedBy === undefined && loop.satisfied === true) {
      const interrupted = updateInstance(state, body, { interruptedBy: element.id });
      const rest = childrenIn(state, interrupted);
      for (const each of rest) processing.follow({ type: 'terminate', key: each.key });
      if (rest.length === 0) processing.follow({ type: 'complete', key: body.key });
      return;
    }
    if (body.children > 0) return;
    if (body.interruptedBy === undefined) {
      const items = evaluateList(state, inputCollection, body);
      if (sequential && child.loopCounter < items.length) {
        pass(processing, element, body, child.loopCounter + 1, items[child.loopCounter]!);
        return;
      }
      // A collection that a pass has emptied, or of which parallel passes have changed the size, leaves the body open for ever (Zeebe 8.5.8).
      if (sequential ? items.length === 0 : items.length !== body.loop!.completed + body.loop!.terminated) return;
    }
    processing.follow({ type: 'complete', key: body.key });
  },
  completing(processing, element, instance) {
    const { outputCollection } = element.multiInstance!;
    const scope = findInstance(processing.state, instance.flowScopeKey);
    const gathered = outputCollection === undefined ? undefined : visibleVariable(processing.state, instanceOf(processing.state, instance.key), outputCollection);
    if (gathered !== undefined && scope !== undefined) mergeVariables(processing.state, scope, { [gathered.name]: parseExactJson(gathered.value) });
    return [];
  },
};

function pass(processing: Processing, element: ExecutableElement, body: ElementInstance, counter: number, item: JsonValue): void {
  processing.follow({ type: 'activate', elementId: element.id, scopeKey: body.key, consumes: 0, loop: { counter, item } });
}

/** The counters as they will be once the pass that completes is gone. */
function counters(body: ElementInstance): ReadonlyMap<string, FeelValue> {
  const { total, completed, terminated } = body.loop!;
  return new Map<string, FeelValue>([
    ['numberOfInstances', feelFromJson(total)],
    ['numberOfActiveInstances', feelFromJson(body.children - 1)],
    ['numberOfCompletedInstances', feelFromJson(completed + 1)],
    ['numberOfTerminatedInstances', feelFromJson(terminated)],
  ]);
}
