import { instanceOf, updateInstance } from '../../state/process-instance.ts';
import type { ElementInstance } from '../../state/tables.ts';
import type { ExecutableElement } from '../../model/executable-process.ts';
import { evaluateCondition } from '../shared/expressions.ts';
import type { ElementBehavior, Processing } from '../shared/processing.ts';

/** Standard loop: runs its activity again and again while the condition holds, at most `loopMaximum` times. The condition sees `loopCounter`. */
export const standardLoop: ElementBehavior = {
  prepare(processing, element, instance) {
    const { condition, testBefore, maximum } = element.multiInstance!.standardLoop!;
    const begins = maximum !== 0 && (!testBefore || condition === undefined || evaluateCondition(processing.state, condition, instance));
    return (activated) => {
      const body = updateInstance(processing.state, activated, { loop: { total: maximum ?? -1, completed: 0, terminated: 0 } });
      if (begins) pass(processing, element, body, 1);
      else processing.follow({ type: 'complete', key: body.key });
    };
  },
  childCompleting({ state }, element, scope, child) {
    const { condition, maximum } = element.multiInstance!.standardLoop!;
    // Asked while the pass still completes, so that a broken condition can be mended and asked again.
    const goesOn = (maximum === undefined || child.loopCounter < maximum) && (condition === undefined || evaluateCondition(state, condition, child));
    updateInstance(state, instanceOf(state, scope.key), { loop: { ...scope.loop!, satisfied: !goesOn } });
  },
  childGone(processing, element, scope, child) {
    const loop = scope.loop!;
    const body = updateInstance(processing.state, scope, { loop: { ...loop, completed: loop.completed + 1 } });
    if (loop.satisfied === false && body.interruptedBy === undefined) pass(processing, element, body, child.loopCounter + 1);
    else processing.follow({ type: 'complete', key: body.key });
  },
};

function pass(processing: Processing, element: ExecutableElement, body: ElementInstance, counter: number): void {
  processing.follow({ type: 'activate', elementId: element.id, scopeKey: body.key, consumes: 0, loop: { counter, item: null } });
}
