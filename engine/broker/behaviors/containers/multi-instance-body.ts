import { feelFromJson, type FeelValue } from '../../../contract/feel/index.ts';
import type { JsonValue } from '../../../contract/json.ts';
import { childrenIn, findInstance, instanceOf, updateInstance } from '../../state/process-instance.ts';
import type { ElementInstance } from '../../state/tables.ts';
import { mergeVariables, setLocal, visibleVariable } from '../../state/variable.ts';
import type { ExecutableElement } from '../../model/executable-process.ts';
import { evaluateCondition, evaluateJson, evaluateList } from '../shared/expressions.ts';
import { takeFlows } from '../shared/lifecycle.ts';
import type { ElementBehavior, Processing } from '../shared/processing.ts';

/** Multi-instance: one pass per item of its collection, at once or in turn; gathers the outputs in the collection's order. */
export const multiInstanceBody: ElementBehavior = {
  prepare(processing, element, instance) {
    const { inputCollection, outputCollection, sequential } = element.multiInstance!;
    const items = evaluateList(processing.state, inputCollection, instance);
    return (activated) => {
      const body = updateInstance(processing.state, activated, { loop: { total: items.length, completed: 0, terminated: 0 } });
      if (outputCollection !== undefined) setLocal(processing.state, body, outputCollection, items.map(() => null));
      if (items.length === 0) processing.follow({ type: 'complete', key: body.key });
      else for (let at = 0; at < (sequential ? 1 : items.length); at += 1) pass(processing, element, body, at + 1, items[at]!);
    };
  },
  childCompleting(processing, element, scope, child) {
    const { state } = processing;
    const { outputCollection, outputElement } = element.multiInstance!;
    if (outputCollection === undefined || outputElement === undefined) return;
    const value = evaluateJson(state, outputElement, child);
    const gathered = JSON.parse(visibleVariable(state, scope, outputCollection)?.value ?? '[]') as JsonValue[];
    gathered[child.loopCounter - 1] = value;
    setLocal(state, scope, outputCollection, gathered);
  },
  childGone(processing, element, scope, child) {
    const { state } = processing;
    const loop = scope.loop!;
    const completed = child.state === 'COMPLETING' ? loop.completed + 1 : loop.completed;
    const body = updateInstance(state, scope, { loop: { ...loop, completed, terminated: child.state === 'TERMINATING' ? loop.terminated + 1 : loop.terminated } });
    const { completionCondition, sequential, inputCollection } = element.multiInstance!;
    if (body.interruptedBy === undefined && completionCondition !== undefined && child.state === 'COMPLETING' && evaluateCondition(state, completionCondition, body, counters(body))) {
      const interrupted = updateInstance(state, body, { interruptedBy: element.id });
      const rest = childrenIn(state, interrupted);
      for (const each of rest) processing.follow({ type: 'terminate', key: each.key });
      if (rest.length === 0) processing.follow({ type: 'complete', key: body.key });
      return;
    }
    if (sequential && body.interruptedBy === undefined && child.loopCounter < loop.total) {
      const items = evaluateList(state, inputCollection, body);
      pass(processing, element, body, child.loopCounter + 1, items[child.loopCounter] ?? null);
      return;
    }
    if (body.children === 0) processing.follow({ type: 'complete', key: body.key });
  },
  completing(processing, element, instance) {
    const { outputCollection } = element.multiInstance!;
    const gathered = outputCollection === undefined ? undefined : visibleVariable(processing.state, instanceOf(processing.state, instance.key), outputCollection);
    return gathered === undefined ? {} : { [gathered.name]: JSON.parse(gathered.value) as JsonValue };
  },
  leave(processing, element, instance, { kept }) {
    const scope = findInstance(processing.state, instance.flowScopeKey);
    if (scope !== undefined) mergeVariables(processing.state, scope, kept);
    takeFlows(processing, element.outgoing, instance);
  },
};

function pass(processing: Processing, element: ExecutableElement, body: ElementInstance, counter: number, item: JsonValue): void {
  processing.follow({ type: 'activate', elementId: element.id, scopeKey: body.key, consumes: 0, loop: { counter, item } });
}

function counters(body: ElementInstance): ReadonlyMap<string, FeelValue> {
  const { total, completed, terminated } = body.loop!;
  return new Map<string, FeelValue>([
    ['numberOfInstances', feelFromJson(total)],
    ['numberOfActiveInstances', feelFromJson(body.children)],
    ['numberOfCompletedInstances', feelFromJson(completed)],
    ['numberOfTerminatedInstances', feelFromJson(terminated)],
  ]);
}
