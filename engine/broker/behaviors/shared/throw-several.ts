import type { ExecutableElement } from '../../model/executable-process.ts';
import type { ElementInstance } from '../../state/tables.ts';
import { localVariablesOf } from '../../state/variable.ts';
import { ownedBy } from '../../../protocol/tenant.ts';
import { evaluateText } from './expressions.ts';
import { prepareJob } from './job-task.ts';
import type { Prepared, Processing } from './processing.ts';
import { throwEscalation } from './throw-error.ts';

/**
 * A throwing event with several definitions: its signals and escalations are thrown in the order of the file, then a message, which is a job
 * that it waits for. An escalation that interrupts its scope ends it. Throws ElementFailure.
 */
export function throwsSeveral(processing: Processing, element: ExecutableElement, instance: ElementInstance): Prepared {
  const thrown = element.throws!.map((part) => ({ part, name: evaluateText(processing.state, (part.signal ?? part.escalationCode)!, instance) }));
  const job = element.job === undefined ? undefined : prepareJob(processing, element, instance);
  return {
    ...job,
    activated(activated) {
      let interrupted = false;
      for (const { part, name } of thrown) {
        if (part.eventType === 'ESCALATION') interrupted = throwEscalation(processing, activated, name).interrupts || interrupted;
        else processing.follow({ type: 'broadcast', signalName: name, variables: localVariablesOf(processing.state, activated), ...ownedBy(activated.tenantId) });
      }
      if (job === undefined && !interrupted) processing.follow({ type: 'complete', key: activated.key });
    },
  };
}
