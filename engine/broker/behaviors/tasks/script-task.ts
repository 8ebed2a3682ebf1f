import { evaluateJson } from '../shared/expressions.ts';
import { attachTrigger } from '../../state/process-instance.ts';
import { jobTask } from '../shared/job-task.ts';
import type { ElementBehavior } from '../shared/processing.ts';

/** Script task: FEEL evaluated in place, or a job. */
export const scriptTask: ElementBehavior = {
  prepare(processing, element, instance, trigger) {
    if (element.script === undefined) return jobTask.prepare!(processing, element, instance, trigger);
    const { expression, resultVariable } = element.script;
    const value = evaluateJson(processing.state, expression, instance);
    return (activated) => {
      attachTrigger(processing.state, activated, { elementId: element.id, kind: 'JOB', variables: { [resultVariable]: value } });
      processing.follow({ type: 'complete', key: activated.key });
    };
  },
};
