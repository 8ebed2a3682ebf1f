import { throwCompensation } from '../shared/compensation.ts';
import { evaluateText } from '../shared/expressions.ts';
import { jobTask } from '../shared/job-task.ts';
import { throwEscalation } from '../shared/throw-error.ts';
import { takeFlows } from '../shared/lifecycle.ts';
import type { ElementBehavior } from '../shared/processing.ts';
import { throwsSignal } from '../shared/signals.ts';
import { throwsSeveral } from '../shared/throw-several.ts';
import { followLink } from '../shared/links.ts';

/** Throw event: none passes, a message is a job, a signal is broadcast, compensation waits for its handlers, a link leads to its catch event, an escalation is thrown and the path goes on unless its scope was interrupted. */
export const intermediateThrowEvent: ElementBehavior = {
  takesInputs: ({ job, eventType }) => job !== undefined || eventType === 'SIGNAL' || eventType === 'MULTIPLE',
  appliesMappings: ({ eventType }) => eventType !== 'COMPENSATION',
  prepare(processing, element, instance, trigger) {
    if (element.throws !== undefined) return throwsSeveral(processing, element, instance);
    if (element.job !== undefined) return jobTask.prepare!(processing, element, instance, trigger);
    if (element.eventType === 'SIGNAL') return throwsSignal(processing, element, instance);
    if (element.eventType === 'COMPENSATION') return (activated) => throwCompensation(processing, element, activated);
    if (element.escalationCode === undefined) return (activated) => processing.follow({ type: 'complete', key: activated.key });
    const code = evaluateText(processing.state, element.escalationCode, instance);
    return (activated) => {
      const { interrupts } = throwEscalation(processing, activated, code);
      if (!interrupts) processing.follow({ type: 'complete', key: activated.key });
    };
  },
  leave: (processing, element, instance) => (element.eventType === 'LINK' ? followLink(processing, element, instance) : takeFlows(processing, element.outgoing, instance)),
};
