import { evaluateText } from '../shared/expressions.ts';
import { jobTask } from '../shared/job-task.ts';
import { throwEscalation } from '../shared/throw-error.ts';
import type { ElementBehavior } from '../shared/processing.ts';

/** Throw event: none passes, a message is a job, an escalation is thrown and the path goes on unless its scope was interrupted. */
export const intermediateThrowEvent: ElementBehavior = {
  prepare(processing, element, instance, trigger) {
    if (element.job !== undefined) return jobTask.prepare!(processing, element, instance, trigger);
    if (element.escalationCode === undefined) return (activated) => processing.follow({ type: 'complete', key: activated.key });
    const code = evaluateText(processing.state, element.escalationCode, instance);
    return (activated) => {
      const { interrupts } = throwEscalation(processing, activated, code);
      if (!interrupts) processing.follow({ type: 'complete', key: activated.key });
    };
  },
};
